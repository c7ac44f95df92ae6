package query

import (
	"maps"
	"sync"

	"tartan/plaidapi"
)

// Key names a transaction among all Items.
type Key struct{ Item, ID string }

// Account is what a search may ask of an account. Its name is the person's own, if there is one.
type Account struct {
	Name, Mask, Bank string
	LeftOut          bool // of totals
}

// Written is what the person wrote about a transaction. What is empty is as the bank tells it.
type Written struct {
	Name     string
	Note     string
	Tags     []string
	Category string // the person's own word
	LeftOut  bool   // of totals
}

// Facts are what is known of transactions besides what banks tell of each of them.
type Facts struct {
	Accounts map[plaidapi.AccountKey]Account
	Written  map[Key]Written
}

// SetFacts takes over what is known, as a whole. Views made before are as they were.
func (x *Index) SetFacts(f Facts) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.facts = Facts{maps.Clone(f.Accounts), maps.Clone(f.Written)}
	x.view = nil
}

// placed is Facts made ready for the rows of one Batch.
type placed struct {
	accounts map[plaidapi.AccountKey]Account
	rows     map[uint32]Written

	searched sync.Once
	written  *writings
}

// placed finds the rows that something is written about. The Index is settled.
func (x *Index) placed() *placed {
	p := &placed{accounts: x.facts.Accounts}
	if len(x.facts.Written) > 0 {
		p.rows = make(map[uint32]Written, len(x.facts.Written))
		named(x.batch, x.order.rows(), x.facts.Written, func(row uint32, w Written) { p.rows[row] = w })
	}
	return p
}

// named gives those of rows that have keys to found. Of most rows it looks at the end of the ID only.
func named[T any](b *plaidapi.Batch, rows []uint32, keys map[Key]T, found func(row uint32, of T)) {
	size := 1 << 10
	for size < 16*len(keys) {
		size *= 2
	}
	marked := make([]bool, size)
	for key := range keys {
		marked[ending(key.ID)%uint64(size)] = true
	}
	for _, row := range rows {
		id, _ := b.ID(int(row))
		if !marked[ending(id)%uint64(size)] {
			continue
		}
		if of, is := keys[Key{b.Accounts[b.Account[row]].Item, string(id)}]; is {
			found(row, of)
		}
	}
}

// Written is what the person wrote about a transaction; the zero Written for nothing.
func (v *View) Written(i int) Written { return v.facts.rows[v.rows[i]] }

// Account is what is known of the account with this key; the zero Account for nothing.
func (v *View) Account(key plaidapi.AccountKey) Account { return v.facts.accounts[key] }
