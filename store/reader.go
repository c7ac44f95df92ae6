package store

import (
	"encoding/binary"

	"tartan/plaidapi"
)

// reader takes bytes apart. What is not there makes it bad, and everything after that empty.
type reader struct {
	left []byte
	bad  bool
}

// take gives the next n bytes, where they are.
func (r *reader) take(n int) []byte {
	if r.bad || n < 0 || n > len(r.left) {
		r.bad = true
		return nil
	}
	part := r.left[:n:n]
	r.left = r.left[n:]
	return part
}

func (r *reader) byte() byte {
	if part := r.take(1); part != nil {
		return part[0]
	}
	return 0
}

func (r *reader) uint64() uint64 {
	if part := r.take(8); part != nil {
		return binary.LittleEndian.Uint64(part)
	}
	return 0
}

func (r *reader) uvarint() uint64 {
	value, n := binary.Uvarint(r.left)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.take(n)
	return value
}

func (r *reader) varint() int64 {
	value, n := binary.Varint(r.left)
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.take(n)
	return value
}

// sized gives the bytes behind a length, where they are.
func (r *reader) sized() []byte {
	n := r.uvarint()
	if n > uint64(len(r.left)) {
		r.bad = true
		return nil
	}
	return r.take(int(n))
}

// words gives a part behind a length, for reading texts out of it.
func (r *reader) words() words {
	part := r.sized()
	return words{reader: reader{left: part, bad: r.bad}, all: string(part)}
}

// words is a reader whose texts are parts of one string, so that none is allocated.
type words struct {
	reader
	all string
}

func (w *words) text() string {
	part := w.sized()
	end := len(w.all) - len(w.left)
	return w.all[end-len(part) : end]
}

// count is how many entries follow, of which each takes at least so many bytes.
func (w *words) count(least int) int {
	n := w.uvarint()
	if n > uint64(len(w.left)/least) {
		w.bad = true
		return 0
	}
	return int(n)
}

// texts gives a list of texts; nil for none.
func (w *words) texts() []string {
	n := w.count(1)
	if n == 0 {
		return nil
	}
	all := make([]string, n)
	for i := range all {
		all[i] = w.text()
	}
	return all
}

// dictionaries reads those of b.
func (w *words) dictionaries(b *plaidapi.Batch) {
	b.Texts = w.texts()
	b.Accounts = make([]plaidapi.AccountKey, w.count(2))
	for i := range b.Accounts {
		b.Accounts[i] = plaidapi.AccountKey{Item: w.text(), Account: w.text()}
	}
	b.Units = make([]plaidapi.Unit, w.count(3))
	for i := range b.Units {
		b.Units[i] = plaidapi.Unit{Currency: plaidapi.Currency(w.text()), Decimals: w.byte(), Wide: w.byte() != 0}
	}
	b.Abouts = make([]plaidapi.About, w.count(7))
	for i := range b.Abouts {
		a := &b.Abouts[i]
		a.Category.ID, a.Channel = w.text(), w.text()
		a.Place.Address, a.Place.City = w.text(), w.text()
		a.Place.State, a.Place.Zip = w.text(), w.text()
		a.Category.Path = w.texts()
	}
}
