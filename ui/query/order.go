package query

import (
	"slices"
	"sort"

	"tartan/plaidapi"
)

// order is row numbers, the list as it is drawn. What was handed out is never written to: the list
// grows at both ends, into room beyond, and any other change makes a new one.
type order struct {
	all      []uint32
	from, to int
}

func newOrder(rows []uint32) order { return order{rows, 0, len(rows)} }

// rows is the list, not to be changed.
func (o *order) rows() []uint32 { return o.all[o.from:o.to:o.to] }

func (o *order) len() int { return o.to - o.from }

// identity is the numbers of that many rows.
func identity(n int) []uint32 {
	rows := make([]uint32, n)
	for i := range rows {
		rows[i] = uint32(i)
	}
	return rows
}

// change takes away what stands at these places, ascending, and puts new rows, in order, each at
// its own place among the old ones.
func (o *order) change(gone []int, fresh []uint32, places []int) {
	n := o.len()
	switch {
	case len(gone) == 0 && len(fresh) == 0:
	case len(gone) == 0 && places[0] == n:
		o.all = append(o.all[:o.to], fresh...)
		o.to = len(o.all)
	case len(gone) == 0 && places[len(places)-1] == 0 && len(fresh) <= o.from:
		o.from -= len(fresh)
		copy(o.all[o.from:], fresh)
	default:
		o.rebuild(gone, fresh, places)
	}
}

// rebuild makes a new list, with room at the front for what comes next.
func (o *order) rebuild(gone []int, fresh []uint32, places []int) {
	old := o.rows()
	room := len(old)/16 + len(fresh)
	all := make([]uint32, room, room+room+len(old)+len(fresh))
	for at := 0; ; {
		next := len(old)
		if len(gone) > 0 {
			next = min(next, gone[0])
		}
		if len(places) > 0 {
			next = min(next, places[0])
		}
		all = append(all, old[at:next]...)
		at = next
		switch {
		case len(places) > 0 && places[0] == at:
			all = append(all, fresh[0])
			fresh, places = fresh[1:], places[1:]
		case len(gone) > 0 && gone[0] == at:
			gone = gone[1:]
			at++
		default:
			*o = order{all, room, len(all)}
			return
		}
	}
}

// place is where in the list a row stands or would stand.
func (x *Index) place(row uint32) int {
	rows := x.order.rows()
	return sort.Search(len(rows), func(i int) bool { return x.compare(rows[i], row) >= 0 })
}

// days are the places of the rows of a span of days: list[from:to].
func (x *Index) days(s plaidapi.Span) (from, to int) {
	rows, dates := x.order.rows(), x.batch.Dates
	from = sort.Search(len(rows), func(i int) bool { return dates[rows[i]] <= s.To })
	to = sort.Search(len(rows), func(i int) bool { return dates[rows[i]] < s.From })
	return from, max(from, to)
}

// sorted puts rows, ascending by number, into the order of the list.
func (x *Index) sorted(rows []uint32) []uint32 {
	ordered := true
	for i := 1; i < len(rows) && ordered; i++ {
		ordered = x.compare(rows[i-1], rows[i]) <= 0
	}
	const few = 10_000
	switch {
	case ordered:
	case len(rows) < few:
		slices.SortFunc(rows, x.compare)
	default:
		rows = x.radix(rows)
	}
	return rows
}

// radix is sorted for many rows: by Item, then by day and pending, a stable pass for each 16 bits
// in which rows differ at all.
func (x *Index) radix(rows []uint32) []uint32 {
	b := x.batch
	newest, oldest := b.Dates[rows[0]], b.Dates[rows[0]]
	for _, row := range rows {
		newest, oldest = max(newest, b.Dates[row]), min(oldest, b.Dates[row])
	}
	day := func(row uint32) uint64 {
		key := uint64(int64(newest)-int64(b.Dates[row])) << 1
		if !b.Pending[row] {
			key++
		}
		return key
	}
	spare := make([]uint32, len(rows))
	if len(x.items) > 1 {
		count(rows, spare, func(row uint32) uint16 { return x.item(row) })
		rows, spare = spare, rows
	}
	for shift := 0; (uint64(int64(newest)-int64(oldest))<<1+1)>>shift > 0; shift += 16 {
		count(rows, spare, func(row uint32) uint16 { return uint16(day(row) >> shift) })
		rows, spare = spare, rows
	}
	return rows
}

// count writes rows to out, by their digits; rows of one digit stay as they are.
func count(rows, out []uint32, digit func(uint32) uint16) {
	at := make([]uint32, 1<<16+1)
	for _, row := range rows {
		at[int(digit(row))+1]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	for _, row := range rows {
		d := digit(row)
		out[at[d]] = row
		at[d]++
	}
}
