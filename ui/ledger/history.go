package ledger

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"tartan/plaidapi"
)

// How much can be undone: so many changes, of together so many bytes; the last one always.
const (
	mostChanges = 200
	mostHistory = 4 << 20
)

// change is what was written at once about one Item, or about what belongs to none, as it is kept.
type change struct {
	About string
	Parts []part
}

// part is what held of a subject and a field before a change, and after it.
type part struct {
	Account     string             `json:",omitempty"`
	Transaction string             `json:",omitempty"`
	Name        string             `json:",omitempty"`
	Field       plaidapi.MarkField `json:",omitempty"`
	Was         value              `json:",omitzero"`
	Now         value              `json:",omitzero"`
}

// value is that of a Mark, and when it was written.
type value struct {
	Value string    `json:",omitempty"`
	At    time.Time `json:",omitzero"`
}

// write is what to store so that these marks hold and can be undone, one of each slot.
func (w written) write(about string, marks []plaidapi.Mark, now time.Time) (all []plaidapi.Mark, err error) {
	var latest time.Time // of the filters
	if filters := w.filters(); len(filters) > 0 {
		latest = filters[len(filters)-1].At
	}
	changes := map[string]*change{}
	for _, m := range marks {
		was := w.marks[slotOf(m)]
		if was.Value == m.Value {
			continue
		}
		m.At = now
		switch {
		case m.Field != plaidapi.SavedFilter || m.Value == "":
		case was.Value != "":
			m.At = was.At // it keeps its place among them
		default:
			if !m.At.After(latest) {
				m.At = latest.Add(1)
			}
			latest = m.At
		}
		all = append(all, m)
		s := m.Subject
		if changes[s.ItemID] == nil {
			changes[s.ItemID] = &change{About: about}
		}
		c := changes[s.ItemID]
		c.Parts = append(c.Parts, part{s.AccountID, s.TransactionID, s.Name, m.Field, value{was.Value, was.At}, value{m.Value, m.At}})
	}
	if len(all) == 0 {
		return nil, nil
	}
	number := 1
	for known := range w.done {
		number = max(number, known+1)
	}
	added := make([]plaidapi.Mark, 0, len(changes))
	for itemID, c := range changes {
		m := plaidapi.Mark{Subject: plaidapi.Subject{ItemID: itemID, Name: strconv.Itoa(number)}, Field: plaidapi.CanUndo, At: now}
		if err := c.keep(&m); err != nil {
			return nil, err
		}
		added = append(added, m)
	}
	return slices.Concat(all, w.dropped(added), added), nil
}

// dropped is what is not kept of the history any more once a change is added to it: what was undone,
// and the oldest of what is too much.
func (w written) dropped(added []plaidapi.Mark) (all []plaidapi.Mark) {
	for _, marks := range w.undone {
		all = append(all, marks...)
	}
	bytes := weight(added)
	numbers := slices.Sorted(maps.Keys(w.done))
	for kept, number := range slices.Backward(numbers) {
		bytes += weight(w.done[number])
		if len(numbers)-kept >= mostChanges || bytes > mostHistory {
			all = append(all, w.done[number]...)
		}
	}
	for i := range all {
		all[i].Value = ""
	}
	return all
}

// weight is how many bytes a change takes in the history.
func weight(marks []plaidapi.Mark) (bytes int) {
	for _, m := range marks {
		bytes += len(m.Value)
	}
	return bytes
}

// turned is what to store to undo or redo a change: of each of its parts the value that then holds,
// and the change itself under another field.
func turned(marks []plaidapi.Mark, to plaidapi.MarkField, holds func(part) value) (about string, all []plaidapi.Mark, err error) {
	for _, m := range marks {
		c, err := changeOf(m)
		if err != nil {
			return "", nil, err
		}
		about = c.About
		for _, p := range c.Parts {
			v := holds(p)
			subject := plaidapi.Subject{ItemID: m.Subject.ItemID, AccountID: p.Account, TransactionID: p.Transaction, Name: p.Name}
			all = append(all, plaidapi.Mark{Subject: subject, Field: p.Field, Value: v.Value, At: v.At})
		}
		moved := m
		moved.Field, m.Value = to, ""
		all = append(all, m, moved)
	}
	return about, all, nil
}

// changeOf reads what keep wrote.
func changeOf(m plaidapi.Mark) (c change, err error) {
	if err := json.Unmarshal([]byte(m.Value), &c); err != nil {
		return c, fmt.Errorf("read change %s: %w", m.Subject.Name, err)
	}
	return c, nil
}

// keep makes a change the value of a mark.
func (c *change) keep(m *plaidapi.Mark) error {
	text, err := json.Marshal(c)
	m.Value = string(text)
	return err
}
