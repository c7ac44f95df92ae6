package query

import (
	"slices"
	"sync"
)

// kinds is what sets transactions of one list apart from the others: which are transfers, and which
// are left out of totals. It is found out when somebody first asks, and shared by all Views of that
// list.
type kinds struct {
	list []uint32 // all rows, in their order

	pair  sync.Once
	moved bitset // rows that are transfers; nil when none is
	pairs []pair // by the first row: each pair is in here both ways

	leave sync.Once
	own   bitset // rows that are left out themselves; nil when none is
	left  bitset // those, and all of accounts that are left out
}

// uncounted is which rows are in no sum.
type uncounted struct{ moved, left bitset }

// uncounted says which rows v's sums are without.
func (v *View) uncounted() uncounted {
	if v.single {
		return uncounted{left: v.leftOut().own}
	}
	return uncounted{v.transfers().moved, v.leftOut().left}
}

// Transfer names the other side of a transfer between two of the person's own accounts: the same
// amount the other way, in another account, at most four days before or after, where either side
// speaks of a transfer or a payment.
func (v *View) Transfer(i int) (other Key, is bool) {
	k, row := v.transfers(), v.rows[i]
	if !k.moved.has(row) {
		return Key{}, false
	}
	at, _ := slices.BinarySearchFunc(k.pairs, row, func(p pair, row uint32) int { return int(p.row) - int(row) })
	return v.key(k.pairs[at].other), true
}

// isTransfer reports whether a row is one side of a transfer.
func (v *View) isTransfer(row uint32) bool { return v.transfers().moved.has(row) }

// isLeftOut reports whether a row is left out of totals, itself or with its account.
func (v *View) isLeftOut(row uint32) bool { return v.leftOut().left.has(row) }

// transfers is v's kinds once the transfers among all of the list are known.
func (v *View) transfers() *kinds {
	k := v.kinds
	k.pair.Do(func() {
		k.pairs = newPairing(v).pairs()
		if len(k.pairs) == 0 {
			return
		}
		k.moved = newBitset(v.batch.Len())
		for _, p := range k.pairs {
			k.moved.set(p.row)
		}
	})
	return k
}

// leftOut is v's kinds once it is known what is left out.
func (v *View) leftOut() *kinds {
	k, b := v.kinds, &v.batch
	k.leave.Do(func() {
		for row, written := range v.facts.rows {
			if !written.LeftOut {
				continue
			}
			if k.own == nil {
				k.own = newBitset(b.Len())
			}
			k.own.set(row)
		}
		k.left = k.own
		accounts, some := make([]bool, len(b.Accounts)), false
		for i, key := range b.Accounts {
			accounts[i] = v.facts.accounts[key].LeftOut
			some = some || accounts[i]
		}
		if !some {
			return
		}
		k.left = newBitset(b.Len())
		copy(k.left, k.own)
		for _, row := range k.list {
			if accounts[b.Account[row]] {
				k.left.set(row)
			}
		}
	})
	return k
}
