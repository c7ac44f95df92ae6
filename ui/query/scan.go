package query

import (
	"context"
	"slices"
	"sync"

	"tartan/plaidapi"
)

const (
	block = 4096   // rows that a pass goes without looking whether it is still wanted
	many  = 50_000 // rows from which on a pass is made by two
)

// part is what a pass found in some of the rows, piece by piece.
type part struct {
	rows  [][]uint32
	tally *tally
}

// scan makes one pass over rows in their order: it gives those that match, or all with a nil
// matcher, and adds them up, but for those in no sum. A pass that ctx ends gives nothing of use.
func scan(ctx context.Context, b *plaidapi.Batch, rows []uint32, m *matcher, no uncounted) ([]uint32, totals) {
	middle := 0
	if len(rows) > many {
		middle = len(rows) / 2
	}
	var first, second part
	var both sync.WaitGroup
	if middle > 0 {
		both.Go(func() { first = pass(ctx, b, rows[:middle], m, no) })
	}
	second = pass(ctx, b, rows[middle:], m, no)
	both.Wait()
	if middle > 0 {
		first.tally.join(second.tally)
		first.rows = append(first.rows, second.rows...)
		second = first
	}
	if m != nil {
		rows = slices.Concat(second.rows...)
	}
	all, ok := second.tally.totals(b)
	if !ok {
		all = oneByOne(b, rows, no, func() bool { return ctx.Err() != nil })
	}
	return rows, all
}

// pass is a scan by one.
func pass(ctx context.Context, b *plaidapi.Batch, rows []uint32, m *matcher, no uncounted) part {
	found := part{tally: newTally(b, no)}
	if m == nil {
		for at := 0; at < len(rows) && ctx.Err() == nil; at += block {
			found.tally.add(b, rows[at:min(at+block, len(rows))])
		}
		return found
	}
	if m.never {
		return found
	}
	var room []uint32
	for at := 0; at < len(rows) && ctx.Err() == nil; at += block {
		if len(room) < block {
			room = make([]uint32, 4*block)
		}
		n := m.find(rows[at:min(at+block, len(rows))], room)
		found.tally.add(b, room[:n])
		found.rows = append(found.rows, room[:n])
		room = room[n:]
	}
	return found
}
