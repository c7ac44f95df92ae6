package store

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"tartan/plaidapi"
)

// logKind says what a record tells: the first byte of each frame's plain text. A kind that is not
// listed here comes from a newer tartan: whoever adds one raises logVersion.
type logKind byte

const (
	kindItem     logKind = 1 + iota // an Item was linked, or has changed: JSON of it
	kindForget                      // an Item was unlinked: its ID
	kindAccounts                    // an Item's accounts were read: JSON
	kindPage                        // a page of a sync: see appendPage
	kindMarks                       // what the person wrote: JSON
	kindSaved                       // compaction only: all that is known of an Item but its transactions: JSON
)

// logRecord is what one frame tells.
type logRecord struct {
	kind   logKind
	itemID string          // for all but marks
	item   plaidapi.Item   // kindItem
	saved  plaidapi.Saved  // kindAccounts, kindSaved
	marks  []plaidapi.Mark // kindMarks
	head   plaidapi.Page   // kindPage, without Put and Gone
	rest   []byte          // kindPage: what page reads
}

// itemSaved is the JSON of what is known of an Item. Money has none that can be read back.
type itemSaved struct {
	ItemID   string
	Accounts []accountSaved `json:",omitempty"`
	Read     time.Time      `json:",omitzero"`
	Cursor   string         `json:",omitempty"`
	Partial  bool           `json:",omitempty"`
	Began    time.Time      `json:",omitzero"`
	Synced   time.Time      `json:",omitzero"`
	Rows     int            `json:",omitempty"`
	Oldest   int32          `json:",omitempty"` // a plaidapi.Date
}

type accountSaved struct {
	plaidapi.Account
	Current, Available, Limit *moneySaved `json:",omitempty"`
}

// moneySaved is an amount and its currency. An empty amount is one that nobody can read.
type moneySaved struct{ Amount, Currency string }

func encodeItem(item plaidapi.Item) ([]byte, error) { return encodeJSON(kindItem, item) }

func encodeForget(itemID string) []byte { return append([]byte{byte(kindForget)}, itemID...) }

func encodeMarks(marks []plaidapi.Mark) ([]byte, error) { return encodeJSON(kindMarks, marks) }

// encodeSaved writes kindAccounts or kindSaved.
func encodeSaved(kind logKind, itemID string, s plaidapi.Saved) ([]byte, error) {
	return encodeJSON(kind, saveItem(itemID, s))
}

func encodeJSON(kind logKind, v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode record: %w", err)
	}
	return append([]byte{byte(kind)}, text...), nil
}

// encodePage writes a page: the size of its head, the head, the IDs in Gone, then its rows, if any.
func encodePage(p plaidapi.Page) []byte {
	began, _ := p.Began.UTC().MarshalBinary() // fails for odd zones only
	head := appendText(appendText(appendText(nil, p.ItemID), p.Cursor), string(began))
	head = append(head, flag(p.Partial))
	head = binary.AppendVarint(head, int64(p.Rows))
	head = binary.AppendVarint(head, int64(p.Oldest))
	var gone []byte
	gone = binary.AppendUvarint(gone, uint64(len(p.Gone)))
	for _, id := range p.Gone {
		gone = appendText(gone, id)
	}
	dst := appendText([]byte{byte(kindPage)}, string(head))
	dst = appendText(dst, string(gone))
	if p.Put == nil {
		return dst
	}
	return appendBatch(dst, p.Put)
}

// decodeRecord reads a frame's plain text, of a page only its head. An unknown kind is NewerFile.
func decodeRecord(plain []byte) (logRecord, error) {
	if len(plain) == 0 {
		return logRecord{}, errRecord
	}
	r, body := logRecord{kind: logKind(plain[0])}, plain[1:]
	var err error
	switch r.kind {
	case kindItem:
		err = json.Unmarshal(body, &r.item)
		r.itemID = r.item.ID
	case kindForget:
		r.itemID = string(body)
	case kindAccounts, kindSaved:
		var s itemSaved
		if err = json.Unmarshal(body, &s); err == nil {
			r.itemID = s.ItemID
			r.saved, err = s.saved()
		}
	case kindPage:
		err = r.decodeHead(body)
	case kindMarks:
		err = json.Unmarshal(body, &r.marks)
	default:
		return logRecord{}, NewerFile
	}
	if err != nil {
		return logRecord{}, errRecord // without the cause, which may quote the record
	}
	return r, nil
}

func (r *logRecord) decodeHead(body []byte) error {
	all := reader{left: body}
	head := all.words()
	p := &r.head
	p.ItemID, p.Cursor = head.text(), head.text()
	began := []byte(head.text())
	p.Partial = head.byte() != 0
	p.Rows, p.Oldest = int(head.varint()), plaidapi.Date(head.varint())
	if all.bad || head.bad {
		return errRecord
	}
	r.itemID, r.rest = p.ItemID, all.left
	if len(began) == 0 {
		return nil
	}
	return p.Began.UnmarshalBinary(began)
}

// page is the whole page of a record. Its rows stay in the bytes that the record was read from.
func (r *logRecord) page() (plaidapi.Page, error) {
	p, rest := r.head, reader{left: r.rest}
	gone := rest.words()
	p.Gone = gone.texts()
	if rest.bad || gone.bad || len(gone.left) > 0 {
		return plaidapi.Page{}, errRecord
	}
	if len(rest.left) == 0 {
		return p, nil
	}
	var err error
	p.Put, err = readBatch(rest.left)
	return p, err
}

func saveItem(itemID string, s plaidapi.Saved) itemSaved {
	out := itemSaved{
		ItemID: itemID, Read: s.Read, Cursor: s.Cursor, Partial: s.Partial,
		Began: s.Began, Synced: s.Synced, Rows: s.Rows, Oldest: int32(s.Oldest),
	}
	for _, a := range s.Accounts {
		saved := accountSaved{a, saveMoney(a.Current), saveMoney(a.Available), saveMoney(a.Limit)}
		saved.Account.Current, saved.Account.Available, saved.Account.Limit = nil, nil, nil
		out.Accounts = append(out.Accounts, saved)
	}
	return out
}

func (s itemSaved) saved() (plaidapi.Saved, error) {
	out := plaidapi.Saved{
		Read: s.Read, Cursor: s.Cursor, Partial: s.Partial,
		Began: s.Began, Synced: s.Synced, Rows: s.Rows, Oldest: plaidapi.Date(s.Oldest),
	}
	for _, saved := range s.Accounts {
		a := saved.Account
		var bad [3]error
		a.Current, bad[0] = saved.Current.money()
		a.Available, bad[1] = saved.Available.money()
		a.Limit, bad[2] = saved.Limit.money()
		if bad != [3]error{} {
			return plaidapi.Saved{}, errRecord
		}
		out.Accounts = append(out.Accounts, a)
	}
	return out, nil
}

func saveMoney(m *plaidapi.Money) *moneySaved {
	switch {
	case m == nil:
		return nil
	case !m.Known():
		return &moneySaved{}
	}
	return &moneySaved{m.Decimal(), string(m.Currency())}
}

func (m *moneySaved) money() (*plaidapi.Money, error) {
	switch {
	case m == nil:
		return nil, nil
	case m.Amount == "":
		return &plaidapi.Money{}, nil
	}
	amount, err := plaidapi.ParseMoney(m.Amount, plaidapi.Currency(m.Currency))
	return &amount, err
}
