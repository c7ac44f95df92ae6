package query

import (
	"iter"
	"math/bits"
)

// bitset is a set of small numbers. The nil bitset is the empty one, and takes none in.
type bitset []uint64

// newBitset makes an empty set with room for the numbers below n.
func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) has(n uint32) bool {
	word := int(n / 64)
	return word < len(b) && b[word]>>(n%64)&1 == 1
}

func (b bitset) set(n uint32) { b[n/64] |= 1 << (n % 64) }

func (b bitset) flip(n uint32) { b[n/64] ^= 1 << (n % 64) }

// len is how many numbers are in the set.
func (b bitset) len() int {
	n := 0
	for _, word := range b {
		n += bits.OnesCount64(word)
	}
	return n
}

// all are the numbers in the set, ascending.
func (b bitset) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, word := range b {
			for ; word != 0; word &= word - 1 {
				if !yield(uint32(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}
