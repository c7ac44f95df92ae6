package store

import (
	"cmp"
	"maps"
	"slices"

	"tartan/plaidapi"
)

// bookState is what a log amounts to, but for transactions. Slices in it are replaced, never changed.
type bookState struct {
	items []plaidapi.Item // in the order of linking
	saved map[string]plaidapi.Saved
	gone  map[string]uint64 // Item ID to the number of the frame that forgot it last
	marks map[markKey]plaidapi.Mark
}

// markKey is what only one Mark may be about.
type markKey struct {
	subject plaidapi.Subject
	field   plaidapi.MarkField
}

func newBookState() bookState {
	return bookState{saved: map[string]plaidapi.Saved{}, gone: map[string]uint64{}, marks: map[markKey]plaidapi.Mark{}}
}

// clone is a copy that may be changed.
func (s bookState) clone() bookState {
	return bookState{slices.Clone(s.items), maps.Clone(s.saved), maps.Clone(s.gone), maps.Clone(s.marks)}
}

// take brings the state up to date with the record of a frame.
func (s *bookState) take(number uint64, r logRecord) {
	switch r.kind {
	case kindItem:
		if at := s.find(r.itemID); at >= 0 {
			s.items = slices.Clone(s.items)
			s.items[at] = r.item
		} else {
			s.items = append(s.items, r.item)
		}
	case kindForget:
		if at := s.find(r.itemID); at >= 0 {
			s.items = slices.Delete(slices.Clone(s.items), at, at+1)
		}
		delete(s.saved, r.itemID)
		maps.DeleteFunc(s.marks, func(key markKey, _ plaidapi.Mark) bool { return key.subject.ItemID == r.itemID })
		s.gone[r.itemID] = number
	case kindAccounts:
		known := s.saved[r.itemID]
		known.Accounts, known.Read = r.saved.Accounts, r.saved.Read
		s.saved[r.itemID] = known
	case kindSaved:
		s.saved[r.itemID] = r.saved
	case kindPage:
		known, p := s.saved[r.itemID], &r.head
		known.Cursor, known.Partial, known.Began = p.Cursor, p.Partial, p.Began
		known.Rows, known.Oldest = p.Rows, p.Oldest
		if !p.Partial {
			known.Synced = p.Began
		}
		s.saved[r.itemID] = known
	case kindMarks:
		for _, m := range r.marks {
			key := markKey{m.Subject, m.Field}
			if s.marks[key] = m; m.Value == "" {
				delete(s.marks, key)
			}
		}
	}
}

// find is the place of an Item in the list, or -1.
func (s *bookState) find(itemID string) int {
	return slices.IndexFunc(s.items, func(item plaidapi.Item) bool { return item.ID == itemID })
}

// live reports whether a page of an Item, in the frame of that number, still counts: the Item is
// linked, and was not forgotten since.
func (s *bookState) live(number uint64, itemID string) bool {
	forgotten, was := s.gone[itemID]
	return s.find(itemID) >= 0 && (!was || number > forgotten)
}

// markList is the marks that hold, oldest first.
func (s *bookState) markList() []plaidapi.Mark {
	return slices.SortedFunc(maps.Values(s.marks), func(a, b plaidapi.Mark) int {
		x, y := a.Subject, b.Subject
		return cmp.Or(
			a.At.Compare(b.At), cmp.Compare(x.ItemID, y.ItemID), cmp.Compare(x.AccountID, y.AccountID),
			cmp.Compare(x.TransactionID, y.TransactionID), cmp.Compare(x.Name, y.Name), cmp.Compare(a.Field, b.Field),
		)
	})
}

// unsynced makes the next sync of every Item fetch all there is.
func (s *bookState) unsynced() {
	for id, known := range s.saved {
		known.Cursor, known.Partial = "", true
		s.saved[id] = known
	}
}

// stateSaved is the JSON of a bookState.
type stateSaved struct {
	Items []plaidapi.Item
	Saved []itemSaved
	Gone  map[string]uint64
	Marks []plaidapi.Mark
}

func (s *bookState) save() stateSaved {
	out := stateSaved{s.items, nil, s.gone, s.markList()}
	for id, known := range s.saved {
		out.Saved = append(out.Saved, saveItem(id, known))
	}
	return out
}

func (s stateSaved) state() (bookState, error) {
	out := newBookState()
	out.items = s.Items
	maps.Copy(out.gone, s.Gone)
	for _, saved := range s.Saved {
		known, err := saved.saved()
		if err != nil {
			return bookState{}, err
		}
		out.saved[saved.ItemID] = known
	}
	out.take(0, logRecord{kind: kindMarks, marks: s.Marks})
	return out, nil
}
