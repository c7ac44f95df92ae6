package ledger_test

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"sync"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// vault is what linking needs of a ledger.Vault, in memory: ring is a keyring, and journal and index
// are what they say. Before and after each change is a point at which a test may have it fail, which
// the files of the real one do not let a test of the ledger do.
type vault struct {
	ledger.Vault // what linking does not need
	place        plaidapi.AccessPlace
	point        func(op string) error // asked before and after each change

	mu      sync.Mutex
	ring    map[string]kept
	journal map[string]plaidapi.Attempt
	index   []string
	marks   []plaidapi.Mark
}

// kept is an entry of the ring: an Item and its token, or an unfinished Item's token.
type kept struct {
	item    plaidapi.Item
	token   plaidapi.Secret
	pending bool
}

func newVault(point func(op string) error) *vault {
	return &vault{
		place: plaidapi.InKeyring, point: point, ring: map[string]kept{}, journal: map[string]plaidapi.Attempt{},
	}
}

// end is the end of a run: what was kept for it only is gone.
func (v *vault) end() {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.place == plaidapi.InMemory {
		v.ring, v.index = map[string]kept{}, nil
	}
}

// change does what has a point before it and one after it.
func (v *vault) change(op string, do func()) error {
	if err := v.point(op); err != nil {
		return err
	}
	do()
	return v.point(op + ", done")
}

func (v *vault) Access() plaidapi.Access { return plaidapi.Access{Place: v.place} }

func (v *vault) Probe(context.Context) error { return v.point("probe") }

func (v *vault) Begin(_ context.Context, a plaidapi.Attempt) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for n := 1; ; n++ {
		a.ID = "A" + strconv.Itoa(n)
		_, noted := v.journal[a.ID]
		if _, taken := v.ring[a.ID]; !noted && !taken {
			return a.ID, v.change("begin", func() { v.journal[a.ID] = a })
		}
	}
}

func (v *vault) Grant(_ context.Context, attempt string, at plaidapi.Institution) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.change("grant", func() {
		a := v.journal[attempt]
		a.Granted, a.InstitutionID, a.Bank = true, at.ID, at.Name
		v.journal[attempt] = a
	})
}

func (v *vault) Keys(context.Context) (plaidapi.Keys, error) {
	return plaidapi.Keys{}, plaidapi.ErrNoKeys
}

func (v *vault) Saved(context.Context, string) (plaidapi.Saved, error) {
	return plaidapi.Saved{Accounts: []plaidapi.Account{{Name: "Checking", Mask: "0000"}}}, nil
}

func (v *vault) Mark(_ context.Context, marks ...plaidapi.Mark) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.change("mark", func() { v.marks = append(v.marks, marks...) })
}

func (v *vault) Marks(context.Context) ([]plaidapi.Mark, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.marks), nil
}

func (v *vault) Hold(_ context.Context, attempt string, pending plaidapi.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.change("hold", func() { v.ring[attempt] = kept{token: pending, pending: true} })
}

func (v *vault) Keep(_ context.Context, attempt string, item plaidapi.Item, token plaidapi.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	account := v.account(item.ID)
	switch a, noted := v.journal[attempt]; {
	case account == "":
		account = attempt
	case noted && !v.ring[account].token.Equal(token):
		a.ItemID = item.ID
		if err := v.change("note", func() { v.journal[attempt] = a }); err != nil {
			return err
		}
	}
	if err := v.change("keep", func() { v.ring[account] = kept{item: item, token: token} }); err != nil {
		return err
	}
	if !slices.Contains(v.index, account) {
		if err := v.change("list", func() { v.index = append(v.index, account) }); err != nil {
			return err
		}
	}
	if attempt == "" || v.place == plaidapi.InMemory {
		return nil
	}
	return v.change("close", func() {
		if attempt != account {
			delete(v.ring, attempt)
		}
		delete(v.journal, attempt)
	})
}

func (v *vault) Settle(_ context.Context, attempt string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !slices.Contains(v.index, attempt) {
		if err := v.change("release", func() { delete(v.ring, attempt) }); err != nil {
			return err
		}
	}
	return v.change("settle", func() { delete(v.journal, attempt) })
}

func (v *vault) Attempts(context.Context) ([]plaidapi.Attempt, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.point("attempts"); err != nil {
		return nil, err
	}
	var open []plaidapi.Attempt
	for _, id := range slices.Sorted(maps.Keys(v.journal)) {
		a := v.journal[id]
		k, is := v.ring[id]
		switch {
		case k.pending && v.opens(k.token): // the Item stays
			if err := v.change("release", func() { delete(v.ring, id) }); err != nil {
				return nil, err
			}
		case !is || k.pending:
			a.Pending = k.token
			open = append(open, a)
			continue
		case !slices.Contains(v.index, id):
			if err := v.change("adopt", func() { v.index = append(v.index, id) }); err != nil {
				return nil, err
			}
		}
		if v.place != plaidapi.InMemory {
			if err := v.change("close", func() { delete(v.journal, id) }); err != nil {
				return nil, err
			}
		}
	}
	return open, nil
}

func (v *vault) Items(context.Context) ([]plaidapi.Item, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var all []plaidapi.Item
	for _, account := range v.index {
		all = append(all, v.ring[account].item)
	}
	return all, nil
}

// opens reports whether a token is that of a linked Item. mu is the caller's.
func (v *vault) opens(token plaidapi.Secret) bool {
	return slices.ContainsFunc(v.index, func(account string) bool { return v.ring[account].token.Equal(token) })
}

// account is where an Item is kept; empty when it is not. mu is the caller's.
func (v *vault) account(itemID string) string {
	at := slices.IndexFunc(v.index, func(account string) bool { return v.ring[account].item.ID == itemID })
	if at < 0 {
		return ""
	}
	return v.index[at]
}

func (v *vault) Token(_ context.Context, itemID string) (plaidapi.Secret, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	account := v.account(itemID)
	if account == "" {
		return plaidapi.Secret{}, ledger.ErrNoItem
	}
	return v.ring[account].token, nil
}

func (v *vault) Forget(_ context.Context, itemID string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	account := v.account(itemID)
	if account == "" {
		return nil
	}
	unlist := func() { v.index = slices.DeleteFunc(v.index, func(a string) bool { return a == account }) }
	if err := v.change("unlist", unlist); err != nil {
		return err
	}
	if err := v.change("forget", func() { delete(v.ring, account) }); err != nil {
		return err
	}
	return v.change("close", func() { delete(v.journal, account) })
}

// tokens are those of linked Items.
func (v *vault) tokens() (all []string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, account := range v.index {
		all = append(all, v.ring[account].token.Reveal())
	}
	return all
}
