package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// Notes are what the person wrote. What is not in them is as the bank tells it.
type Notes struct {
	Items        map[string]string // own names of banks, by Item ID
	Accounts     map[plaidapi.AccountKey]AccountNote
	Transactions map[query.Key]query.Written
	Filters      []SavedFilter // in the order they were saved in
}

// AccountNote is what the person wrote about an account.
type AccountNote struct {
	Name    string // empty: the bank's
	LeftOut bool   // of totals
}

// SavedFilter is a search that the person gave a name.
type SavedFilter struct{ Name, Query string }

// Notes tells what the person wrote, as it is now.
func (l *Ledger) Notes(ctx context.Context) (Notes, error) {
	w, err := l.written(ctx)
	return w.notes(), err
}

// slot is what only one Mark may be about.
type slot struct {
	subject plaidapi.Subject
	field   plaidapi.MarkField
}

func slotOf(m plaidapi.Mark) slot { return slot{m.Subject, m.Field} }

// written is all that the person wrote, as the vault keeps it.
type written struct {
	marks  map[slot]plaidapi.Mark
	done   map[int][]plaidapi.Mark // the changes that can be undone, by number
	undone map[int][]plaidapi.Mark // and those that can be redone
}

// written asks the vault.
func (l *Ledger) written(ctx context.Context) (written, error) {
	w := written{map[slot]plaidapi.Mark{}, map[int][]plaidapi.Mark{}, map[int][]plaidapi.Mark{}}
	marks, err := l.vault.Marks(ctx)
	if err != nil {
		return w, fmt.Errorf("read what was written: %w", err)
	}
	for _, m := range marks {
		number, _ := strconv.Atoi(m.Subject.Name) // only the ledger writes them
		switch m.Field {
		case plaidapi.CanUndo:
			w.done[number] = append(w.done[number], m)
		case plaidapi.CanRedo:
			w.undone[number] = append(w.undone[number], m)
		default:
			w.marks[slotOf(m)] = m
		}
	}
	return w, nil
}

// notes sorts what was written by what it is about.
func (w written) notes() Notes {
	n := Notes{
		Items: map[string]string{}, Accounts: map[plaidapi.AccountKey]AccountNote{}, Transactions: map[query.Key]query.Written{},
	}
	for _, m := range w.marks {
		switch s := m.Subject; {
		case s.TransactionID != "":
			key := query.Key{Item: s.ItemID, ID: s.TransactionID}
			about := n.Transactions[key]
			if enter(&about, m) {
				n.Transactions[key] = about
			}
		case s.AccountID != "":
			key := plaidapi.AccountKey{Item: s.ItemID, Account: s.AccountID}
			about := n.Accounts[key]
			switch m.Field {
			case plaidapi.OwnName:
				about.Name = m.Value
			case plaidapi.LeftOut:
				about.LeftOut = true
			}
			n.Accounts[key] = about
		case s.ItemID != "" && m.Field == plaidapi.OwnName:
			n.Items[s.ItemID] = m.Value
		}
	}
	for _, m := range w.filters() {
		n.Filters = append(n.Filters, SavedFilter{m.Subject.Name, m.Value})
	}
	return n
}

// enter adds a mark to what is written about a transaction, if it is of a kind that is shown.
func enter(about *query.Written, m plaidapi.Mark) bool {
	switch m.Field {
	case plaidapi.OwnName:
		about.Name = m.Value
	case plaidapi.OwnNote:
		about.Note = m.Value
	case plaidapi.OwnTags:
		about.Tags = tags(m.Value)
	case plaidapi.OwnCategory:
		about.Category = m.Value
	case plaidapi.LeftOut:
		about.LeftOut = true
	default:
		return false
	}
	return true
}

// tags are the words of a list, each once.
func tags(list string) (all []string) {
	for tag := range strings.SplitSeq(list, ",") {
		tag = strings.TrimSpace(tag)
		if tag != "" && !slices.ContainsFunc(all, func(other string) bool { return strings.EqualFold(other, tag) }) {
			all = append(all, tag)
		}
	}
	return all
}

// filters are the saved ones, oldest first.
func (w written) filters() (all []plaidapi.Mark) {
	for _, m := range w.marks {
		if m.Field == plaidapi.SavedFilter {
			all = append(all, m)
		}
	}
	slices.SortFunc(all, func(a, b plaidapi.Mark) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Subject.Name, b.Subject.Name))
	})
	return all
}

// name gives an Item's accounts the person's names, and tells which are left out of totals.
func (n Notes) name(itemID string, accounts []plaidapi.Account) (out map[string]bool) {
	out = map[string]bool{}
	for i := range accounts {
		a := &accounts[i]
		note := n.Accounts[plaidapi.AccountKey{Item: itemID, Account: a.ID}]
		if note.Name != "" {
			a.Name, a.OfficialName = note.Name, a.Name
		}
		if note.LeftOut {
			out[a.ID] = true
		}
	}
	return out
}

// learn has the index know what is written and what accounts are called, as it is now.
func (l *Ledger) learn(ctx context.Context) {
	l.facts.Lock()
	defer l.facts.Unlock()
	if index := l.inMemory(); index != nil && l.teach(context.WithoutCancel(ctx), index) != nil {
		l.unload() // reading all anew teaches it
	}
}

// teach is learn for an index that need not be the one in memory yet. facts is held.
func (l *Ledger) teach(ctx context.Context, index *query.Index) error {
	notes, err := l.Notes(ctx)
	if err != nil {
		return err
	}
	holdings, err := l.holdings(ctx, notes)
	if err != nil {
		return err
	}
	facts := query.Facts{Accounts: map[plaidapi.AccountKey]query.Account{}, Written: notes.Transactions}
	for _, h := range holdings {
		for _, a := range h.Accounts {
			facts.Accounts[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}] = query.Account{
				Name: a.Name, Mask: a.Mask, Bank: h.Item.Institution.Name, LeftOut: h.Out[a.ID],
			}
		}
	}
	index.SetFacts(facts)
	return nil
}
