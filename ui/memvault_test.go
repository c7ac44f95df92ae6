package ui

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"tartan/plaidapi"
)

// errNoItem reports an Item that the vault does not hold.
var errNoItem = errors.New("ui: no such item")

// memOptions say how a memVault begins.
type memOptions struct {
	Access     plaidapi.Access    // where it says that tokens are kept; the zero one is a keyring
	Shut       error              // what Open fails with until Unlock or Choose; nil: it is open
	Passphrase string             // what opens it, where Access.Asks or Shut is plaidapi.ErrPassphrase
	NoKeyring  error              // what choosing the keyring fails with; nil: it works
	Keyless    bool               // API keys are needed and none are kept
	Attempts   []plaidapi.Attempt // what an earlier run left open
}

// memVault is a ledger.Vault in memory: it keeps what it is given, forgets it with the test, and can
// be told to ask for a passphrase, to have no place, or to refuse. It is safe for concurrent use.
type memVault struct {
	mu         sync.Mutex
	access     plaidapi.Access
	shut       error
	passphrase string
	noKeyring  error
	refuse     error
	keys       *plaidapi.Keys
	earlier    []plaidapi.Attempt
	open       map[string]plaidapi.Attempt // of this run
	begun      int
	items      []*kept
	pages      []plaidapi.Page
	newest     *plaidapi.Batch
	marks      []plaidapi.Mark
}

// kept is an Item with what is known of it.
type kept struct {
	item  plaidapi.Item
	token plaidapi.Secret
	saved plaidapi.Saved
}

// newMemVault makes one.
func newMemVault(o memOptions) *memVault {
	v := &memVault{
		access: o.Access, shut: o.Shut, passphrase: o.Passphrase, noKeyring: o.NoKeyring,
		keys: &plaidapi.Keys{ClientID: "test_id", Secret: plaidapi.NewSecret("test_secret")},
		open: map[string]plaidapi.Attempt{}, earlier: slices.Clone(o.Attempts),
	}
	if v.access.Place == "" {
		v.access.Place, v.access.Where = plaidapi.InKeyring, "test keyring"
	}
	if o.Keyless {
		v.keys = nil
	}
	return v
}

// Refuse makes every call that keeps or forgets a token or keys fail with err; nil ends that.
func (v *memVault) Refuse(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refuse = err
}

// Open reports what the person must do first.
func (v *memVault) Open(context.Context) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.shut
}

// Unlock opens the vault.
func (v *memVault) Unlock(_ context.Context, passphrase plaidapi.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	asks := v.access.Asks || errors.Is(v.shut, plaidapi.ErrPassphrase)
	if asks && !passphrase.Equal(plaidapi.NewSecret(v.passphrase)) {
		return plaidapi.ErrWrongPassphrase
	}
	if v.refuse != nil {
		return v.refuse
	}
	v.shut = nil
	return nil
}

// Lock shuts the vault until Unlock.
func (v *memVault) Lock() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.shut = plaidapi.ErrLocked
}

// Choose takes another place.
func (v *memVault) Choose(_ context.Context, place plaidapi.AccessPlace, passphrase plaidapi.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch place {
	case plaidapi.InKeyring:
		if v.noKeyring != nil {
			return v.noKeyring
		}
		v.access = plaidapi.Access{Place: place, Where: "test keyring"}
	case plaidapi.InFile:
		v.access = plaidapi.Access{Place: place, Where: "a sealed file", Asks: true}
		v.passphrase = passphrase.Reveal()
	default:
		v.access = plaidapi.Access{Place: plaidapi.InMemory, Where: "memory, for this run only", Notice: "Kept in memory, for this run only."}
	}
	v.shut = nil
	return nil
}

// Access tells where tokens are kept.
func (v *memVault) Access() plaidapi.Access {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.access
}

// Keys gives the API keys.
func (v *memVault) Keys(context.Context) (plaidapi.Keys, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case v.shut != nil:
		return plaidapi.Keys{}, v.shut
	case v.keys == nil:
		return plaidapi.Keys{}, plaidapi.ErrNoKeys
	}
	return *v.keys, nil
}

// SetKeys keeps API keys.
func (v *memVault) SetKeys(_ context.Context, keys plaidapi.Keys) error {
	return v.change(func() error {
		if v.keys = nil; keys.Whole() {
			v.keys = &keys
		}
		return nil
	})
}

// change does what keeps or forgets something, unless the vault is shut or refuses.
func (v *memVault) change(do func() error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case v.shut != nil:
		return v.shut
	case v.refuse != nil:
		return v.refuse
	}
	return do()
}

// read does what changes nothing, unless the vault is shut.
func (v *memVault) read(do func() error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.shut != nil {
		return v.shut
	}
	return do()
}

// Probe reports whether a token could be kept now.
func (v *memVault) Probe(context.Context) error { return v.change(func() error { return nil }) }

// Begin notes an attempt.
func (v *memVault) Begin(_ context.Context, a plaidapi.Attempt) (id string, err error) {
	err = v.read(func() error {
		v.begun++
		a.ID = strconv.Itoa(v.begun)
		id, v.open[a.ID] = a.ID, a
		return nil
	})
	return id, err
}

// Grant notes that the Item of an attempt is about to be asked for.
func (v *memVault) Grant(_ context.Context, attempt string, at plaidapi.Institution) error {
	return v.change(func() error {
		a := v.open[attempt]
		a.Granted, a.InstitutionID, a.Bank = true, at.ID, at.Name
		v.open[attempt] = a
		return nil
	})
}

// Hold keeps the token of an Item that is not finished.
func (v *memVault) Hold(_ context.Context, attempt string, pending plaidapi.Secret) error {
	return v.change(func() error {
		a := v.open[attempt]
		a.Pending = pending
		v.open[attempt] = a
		return nil
	})
}

// Keep stores an Item and its token, and ends the attempt.
func (v *memVault) Keep(_ context.Context, attempt string, item plaidapi.Item, token plaidapi.Secret) error {
	return v.change(func() error {
		delete(v.open, attempt)
		if k := v.find(item.ID); k != nil {
			k.item, k.token = item, token
			return nil
		}
		v.items = append(v.items, &kept{item: item, token: token})
		return nil
	})
}

// Settle ends an attempt that leaves nothing at the bank.
func (v *memVault) Settle(_ context.Context, attempt string) error {
	return v.change(func() error {
		delete(v.open, attempt)
		v.earlier = slices.DeleteFunc(v.earlier, func(a plaidapi.Attempt) bool { return a.ID == attempt })
		return nil
	})
}

// Attempts are those that are open: those of an earlier run, then those of this one.
func (v *memVault) Attempts(context.Context) (all []plaidapi.Attempt, err error) {
	err = v.read(func() error {
		all = slices.Clone(v.earlier)
		for n := range v.begun {
			if a, open := v.open[strconv.Itoa(n+1)]; open {
				all = append(all, a)
			}
		}
		return nil
	})
	return all, err
}

// Items are those that are linked.
func (v *memVault) Items(context.Context) (all []plaidapi.Item, err error) {
	err = v.read(func() error {
		for _, k := range v.items {
			all = append(all, k.item)
		}
		return nil
	})
	return all, err
}

// find gives what is known of an Item, or nil.
func (v *memVault) find(itemID string) *kept {
	for _, k := range v.items {
		if k.item.ID == itemID {
			return k
		}
	}
	return nil
}

// item does something with an Item that is linked.
func (v *memVault) item(itemID string, do func(*kept)) error {
	return v.read(func() error {
		k := v.find(itemID)
		if k == nil {
			return errNoItem
		}
		do(k)
		return nil
	})
}

// Token is that of an Item.
func (v *memVault) Token(_ context.Context, itemID string) (token plaidapi.Secret, err error) {
	err = v.item(itemID, func(k *kept) { token = k.token })
	return token, err
}

// Forget removes an Item with all that is known of it.
func (v *memVault) Forget(_ context.Context, itemID string) error {
	return v.change(func() error {
		v.items = slices.DeleteFunc(v.items, func(k *kept) bool { return k.item.ID == itemID })
		v.pages = slices.DeleteFunc(v.pages, func(p plaidapi.Page) bool { return p.ItemID == itemID })
		v.marks = slices.DeleteFunc(v.marks, func(m plaidapi.Mark) bool { return m.Subject.ItemID == itemID })
		v.newest = nil
		return nil
	})
}

// Saved is what is known of an Item besides its transactions.
func (v *memVault) Saved(_ context.Context, itemID string) (saved plaidapi.Saved, err error) {
	err = v.item(itemID, func(k *kept) {
		saved = k.saved
		saved.Accounts = slices.Clone(saved.Accounts)
	})
	return saved, err
}

// SetAccounts replaces the accounts of an Item.
func (v *memVault) SetAccounts(_ context.Context, itemID string, accounts []plaidapi.Account, at time.Time) error {
	return v.item(itemID, func(k *kept) { k.saved.Accounts, k.saved.Read = slices.Clone(accounts), at })
}

// Apply stores one page of a sync.
func (v *memVault) Apply(_ context.Context, p plaidapi.Page) error {
	return v.item(p.ItemID, func(k *kept) {
		v.pages, v.newest = append(v.pages, p), nil
		s := &k.saved
		s.Cursor, s.Partial, s.Began, s.Rows, s.Oldest = p.Cursor, p.Partial, p.Began, p.Rows, p.Oldest
		if !p.Partial {
			s.Synced = p.Began
		}
	})
}

// Replay hands over every page, in order.
func (v *memVault) Replay(_ context.Context, yield func(plaidapi.Page) error) error {
	var pages []plaidapi.Page
	if err := v.read(func() error { pages = slices.Clone(v.pages); return nil }); err != nil {
		return err
	}
	for _, p := range pages {
		if err := yield(p); err != nil {
			return err
		}
	}
	return nil
}

// Rewrite makes these pages all there is.
func (v *memVault) Rewrite(_ context.Context, pages func(yield func(plaidapi.Page) error) error) error {
	var all []plaidapi.Page
	if err := pages(func(p plaidapi.Page) error { all = append(all, p); return nil }); err != nil {
		return err
	}
	return v.read(func() error { v.pages = all; return nil })
}

// Front keeps the newest transactions.
func (v *memVault) Front(_ context.Context, newest *plaidapi.Batch) error {
	return v.read(func() error { v.newest = newest; return nil })
}

// Newest gives them back.
func (v *memVault) Newest(context.Context) (newest *plaidapi.Batch, err error) {
	err = v.read(func() error { newest = v.newest; return nil })
	return newest, err
}

// Mark keeps what the person wrote: the last of each subject and field, if it is not empty.
func (v *memVault) Mark(_ context.Context, marks ...plaidapi.Mark) error {
	return v.change(func() error {
		for _, m := range marks {
			v.marks = slices.DeleteFunc(v.marks, func(other plaidapi.Mark) bool {
				return other.Subject == m.Subject && other.Field == m.Field
			})
			if m.Value != "" {
				v.marks = append(v.marks, m)
			}
		}
		return nil
	})
}

// Marks are those that hold.
func (v *memVault) Marks(context.Context) (marks []plaidapi.Mark, err error) {
	err = v.read(func() error { marks = slices.Clone(v.marks); return nil })
	return marks, err
}
