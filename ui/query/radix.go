package query

import (
	"math/bits"
	"slices"
)

// byKey is rows in the order of their keys, the least first; rows of one key stay as they are. Rows
// and keys travel together, so that each pass reads memory in its order.
func byKey(rows []uint32, key func(row uint32) uint32) []uint32 {
	if len(rows) == 0 {
		return nil
	}
	packed := make([]uint64, len(rows))
	low, high := ^uint32(0), uint32(0)
	for i, row := range rows {
		k := key(row)
		low, high = min(low, k), max(high, k)
		packed[i] = uint64(k)<<32 | uint64(row)
	}
	if low == high {
		return slices.Clone(rows)
	}
	const most = 11 // bits of a digit: the ends of all its runs stay in the fastest cache
	width := bits.Len32(high - low)
	passes := (width + most - 1) / most
	digit := (width + passes - 1) / passes
	spare := make([]uint64, len(rows))
	for shift := 0; shift < width; shift += digit {
		distribute(packed, spare, low, shift, 1<<digit-1)
		packed, spare = spare, packed
	}
	out := make([]uint32, len(rows))
	for i, p := range packed {
		out[i] = uint32(p)
	}
	return out
}

// distribute writes packed rows to out in the order of one digit of their keys.
func distribute(packed, out []uint64, low uint32, shift int, mask uint32) {
	at := make([]uint32, mask+1)
	for _, p := range packed {
		at[(uint32(p>>32)-low)>>shift&mask]++
	}
	next := uint32(0)
	for i, n := range at {
		at[i] = next
		next += n
	}
	for _, p := range packed {
		d := (uint32(p>>32) - low) >> shift & mask
		out[at[d]] = p
		at[d]++
	}
}

// byLongKey is byKey for keys of 64 bits.
func byLongKey(rows []uint32, key func(row uint32) uint64, most uint64) []uint32 {
	rows = byKey(rows, func(row uint32) uint32 { return uint32(key(row)) })
	if most > 1<<32-1 {
		rows = byKey(rows, func(row uint32) uint32 { return uint32(key(row) >> 32) })
	}
	return rows
}
