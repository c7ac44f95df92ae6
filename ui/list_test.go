package ui

import (
	"testing"

	"pgregory.net/rapid"
)

// The cursor is always on a row and always in view, whatever is done to it.
func TestListKeepsItsCursorInView(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l list
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			n := rapid.IntRange(-5, 200).Draw(t, "n")
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				l.resize(n, l.height)
			case 1:
				l.resize(l.rows, n)
			case 2:
				l.to(n)
			case 3:
				l.page(n)
			}
			if l.rows == 0 && l.cursor != 0 || l.rows > 0 && (l.cursor < 0 || l.cursor >= l.rows) {
				t.Fatalf("cursor %d of %d rows", l.cursor, l.rows)
			}
			if l.rows > 0 && l.height > 0 && (l.cursor < l.from || l.cursor >= l.from+l.height) {
				t.Fatalf("cursor %d is not in the %d rows from %d", l.cursor, l.height, l.from)
			}
			if l.from < 0 || l.from > max(0, l.rows-l.height) {
				t.Fatalf("view begins at %d with %d rows, %d in view", l.from, l.rows, l.height)
			}
			if got := len(l.view(func(int, bool) string { return "row" })); got != l.height {
				t.Fatalf("%d lines for a height of %d", got, l.height)
			}
		}
	})
}

func TestFitFillsExactlyAndDropsTheLeast(t *testing.T) {
	paras := []para{
		{lines: []string{"title"}, gap: 2},
		{lines: []string{"first", "second"}, keep: 1, gap: 1},
		{lines: []string{"least"}, keep: 2, gap: 1},
	}
	has := func(page []string, text string) bool {
		for _, line := range page {
			if line == text {
				return true
			}
		}
		return false
	}
	for height, want := range map[int][]bool{9: {true, true, true}, 4: {true, true, true}, 3: {true, true, false}, 2: {true, false, false}, 1: {true, false, false}} {
		page := fit(height, paras...)
		if len(page) != height {
			t.Fatalf("%d lines for a height of %d", len(page), height)
		}
		for i, text := range []string{"title", "second", "least"} {
			if has(page, text) != want[i] {
				t.Errorf("height %d: %q shown is %v, want %v", height, text, !want[i], want[i])
			}
		}
	}
	if got := fit(0, paras...); len(got) != 0 {
		t.Errorf("no height still gives %d lines", len(got))
	}
}
