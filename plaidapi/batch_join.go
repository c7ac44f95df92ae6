package plaidapi

import (
	"math"
	"slices"
	"strings"
)

// numbers says where the entries of another Batch's dictionaries stand in this one's.
type numbers struct {
	texts, abouts   []uint32
	accounts, units []uint16
}

// AppendBatch adds all rows of another Batch, at the cost of a few copies. It fails with
// ErrBatchFull, and then no row is added or changed.
func (b *Batch) AppendBatch(from *Batch) error {
	if from.Len() == 0 {
		return nil
	}
	b.begin()
	if uint64(len(b.IDs))+uint64(len(from.IDs)) > math.MaxUint32 {
		return ErrBatchFull
	}
	n, err := b.numbers(from, nil)
	if err != nil {
		return err
	}
	start, base := b.Len(), uint32(len(b.IDs))
	b.IDs = append(b.IDs, from.IDs...)
	b.Ends = append(b.Ends, from.Ends...)
	for i := range b.Ends[start:] {
		b.Ends[start+i] += base
	}
	b.Dates = append(b.Dates, from.Dates...)
	b.Amounts = append(b.Amounts, from.Amounts...)
	for i, unit := range from.Unit {
		if from.Units[unit].Wide {
			b.Amounts[start+i] = int64(n.texts[from.Amounts[i]])
		}
	}
	b.Unit = renumbered(b.Unit, from.Unit, n.units)
	b.Account = renumbered(b.Account, from.Account, n.accounts)
	b.Name = renumbered(b.Name, from.Name, n.texts)
	b.BankText = renumbered(b.BankText, from.BankText, n.texts)
	b.About = renumbered(b.About, from.About, n.abouts)
	b.Pending = append(b.Pending, from.Pending...)
	return nil
}

// AppendRows adds these rows of another Batch, in that order, and what they need of its
// dictionaries. It fails with ErrBatchFull, and then no row is added or changed.
func (b *Batch) AppendRows(from *Batch, rows []uint32) error {
	b.begin()
	size := uint64(len(b.IDs))
	for _, row := range rows {
		size += uint64(len(from.ids(int(row))))
	}
	if size > math.MaxUint32 {
		return ErrBatchFull
	}
	n, err := b.numbers(from, rows)
	if err != nil {
		return err
	}
	b.Grow(len(rows))
	for _, row := range rows {
		amount := from.Amounts[row]
		if from.Units[from.Unit[row]].Wide {
			amount = int64(n.texts[amount])
		}
		b.IDs = append(b.IDs, from.ids(int(row))...)
		b.Ends = append(b.Ends, uint32(len(b.IDs)))
		b.Dates = append(b.Dates, from.Dates[row])
		b.Amounts = append(b.Amounts, amount)
		b.Unit = append(b.Unit, n.units[from.Unit[row]])
		b.Account = append(b.Account, n.accounts[from.Account[row]])
		b.Name = append(b.Name, n.texts[from.Name[row]])
		b.BankText = append(b.BankText, n.texts[from.BankText[row]])
		b.About = append(b.About, n.abouts[from.About[row]])
		b.Pending = append(b.Pending, from.Pending[row])
	}
	return nil
}

// numbers takes over the entries that these rows of another Batch use, or with nil all entries. It
// copies what is new: an entry may be a part of a page's text, which is to be freed.
func (b *Batch) numbers(from *Batch, rows []uint32) (numbers, error) {
	used := from.used(rows)
	n := numbers{
		texts: make([]uint32, len(from.Texts)), abouts: make([]uint32, len(from.Abouts)),
		accounts: make([]uint16, len(from.Accounts)), units: make([]uint16, len(from.Units)),
	}
	known := b.index()
	var err error
	for i, key := range from.Accounts {
		if used == nil || used.accounts[i] {
			own := AccountKey{strings.Clone(key.Item), strings.Clone(key.Account)}
			if n.accounts[i], err = b.AccountNumber(own); err != nil {
				return n, err
			}
		}
	}
	for i, unit := range from.Units {
		if used == nil || used.units[i] {
			unit.Currency = Currency(strings.Clone(string(unit.Currency)))
			if n.units[i], err = b.UnitNumber(unit); err != nil {
				return n, err
			}
		}
	}
	for i, text := range from.Texts {
		if used == nil || used.texts[i] {
			place, ok := known.texts[text]
			if !ok {
				place = b.TextNumber(strings.Clone(text))
			}
			n.texts[i] = place
		}
	}
	for i, about := range from.Abouts {
		if used == nil || used.abouts[i] {
			before := len(b.Abouts)
			if n.abouts[i] = b.AboutNumber(about); len(b.Abouts) > before {
				b.Abouts[before] = about.clone()
			}
		}
	}
	return n, nil
}

// clone is an About that shares no memory with a.
func (a *About) clone() About {
	c := About{
		Category{ID: strings.Clone(a.Category.ID), Path: slices.Clone(a.Category.Path)},
		Place{
			Address: strings.Clone(a.Place.Address), City: strings.Clone(a.Place.City),
			State: strings.Clone(a.Place.State), Zip: strings.Clone(a.Place.Zip),
		},
		strings.Clone(a.Channel),
	}
	for i, part := range c.Category.Path {
		c.Category.Path[i] = strings.Clone(part)
	}
	return c
}

// usage is which entries of the dictionaries some rows need.
type usage struct{ texts, abouts, accounts, units []bool }

// used finds what these rows need; nil is everything, as rows is.
func (b *Batch) used(rows []uint32) *usage {
	if rows == nil {
		return nil
	}
	u := usage{
		make([]bool, len(b.Texts)), make([]bool, len(b.Abouts)),
		make([]bool, len(b.Accounts)), make([]bool, len(b.Units)),
	}
	for _, row := range rows {
		u.texts[b.Name[row]], u.texts[b.BankText[row]] = true, true
		u.abouts[b.About[row]], u.accounts[b.Account[row]], u.units[b.Unit[row]] = true, true, true
		if b.Units[b.Unit[row]].Wide {
			u.texts[b.Amounts[row]] = true
		}
	}
	return &u
}

// renumbered adds a column, each number as the other Batch has it.
func renumbered[N uint16 | uint32](to, from, numbers []N) []N {
	start := len(to)
	to = slices.Grow(to, len(from))[:start+len(from)]
	for i, n := range from {
		to[start+i] = numbers[n]
	}
	return to
}
