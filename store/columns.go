package store

import (
	"encoding/binary"
	"errors"
	"math"

	"tartan/plaidapi"
)

// errRecord reports a record that is authentic and yet makes no sense.
var errRecord = errors.New("store: a record that cannot be read")

// integer is what columns are made of.
type integer interface {
	~uint8 | ~uint16 | ~uint32 | ~int32 | ~int64
}

// A Batch is written as: the size of its dictionaries, the dictionaries, the size of its IDs, the
// IDs, then the columns, the sizes of the rows' IDs first. Every row has at least one byte of IDs,
// so that a batch of few bytes cannot claim many rows.

// appendBatch writes a Batch at the end of dst.
func appendBatch(dst []byte, b *plaidapi.Batch) []byte {
	words := appendDictionaries(nil, b)
	dst = append(binary.AppendUvarint(dst, uint64(len(words))), words...)
	dst = binary.AppendUvarint(dst, uint64(b.Len()))
	dst = append(binary.AppendUvarint(dst, uint64(len(b.IDs))), b.IDs...)
	sizes, from := make([]uint32, b.Len()), uint32(0)
	for i, end := range b.Ends {
		sizes[i], from = end-from, end
	}
	pending := make([]uint8, b.Len())
	for i, yes := range b.Pending {
		if yes {
			pending[i] = 1
		}
	}
	dst = appendColumn(dst, sizes)
	dst = appendColumn(dst, b.Dates)
	dst = appendColumn(dst, b.Amounts)
	dst = appendColumn(dst, b.Unit)
	dst = appendColumn(dst, b.Account)
	dst = appendColumn(dst, b.Name)
	dst = appendColumn(dst, b.BankText)
	dst = appendColumn(dst, b.About)
	return appendColumn(dst, pending)
}

func appendDictionaries(dst []byte, b *plaidapi.Batch) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(b.Texts)))
	for _, text := range b.Texts {
		dst = appendText(dst, text)
	}
	dst = binary.AppendUvarint(dst, uint64(len(b.Accounts)))
	for _, key := range b.Accounts {
		dst = appendText(appendText(dst, key.Item), key.Account)
	}
	dst = binary.AppendUvarint(dst, uint64(len(b.Units)))
	for _, unit := range b.Units {
		dst = append(appendText(dst, string(unit.Currency)), unit.Decimals, flag(unit.Wide))
	}
	dst = binary.AppendUvarint(dst, uint64(len(b.Abouts)))
	for i := range b.Abouts {
		a := &b.Abouts[i]
		dst = appendText(appendText(dst, a.Category.ID), a.Channel)
		dst = appendText(appendText(dst, a.Place.Address), a.Place.City)
		dst = appendText(appendText(dst, a.Place.State), a.Place.Zip)
		dst = binary.AppendUvarint(dst, uint64(len(a.Category.Path)))
		for _, part := range a.Category.Path {
			dst = appendText(dst, part)
		}
	}
	return dst
}

// appendText writes a text behind its length.
func appendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

func flag(yes bool) byte {
	if yes {
		return 1
	}
	return 0
}

// appendColumn writes the smallest value in 8 bytes, how many bytes a value takes, and how far
// each value is above the smallest. A constant takes no bytes a row.
func appendColumn[T integer](dst []byte, values []T) []byte {
	var low, high int64
	for i, v := range values {
		if i == 0 {
			low, high = int64(v), int64(v)
		}
		low, high = min(low, int64(v)), max(high, int64(v))
	}
	dst = binary.LittleEndian.AppendUint64(dst, uint64(low))
	switch spread := uint64(high) - uint64(low); {
	case spread == 0:
		return append(dst, 0)
	case spread <= math.MaxUint8:
		dst = append(dst, 1)
		for _, v := range values {
			dst = append(dst, byte(int64(v)-low))
		}
	case spread <= math.MaxUint16:
		dst = append(dst, 2)
		for _, v := range values {
			dst = binary.LittleEndian.AppendUint16(dst, uint16(int64(v)-low))
		}
	case spread < 1<<24:
		dst = append(dst, 3)
		for _, v := range values {
			d := uint32(int64(v) - low)
			dst = append(dst, byte(d), byte(d>>8), byte(d>>16))
		}
	case spread <= math.MaxUint32:
		dst = append(dst, 4)
		for _, v := range values {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(int64(v)-low))
		}
	default:
		dst = append(dst, 8)
		for _, v := range values {
			dst = binary.LittleEndian.AppendUint64(dst, uint64(v)-uint64(low))
		}
	}
	return dst
}

// readBatch reads what appendBatch wrote, up to the end of data. The Batch keeps data: its IDs
// stay where they are. Whatever data holds, a Batch that comes back is whole: each number in it
// has its place in a dictionary.
func readBatch(data []byte) (*plaidapi.Batch, error) {
	r := reader{left: data}
	words := r.words()
	rows, size := r.uvarint(), r.uvarint()
	if r.bad || size > uint64(len(r.left)) || rows > size {
		return nil, errRecord
	}
	n := int(rows)
	b := &plaidapi.Batch{IDs: r.take(int(size)), Ends: readColumn[uint32](&r, n)}
	b.Dates = readColumn[plaidapi.Date](&r, n)
	b.Amounts = readColumn[int64](&r, n)
	b.Unit = readColumn[uint16](&r, n)
	b.Account = readColumn[uint16](&r, n)
	b.Name = readColumn[uint32](&r, n)
	b.BankText = readColumn[uint32](&r, n)
	b.About = readColumn[uint32](&r, n)
	pending := readColumn[uint8](&r, n)
	words.dictionaries(b)
	if r.bad || words.bad || len(r.left) > 0 || len(words.left) > 0 {
		return nil, errRecord
	}
	b.Pending = make([]bool, n)
	for i, yes := range pending {
		b.Pending[i] = yes != 0
	}
	if !sound(b) {
		return nil, errRecord
	}
	return b, nil
}

// sound turns the sizes in Ends into ends, and reports whether a Batch can be used.
func sound(b *plaidapi.Batch) bool {
	at := uint64(0)
	for i, size := range b.Ends {
		end := at + uint64(size)
		if end > uint64(len(b.IDs)) {
			return false
		}
		length, n := binary.Uvarint(b.IDs[at:end])
		if n <= 0 || length > uint64(size)-uint64(n) {
			return false
		}
		b.Ends[i], at = uint32(end), end
	}
	wide := false
	for _, unit := range b.Units {
		wide = wide || unit.Wide
	}
	if wide {
		for i, unit := range b.Unit {
			if int(unit) < len(b.Units) && b.Units[unit].Wide && uint64(b.Amounts[i]) >= uint64(len(b.Texts)) {
				return false
			}
		}
	}
	return at == uint64(len(b.IDs)) && inside(b.Unit, len(b.Units)) && inside(b.Account, len(b.Accounts)) &&
		inside(b.Name, len(b.Texts)) && inside(b.BankText, len(b.Texts)) && inside(b.About, len(b.Abouts))
}

// inside reports whether all values are places in a dictionary of that size.
func inside[T uint16 | uint32](values []T, size int) bool {
	var high T
	for _, v := range values {
		high = max(high, v)
	}
	return len(values) == 0 || int64(high) < int64(size)
}

// readColumn reads n values. What it allocates was bounded by readBatch.
func readColumn[T integer](r *reader, n int) []T {
	low := int64(r.uint64())
	width := int(r.byte())
	switch width {
	case 0, 1, 2, 3, 4, 8:
	default:
		r.bad = true
	}
	raw := r.take(n * width)
	if r.bad {
		return nil
	}
	values := make([]T, n)
	switch width {
	case 0:
		for i := range values {
			values[i] = T(low)
		}
	case 1:
		for i := range values {
			values[i] = T(low + int64(raw[i]))
		}
	case 2:
		for i := range values {
			values[i] = T(low + int64(binary.LittleEndian.Uint16(raw[2*i:])))
		}
	case 3:
		for i := range values {
			d := raw[3*i : 3*i+3]
			values[i] = T(low + int64(uint32(d[0])|uint32(d[1])<<8|uint32(d[2])<<16))
		}
	case 4:
		for i := range values {
			values[i] = T(low + int64(binary.LittleEndian.Uint32(raw[4*i:])))
		}
	case 8:
		for i := range values {
			values[i] = T(uint64(low) + binary.LittleEndian.Uint64(raw[8*i:]))
		}
	}
	return values
}
