package plaidapi

import (
	"hash/maphash"
	"math"
	"slices"
)

// dictionary finds entries of a Batch's dictionaries again.
type dictionary struct {
	texts    map[string]uint32
	accounts map[AccountKey]uint16
	units    map[Unit]uint16
	abouts   map[uint64]uint32 // by hash; where another About stands there, by the next number
	seed     maphash.Seed
}

// TextNumber is the place of a text in Texts; it is added if it is new.
func (b *Batch) TextNumber(text string) uint32 {
	n, known := b.index().texts[text]
	if !known {
		n = uint32(len(b.Texts))
		b.Texts = append(b.Texts, text)
		b.known.texts[text] = n
	}
	return n
}

// AboutNumber is the place of an About in Abouts; it is added if it is new.
func (b *Batch) AboutNumber(a About) uint32 {
	d := b.index()
	for h := d.hash(&a); ; h++ {
		n, known := d.abouts[h]
		if !known {
			n = uint32(len(b.Abouts))
			b.Abouts = append(b.Abouts, a)
			d.abouts[h] = n
			return n
		}
		if b.Abouts[n].equal(&a) {
			return n
		}
	}
}

// AccountNumber is the place of an account in Accounts; it is added if it is new. It fails with
// ErrBatchFull.
func (b *Batch) AccountNumber(key AccountKey) (uint16, error) {
	n, known := b.index().accounts[key]
	if !known {
		if len(b.Accounts) > math.MaxUint16 {
			return 0, ErrBatchFull
		}
		n = uint16(len(b.Accounts))
		b.Accounts = append(b.Accounts, key)
		b.known.accounts[key] = n
	}
	return n, nil
}

// UnitNumber is the place of a unit in Units; it is added if it is new. It fails with ErrBatchFull.
func (b *Batch) UnitNumber(u Unit) (uint16, error) {
	n, known := b.index().units[u]
	if !known {
		if len(b.Units) > math.MaxUint16 {
			return 0, ErrBatchFull
		}
		n = uint16(len(b.Units))
		b.Units = append(b.Units, u)
		b.known.units[u] = n
	}
	return n, nil
}

// index makes the dictionary, the first time it is needed.
func (b *Batch) index() *dictionary {
	if b.known != nil {
		return b.known
	}
	d := &dictionary{
		texts: make(map[string]uint32, len(b.Texts)), abouts: make(map[uint64]uint32, len(b.Abouts)),
		accounts: make(map[AccountKey]uint16, len(b.Accounts)), units: make(map[Unit]uint16, len(b.Units)),
		seed: maphash.MakeSeed(),
	}
	for i, text := range b.Texts {
		d.texts[text] = uint32(i)
	}
	for i, key := range b.Accounts {
		d.accounts[key] = uint16(i)
	}
	for i, unit := range b.Units {
		d.units[unit] = uint16(i)
	}
	for i := range b.Abouts {
		h := d.hash(&b.Abouts[i])
		for taken := true; taken; h++ {
			if _, taken = d.abouts[h]; !taken {
				d.abouts[h] = uint32(i)
			}
		}
	}
	b.known = d
	return d
}

// hash is a number for an About that others seldom share.
func (d *dictionary) hash(a *About) uint64 {
	var h maphash.Hash
	h.SetSeed(d.seed)
	for _, part := range [...]string{a.Category.ID, a.Place.Address, a.Place.City, a.Place.State, a.Place.Zip, a.Channel} {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	for _, part := range a.Category.Path {
		_, _ = h.WriteString(part)
	}
	return h.Sum64()
}

// equal compares all that two Abouts tell.
func (a *About) equal(other *About) bool {
	return a.Category.ID == other.Category.ID && a.Place == other.Place && a.Channel == other.Channel &&
		slices.Equal(a.Category.Path, other.Category.Path)
}
