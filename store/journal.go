package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"tartan/plaidapi"
)

// journal notes the links under way, one file each, before a bank is asked: whatever happens then,
// the next start knows which bank may hold an Item that no token is kept for. A file's name is
// random, and is the name of the keyring entry that the attempt's token gets as well. Nothing
// secret is in it, except a link token, which opens nothing by itself and lapses.
//
// Only the owner of the lock lists or changes entries. It is safe for concurrent use.
type journal struct {
	disk disk
	dir  string

	mu sync.Mutex
}

const (
	// noteVersion is the form of the files written here. Later forms are told, and left alone.
	noteVersion = 1
	// mostNote is the most bytes of a file that are read: more than any bank's name needs.
	mostNote = 16 << 10
	noteEnd  = ".json"
	torn     = ".new" // what disk.replace leaves of a file when it is killed
)

// note is an Attempt as it is written. Its name is the file's.
type note struct {
	Version     int                `json:"v"`
	Wire        plaidapi.Wire      `json:"wire"`
	Institution string             `json:"institution"`
	Bank        string             `json:"bank"`
	Products    []plaidapi.Product `json:"products,omitempty"`
	Mode        plaidapi.Mode      `json:"mode"`
	At          time.Time          `json:"at"`
	LinkToken   string             `json:"link_token,omitempty"`
	Granted     bool               `json:"granted,omitempty"`
	Item        string             `json:"item,omitempty"` // that was linked before
}

func newJournal(d disk, dir string) *journal { return &journal{disk: d, dir: dir} }

// begin writes an entry and gives its name. Once it returns, the entry survives a loss of power;
// when it fails, there is none.
func (j *journal) begin(a plaidapi.Attempt) (id string, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.disk.mkdir(j.dir); err != nil {
		return "", err
	}
	if err := j.disk.syncDir(filepath.Dir(j.dir)); err != nil {
		return "", err
	}
	id = rand.Text()
	if err := j.write(id, a); err != nil {
		_ = j.disk.remove(j.path(id)) // it may have its name already
		return "", err
	}
	return id, nil
}

// again notes in an entry that its bank gave another token of an Item that was linked before: that
// Item is not to be removed for this attempt. When it fails, the entry is as it was or notes it. An
// entry that is gone has nothing to note.
func (j *journal) again(id, itemID string) error {
	err := j.change(id, func(a *plaidapi.Attempt) { a.ItemID = itemID })
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// grant notes in an entry that its Item is about to be asked for, and at which bank.
func (j *journal) grant(id string, at plaidapi.Institution) error {
	return j.change(id, func(a *plaidapi.Attempt) {
		a.Granted, a.InstitutionID, a.Bank = true, at.ID, cmp.Or(at.Name, a.Bank)
	})
}

// change writes an entry anew. When it fails, the entry is as it was or as it is to be.
func (j *journal) change(id string, edit func(*plaidapi.Attempt)) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := os.Lstat(j.path(id)); err != nil {
		return readError(j.path(id), err)
	}
	a := j.read(id)
	if a.Bank == "" {
		return &FileError{Unreadable, j.path(id), errors.New("not an entry that can be changed")}
	}
	edit(&a)
	return j.write(id, a)
}

// write makes an attempt the content of an entry. mu is the caller's.
func (j *journal) write(id string, a plaidapi.Attempt) error {
	data, err := json.Marshal(note{
		noteVersion, a.Wire, a.InstitutionID, a.Bank, a.Products, a.Mode, a.At, a.LinkToken.Reveal(), a.Granted, a.ItemID,
	})
	if err != nil {
		return err
	}
	return j.disk.replace(j.path(id), data, true)
}

// remove takes an entry away, for good. One that is not there is fine.
func (j *journal) remove(id string) error {
	if id == "" || filepath.Base(id) != id {
		return errors.New("store: not the name of an attempt")
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := os.Lstat(j.dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := j.disk.remove(j.path(id)); err != nil {
		return err
	}
	return j.disk.syncDir(j.dir)
}

// list gives the entries, oldest first. Of one that cannot be read only its ID and the time of its
// file are known: its Bank is empty.
func (j *journal) list() ([]plaidapi.Attempt, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	files, err := os.ReadDir(j.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, readError(j.dir, err)
	}
	var all []plaidapi.Attempt
	for _, file := range files {
		id, whole := strings.CutSuffix(file.Name(), noteEnd)
		switch {
		case whole:
			all = append(all, j.read(id))
		case strings.HasSuffix(file.Name(), noteEnd+torn): // no bank was asked after it
			_ = j.disk.remove(filepath.Join(j.dir, file.Name()))
		}
	}
	slices.SortStableFunc(all, func(a, b plaidapi.Attempt) int { return a.At.Compare(b.At) })
	return all, nil
}

// read gives one entry, or as much as is known of one that cannot be read.
func (j *journal) read(id string) plaidapi.Attempt {
	var n note
	data, err := j.disk.read(j.path(id), mostNote)
	if err == nil {
		err = json.Unmarshal(data, &n)
	}
	if err != nil || n.Version != noteVersion || n.Bank == "" {
		a := plaidapi.Attempt{ID: id}
		if info, err := os.Lstat(j.path(id)); err == nil {
			a.At = info.ModTime()
		}
		return a
	}
	a := plaidapi.Attempt{
		ID: id, Wire: n.Wire, InstitutionID: n.Institution, Bank: n.Bank, Products: n.Products, Mode: n.Mode, At: n.At,
		Granted: n.Granted, ItemID: n.Item,
	}
	if n.LinkToken != "" {
		a.LinkToken = plaidapi.NewSecret(n.LinkToken)
	}
	return a
}

func (j *journal) path(id string) string { return filepath.Join(j.dir, id+noteEnd) }

// shelf is what the journal asks of the place that tokens are kept in.
type shelf interface {
	held(ctx context.Context, account string) (held, error) // ErrNotFound when there is nothing
	adopt(ctx context.Context, account string) error
	release(ctx context.Context, account string) error
	opens(ctx context.Context, token plaidapi.Secret) (bool, error)
	listed(account string) bool
	place() plaidapi.AccessPlace
}

// unsettled gives the entries that are still open after those were settled whose Item is kept. The
// token of an unfinished Item is set where it is held. An Item that is kept for this run only is
// linked, but its entry stays for the next start.
func (j *journal) unsettled(ctx context.Context, in shelf) ([]plaidapi.Attempt, error) {
	all, err := j.list()
	if err != nil {
		return nil, err
	}
	var open []plaidapi.Attempt
	for _, a := range all {
		h, err := in.held(ctx, a.ID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		if !h.linked {
			open = append(open, recalled(a, h))
			continue
		}
		if !in.listed(a.ID) {
			if err := in.adopt(ctx, a.ID); err != nil {
				return nil, err
			}
		}
		if in.place() != plaidapi.InMemory {
			if err := j.remove(a.ID); err != nil {
				return nil, err
			}
		}
	}
	return j.unlinked(ctx, in, open)
}

// unlinked gives those of some open entries whose token is not a linked Item's, and settles the
// others: who signs in again where a bank is linked may be given the token that is kept already, and
// it must not be removed for having been asked a question.
func (j *journal) unlinked(ctx context.Context, in shelf, open []plaidapi.Attempt) ([]plaidapi.Attempt, error) {
	var rest []plaidapi.Attempt
	for _, a := range open {
		linked := false
		if !a.Pending.Empty() {
			var err error
			if linked, err = in.opens(ctx, a.Pending); err != nil {
				return nil, err
			}
		}
		if !linked {
			rest = append(rest, a)
		} else if err := j.settle(ctx, in, a.ID); err != nil {
			return nil, err
		}
	}
	return rest, nil
}

// recalled adds to an entry what is held for it. What is held names its bank, too, should the
// entry have become unreadable.
func recalled(a plaidapi.Attempt, h held) plaidapi.Attempt {
	if a.Bank == "" && h.attempt.Bank != "" {
		id, at := a.ID, a.At
		a = h.attempt
		a.ID, a.At = id, at
	}
	a.Pending = h.token
	return a
}

// settle ends an attempt that left nothing at its bank: what is held for it goes first, so that a
// token without an entry never stays behind. An Item's token is never touched.
func (j *journal) settle(ctx context.Context, in shelf, id string) error {
	if !in.listed(id) {
		if err := in.release(ctx, id); err != nil {
			return err
		}
	}
	return j.remove(id)
}

// entry is one entry, as far as it can be read.
func (j *journal) entry(id string) plaidapi.Attempt {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.read(id)
}

// accounts are the names that the entries' tokens are kept under.
func (j *journal) accounts() ([]string, error) {
	all, err := j.list()
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.ID
	}
	return names, err
}
