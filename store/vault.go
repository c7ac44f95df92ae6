package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"filippo.io/age"

	"tartan/plaidapi"
)

// A passphrase file is two files that the age program opens as well. vaultKeyFile is an age
// identity under the passphrase; vaultFile is everything that is kept, sealed for that identity.
// That vaultFile is there is what decides that access is kept in it.
const (
	vaultFile    = "vault.age"
	vaultKeyFile = "vault.key.age"
	vaultMade    = "vault.age.made" // a vaultFile that is not one yet
)

const (
	vaultVersion = 1
	maxVault     = 8 << 20 // bytes of either file
	ageVersion   = "age-encryption.org/v"
	vaultWork    = 18 // scrypt's work factor: 2^18, about a second and 256 MiB
	maxWork      = 20 // the most that is put up with, for a passphrase changed with another program

	minPassphrase = 8 // characters
)

// vault is the Ring in a passphrase file. Nothing of it stays in memory but the identity: every
// call reads the file, so that what another tartan has written is never lost.
type vault struct {
	dir  string
	disk disk
	work int

	mu       sync.Mutex          // one call at a time
	identity *age.X25519Identity // nil while it is locked
}

// vaultBody is what vaultFile holds.
type vaultBody struct {
	Version int             `json:"v"`
	Entries map[string]bare `json:"entries"`          // account to secret
	Copies  []string        `json:"copies,omitempty"` // accounts that the keyring may still have copies of
}

func (v *vault) path(name string) string { return filepath.Join(v.dir, name) }

// Name says which file it is.
func (v *vault) Name() string { return "passphrase file " + v.path(vaultFile) }

// there reports whether access is kept in a passphrase file.
func (v *vault) there() (bool, error) {
	if v.dir == "" {
		return false, nil
	}
	_, err := os.Lstat(v.path(vaultFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, readError(v.path(vaultFile), err)
}

// unlock takes the identity out of vaultKeyFile: plaidapi.ErrWrongPassphrase, or what is wrong with
// the file.
func (v *vault) unlock(pass plaidapi.Secret) error {
	key, err := age.NewScryptIdentity(pass.Reveal())
	if err != nil {
		return plaidapi.ErrWrongPassphrase
	}
	key.SetMaxWorkFactor(maxWork)
	text, err := v.unsealFile(vaultKeyFile, key)
	var other *age.NoIdentityMatchError
	if errors.As(err, &other) && len(other.StanzaTypes) == 1 && other.StanzaTypes[0] == "scrypt" {
		return plaidapi.ErrWrongPassphrase
	}
	if err != nil {
		return vaultFault(err)
	}
	identity, err := age.ParseX25519Identity(strings.TrimSpace(string(text)))
	if err != nil {
		return fault(VaultDamaged) // the cause may quote it
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.identity = identity
	return nil
}

// forget drops the identity. Calls that come late then fail.
func (v *vault) forget() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.identity = nil
}

// lockUp writes vaultKeyFile anew, and makes sure that the passphrase opens it.
func (v *vault) lockUp(pass plaidapi.Secret) error {
	key, err := age.NewScryptRecipient(pass.Reveal())
	if err != nil {
		return fault(TooShort)
	}
	key.SetWorkFactor(v.work)
	sealed, err := sealFor(key, []byte(v.identity.String()+"\n"))
	if err != nil {
		return err
	}
	if err := v.disk.replace(v.path(vaultKeyFile), sealed, true); err != nil {
		return err
	}
	check := &vault{dir: v.dir, work: v.work}
	if err := check.unlock(pass); err != nil || check.identity.String() != v.identity.String() {
		return readError(v.path(vaultKeyFile), errOtherwise)
	}
	return nil
}

// errOtherwise is why a file that was just written is not used.
var errOtherwise = errors.New("it reads otherwise than it was written")

// same reports whether two bodies hold the same.
func (b vaultBody) same(other vaultBody) bool {
	return maps.Equal(b.Entries, other.Entries) && slices.Equal(b.Copies, other.Copies)
}

// body reads all that is kept.
func (v *vault) body() (vaultBody, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.bodyOf(vaultFile)
}

// accounts lists what there are entries of.
func (v *vault) accounts() ([]string, error) {
	b, err := v.body()
	return slices.Sorted(maps.Keys(b.Entries)), err
}

// bodyOf reads a file. It is called under mu, or while nobody else can have the vault.
func (v *vault) bodyOf(name string) (vaultBody, error) {
	if v.identity == nil {
		return vaultBody{}, fault(Locked)
	}
	text, err := v.unsealFile(name, v.identity)
	if err != nil {
		return vaultBody{}, vaultFault(err)
	}
	var form struct {
		Version int `json:"v"`
	}
	if json.Unmarshal(text, &form) == nil && form.Version > vaultVersion {
		return vaultBody{}, fault(VaultNewer)
	}
	var b vaultBody
	if json.Unmarshal(text, &b) != nil || b.Version < 1 || b.Entries == nil {
		return vaultBody{}, fault(VaultDamaged)
	}
	return b, nil
}

// write makes b the content of a file, durably.
func (v *vault) write(name string, b vaultBody) error {
	b.Version = vaultVersion
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	sealed, err := sealFor(v.identity.Recipient(), text)
	if err != nil {
		return err
	}
	return v.disk.replace(v.path(name), sealed, true)
}

// change reads, edits and writes all that is kept. It writes nothing when edit fails.
func (v *vault) change(edit func(b *vaultBody) error) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	b, err := v.bodyOf(vaultFile)
	if err != nil {
		return err
	}
	if err := edit(&b); err != nil {
		return err
	}
	return v.write(vaultFile, b)
}

// Set, Get and Delete make it a Ring. All entries are of one service.
func (v *vault) Set(_, account, secret string) error {
	return v.change(func(b *vaultBody) error {
		b.Entries[account] = bare(secret)
		return nil
	})
}

// Get reads the file as it is now.
func (v *vault) Get(_, account string) (string, error) {
	b, err := v.body()
	if err != nil {
		return "", err
	}
	secret, ok := b.Entries[account]
	if !ok {
		return "", ErrNotFound
	}
	return string(secret), nil
}

// Delete writes the file without the entry.
func (v *vault) Delete(_, account string) error {
	return v.change(func(b *vaultBody) error {
		if _, ok := b.Entries[account]; !ok {
			return ErrNotFound
		}
		delete(b.Entries, account)
		return nil
	})
}

// unsealFile reads one of the two files. Its errors are those of the disk and of age.
func (v *vault) unsealFile(name string, key age.Identity) ([]byte, error) {
	sealed, err := v.disk.read(v.path(name), maxVault)
	if err != nil {
		return nil, err
	}
	if rest, ok := bytes.CutPrefix(sealed, []byte(ageVersion)); ok && !bytes.HasPrefix(rest, []byte("1\n")) {
		return nil, VaultNewer
	}
	plain, err := age.Decrypt(bytes.NewReader(sealed), key)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}

// vaultFault sorts what unsealFile reports. The words of age are not kept: they quote the file.
func vaultFault(err error) error {
	var file *FileError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fault(VaultDamaged)
	case errors.As(err, &file):
		return err
	case errors.Is(err, VaultNewer):
		return fault(VaultNewer)
	}
	return fault(VaultDamaged)
}

// sealFor encrypts text as an age file.
func sealFor(to age.Recipient, text []byte) ([]byte, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}
