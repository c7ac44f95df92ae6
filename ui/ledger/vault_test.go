package ledger_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// vault is what linking needs of a ledger.Vault, in the files of a folder: ring/ is a keyring, and
// journal/ and index are what they say. Every change of a file is one point at which a test may
// have it fail, or the process killed.
type vault struct {
	ledger.Vault // what linking does not need
	dir          string
	place        plaidapi.AccessPlace
	point        func(op string) error // asked before and after each change; may be nil

	mu sync.Mutex
}

func openVault(dir string, point func(op string) error) *vault {
	return &vault{dir: dir, place: plaidapi.InKeyring, point: point}
}

// kept is an entry of the ring: an unfinished Item's token, or an Item with its own.
type kept struct {
	Item    *plaidapi.Item
	Token   string
	Pending bool
}

// noted is an entry of the journal.
type noted struct {
	Bank, Institution string
	Wire              plaidapi.Wire
	Products          []plaidapi.Product
	At                time.Time
}

func (v *vault) ask(op string) error {
	if v.point == nil {
		return nil
	}
	return v.point(op)
}

func (v *vault) write(op, name string, content any) error {
	if err := v.ask(op); err != nil {
		return err
	}
	data, err := json.Marshal(content)
	if err != nil {
		return err
	}
	path := filepath.Join(v.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(path+".new", data, 0o600); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return v.ask(op + ", done")
}

func (v *vault) remove(op, name string) error {
	if err := v.ask(op); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(v.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return v.ask(op + ", done")
}

// read gives false for what is not there.
func (v *vault) read(name string, into any) bool {
	data, err := os.ReadFile(filepath.Join(v.dir, name))
	return err == nil && json.Unmarshal(data, into) == nil
}

func (v *vault) index() (accounts []string) {
	v.read("index", &accounts)
	return accounts
}

func (v *vault) Access() plaidapi.Access { return plaidapi.Access{Place: v.place} }

func (v *vault) Probe(context.Context) error { return v.ask("probe") }

func (v *vault) Begin(_ context.Context, a plaidapi.Attempt) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for n := 1; ; n++ {
		id := "A" + strconv.Itoa(n)
		if _, err := os.Stat(filepath.Join(v.dir, "journal", id)); err == nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(v.dir, "ring", id)); err == nil {
			continue
		}
		return id, v.write("begin", "journal/"+id, noted{a.Bank, a.InstitutionID, a.Wire, a.Products, a.At})
	}
}

func (v *vault) Hold(_ context.Context, attempt string, pending plaidapi.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.write("hold", "ring/"+attempt, kept{Token: pending.Reveal(), Pending: true})
}

func (v *vault) Keep(_ context.Context, attempt string, item plaidapi.Item, token plaidapi.Secret) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	old, _ := v.account(item.ID)
	account := attempt
	if account == "" {
		account = old
	}
	if err := v.write("keep", "ring/"+account, kept{Item: &item, Token: token.Reveal()}); err != nil {
		return err
	}
	if account != old {
		others := slices.DeleteFunc(v.index(), func(a string) bool { return a == old })
		if err := v.write("list", "index", append(others, account)); err != nil {
			return err
		}
		if old != "" {
			if err := v.remove("replace", "ring/"+old); err != nil {
				return err
			}
		}
	}
	if attempt == "" || v.place == plaidapi.InMemory {
		return nil
	}
	return v.remove("close", "journal/"+attempt)
}

func (v *vault) Settle(_ context.Context, attempt string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !slices.Contains(v.index(), attempt) {
		if err := v.remove("release", "ring/"+attempt); err != nil {
			return err
		}
	}
	return v.remove("settle", "journal/"+attempt)
}

func (v *vault) Attempts(context.Context) ([]plaidapi.Attempt, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if err := v.ask("attempts"); err != nil {
		return nil, err
	}
	files, err := os.ReadDir(filepath.Join(v.dir, "journal"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var open []plaidapi.Attempt
	for _, file := range files {
		id := file.Name()
		var n noted
		if !v.read("journal/"+id, &n) {
			continue // torn: no bank was asked after it
		}
		a := plaidapi.Attempt{ID: id, Wire: n.Wire, InstitutionID: n.Institution, Bank: n.Bank, Products: n.Products, At: n.At}
		var k kept
		switch {
		case !v.read("ring/"+id, &k):
		case k.Pending:
			a.Pending = plaidapi.NewSecret(k.Token)
		default:
			if accounts := v.index(); !slices.Contains(accounts, id) {
				if err := v.write("adopt", "index", append(accounts, id)); err != nil {
					return nil, err
				}
			}
			if v.place != plaidapi.InMemory {
				if err := v.remove("close", "journal/"+id); err != nil {
					return nil, err
				}
			}
			continue
		}
		open = append(open, a)
	}
	return open, nil
}

func (v *vault) Items(context.Context) ([]plaidapi.Item, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var all []plaidapi.Item
	for _, account := range v.index() {
		var k kept
		if v.read("ring/"+account, &k) && k.Item != nil {
			all = append(all, *k.Item)
		}
	}
	return all, nil
}

func (v *vault) account(itemID string) (string, kept) {
	for _, account := range v.index() {
		var k kept
		if v.read("ring/"+account, &k) && k.Item != nil && k.Item.ID == itemID {
			return account, k
		}
	}
	return "", kept{}
}

func (v *vault) Token(_ context.Context, itemID string) (plaidapi.Secret, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	account, k := v.account(itemID)
	if account == "" {
		return plaidapi.Secret{}, ledger.ErrNoItem
	}
	return plaidapi.NewSecret(k.Token), nil
}

func (v *vault) Forget(_ context.Context, itemID string) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	account, _ := v.account(itemID)
	if account == "" {
		return nil
	}
	rest := slices.DeleteFunc(v.index(), func(a string) bool { return a == account })
	if err := v.write("unlist", "index", rest); err != nil {
		return err
	}
	if err := v.remove("forget", "ring/"+account); err != nil {
		return err
	}
	return v.remove("close", "journal/"+account)
}

// tokens are those of linked Items.
func (v *vault) tokens() (all []string) {
	for _, account := range v.index() {
		var k kept
		if v.read("ring/"+account, &k) && !k.Pending {
			all = append(all, k.Token)
		}
	}
	return all
}
