package query

import (
	"context"
	"math"
	"slices"

	"tartan/plaidapi"
)

// byAmount is v's rows by their amounts: one currency after the other, in the order of their codes,
// and what nobody can read behind all. When ctx ends it gives nothing of use.
func (v *View) byAmount(ctx context.Context, descending bool) []uint32 {
	b := &v.batch
	groups, unread := currencies(b)
	rows := byKey(v.rows, func(row uint32) uint32 {
		if unreadable(b, row) {
			return unread
		}
		return groups[b.Unit[row]]
	})
	for at := 0; at < len(rows) && ctx.Err() == nil && !unreadable(b, rows[at]); {
		group, end := groups[b.Unit[rows[at]]], at
		for end < len(rows) && groups[b.Unit[rows[end]]] == group && !unreadable(b, rows[end]) {
			end++
		}
		copy(rows[at:end], sortAmounts(b, rows[at:end], descending))
		at = end
	}
	return rows
}

// currencies numbers the currency of each unit, in the order of their codes. The number for amounts
// that nobody can read is behind them.
func currencies(b *plaidapi.Batch) (groups []uint32, unread uint32) {
	var codes []plaidapi.Currency
	for _, u := range b.Units {
		codes = append(codes, u.Currency)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	groups = make([]uint32, len(b.Units))
	for i, u := range b.Units {
		at, _ := slices.BinarySearch(codes, u.Currency)
		groups[i] = uint32(at)
	}
	return groups, uint32(len(codes))
}

// sortAmounts is rows of one currency by their amounts.
func sortAmounts(b *plaidapi.Batch, rows []uint32, descending bool) []uint32 {
	scales, low, high, ok := scaled(b, rows)
	if !ok {
		rows = slices.Clone(rows)
		slices.SortStableFunc(rows, func(x, y uint32) int {
			if descending {
				x, y = y, x
			}
			return b.Money(int(x)).Cmp(b.Money(int(y)))
		})
		return rows
	}
	key := func(row uint32) uint64 { return uint64(b.Amounts[row]*scales[b.Unit[row]]) - uint64(low) }
	if descending {
		key = func(row uint32) uint64 { return uint64(high) - uint64(b.Amounts[row]*scales[b.Unit[row]]) }
	}
	return byLongKey(rows, key, uint64(high)-uint64(low))
}

// scaled is what amounts of each unit are to be multiplied with to be comparable among rows, which
// are of one currency, and the least and greatest then. It is not ok when they are beyond int64.
func scaled(b *plaidapi.Batch, rows []uint32) (scales []int64, low, high int64, ok bool) {
	scales = make([]int64, len(b.Units))
	limits := make([]int64, len(b.Units)) // of the amounts of each unit that is met, at least 1
	decimals := uint8(0)
	for _, row := range rows {
		unit, amount := b.Unit[row], b.Amounts[row]
		limits[unit] = max(limits[unit], amount, -amount, 1)
	}
	for i, u := range b.Units {
		if limits[i] > 0 {
			decimals = max(decimals, u.Decimals)
			if u.Wide {
				return nil, 0, 0, false
			}
		}
	}
	for i, u := range b.Units {
		if limits[i] == 0 {
			continue
		}
		scales[i] = 1
		for range decimals - u.Decimals {
			if scales[i] > math.MaxInt64/10 {
				return nil, 0, 0, false
			}
			scales[i] *= 10
		}
		if limits[i] > math.MaxInt64/scales[i] {
			return nil, 0, 0, false
		}
	}
	low, high = math.MaxInt64, math.MinInt64
	for _, row := range rows {
		amount := b.Amounts[row] * scales[b.Unit[row]]
		low, high = min(low, amount), max(high, amount)
	}
	return scales, low, high, true
}
