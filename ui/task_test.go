package ui

import (
	"context"
	"errors"
	"testing"
)

func TestTaskTakesOnlyTheReplyAwaited(t *testing.T) {
	ctx := context.Background()
	var a, b task[int]
	call := func(n int) func(context.Context) (int, error) {
		return func(context.Context) (int, error) { return n, nil }
	}
	late := a.start(ctx, call(1))
	awaited := a.start(ctx, call(2))
	other := b.start(ctx, call(3))

	if a.take(late().(reply[int])) {
		t.Error("took a late reply")
	}
	if a.take(other().(reply[int])) {
		t.Error("took another task's reply")
	}
	r := awaited().(reply[int])
	if !a.take(r) || r.value != 2 {
		t.Error("did not take the reply awaited")
	}
	if a.take(r) || a.running() {
		t.Error("took a reply twice")
	}
}

func TestTaskStopCancelsAndDropsTheReply(t *testing.T) {
	var a task[int]
	cmd := a.start(context.Background(), func(ctx context.Context) (int, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	})
	a.stop()
	r := cmd().(reply[int])
	if !errors.Is(r.err, context.Canceled) || a.take(r) {
		t.Error("a stopped call went on, or its reply was taken")
	}
}
