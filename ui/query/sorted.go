package query

import "context"

// Column is what a list can be sorted by.
type Column uint8

// The columns. Texts are sorted without regard to capitals and accents. What has no name, category
// or account stands last in either direction, and so do amounts that nobody can read.
const (
	ByDate     Column = iota
	ByName            // the person's own, if there is one
	ByCategory        // the person's own word, or the narrowest of the bank's
	ByAccount         // its name, then its last digits, then its bank
	ByAmount          // as a number, money in above money out; currencies apart, in the order of their codes
)

// Sorted is v's transactions in another order, with the sums of v; equal ones stay in the order of
// the list, in which ByDate descending puts all. It fails with the error of ctx, which it looks at
// now and then.
func (v *View) Sorted(ctx context.Context, by Column, descending bool) (*View, error) {
	if by == ByDate && descending && !v.sorted {
		return v, ctx.Err()
	}
	s := v.with(v.list())
	s.sums = v.sums
	s.sorted = by != ByDate || !descending
	var key func(row uint32) uint32
	switch by {
	case ByDate:
		if s.sorted {
			key = func(row uint32) uint32 { return uint32(s.batch.Dates[row]) ^ 1<<31 }
		}
	case ByName:
		key = s.nameKeys(descending)
	case ByCategory:
		key = s.categoryKeys(descending)
	case ByAccount:
		key = s.accountKeys(descending)
	case ByAmount:
		s.rows = s.byAmount(ctx, descending)
	}
	if key != nil && ctx.Err() == nil {
		s.rows = byKey(s.rows, key)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// PendingFirst is v's transactions in the order of the list, but for those that are pending: all of
// them come first. It has the sums of v. The others stand alone in posted.
func (v *View) PendingFirst() (all, posted *View) {
	rows := v.list()
	first, rest := make([]uint32, 0, len(rows)), make([]uint32, 0, len(rows))
	for _, row := range rows {
		if v.batch.Pending[row] {
			first = append(first, row)
		} else {
			rest = append(rest, row)
		}
	}
	all, posted = v.with(append(first, rest...)), v.with(rest)
	all.sums, all.sorted, posted.sorted = v.sums, true, false
	return all, posted
}
