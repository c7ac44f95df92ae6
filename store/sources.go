package store

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"tartan/plaidapi"
)

// maxSource is how long a passphrase or a key from outside may be, in bytes.
const maxSource = 4096

// What a folder of credentials holds for tartan.
const (
	passphraseCredential = "tartan.passphrase"
	clientCredential     = "plaid.client_id"
	secretCredential     = "plaid.secret"
)

// Sources are where a passphrase and API keys come from when nobody is there to type them. They are
// only ever read, in this order; empty ones are passed over.
type Sources struct {
	PassphraseFile    string
	CredentialsDir    string   // systemd's CREDENTIALS_DIRECTORY; what is not in it is passed over
	PassphraseCommand []string // a program and its arguments; it prints the passphrase
}

// passphrase gives the passphrase of the first source there is, and what the person should know
// about that source. Without any source it is empty; a source that fails is an Error.
func (s Sources) passphrase(ctx context.Context) (pass plaidapi.Secret, notice string, err error) {
	if path := s.PassphraseFile; path != "" {
		pass, err := readSource(path)
		if errors.Is(err, fs.ErrNotExist) {
			err = noSource("The passphrase file "+strconv.Quote(path)+" is not there.", err)
		}
		return pass, exposed(path), err
	}
	if s.CredentialsDir != "" {
		path := filepath.Join(s.CredentialsDir, passphraseCredential)
		if pass, err := readSource(path); !errors.Is(err, fs.ErrNotExist) {
			return pass, exposed(path), err
		}
	}
	if len(s.PassphraseCommand) > 0 {
		pass, err := runSource(ctx, s.PassphraseCommand)
		return pass, "", err
	}
	return plaidapi.Secret{}, "", nil
}

// keys gives the API keys of the folder of credentials; none if it has neither half of them.
func (s Sources) keys() (plaidapi.Keys, error) {
	if s.CredentialsDir == "" {
		return plaidapi.Keys{}, nil
	}
	id, noID := readSource(filepath.Join(s.CredentialsDir, clientCredential))
	secret, noSecret := readSource(filepath.Join(s.CredentialsDir, secretCredential))
	missing := func(err error) bool { return errors.Is(err, fs.ErrNotExist) }
	switch {
	case missing(noID) && missing(noSecret):
		return plaidapi.Keys{}, nil
	case missing(noID) || missing(noSecret):
		return plaidapi.Keys{}, noSource("Of "+clientCredential+" and "+secretCredential+" in "+
			strconv.Quote(s.CredentialsDir)+" only one is there.", errors.Join(noID, noSecret))
	}
	return plaidapi.Keys{ClientID: id.Reveal(), Secret: secret}, errors.Join(noID, noSecret)
}

// readSource reads a short file without its last line end. One that is not there is fs.ErrNotExist.
func readSource(path string) (plaidapi.Secret, error) {
	name := strconv.Quote(path)
	info, err := os.Stat(path) // links are followed: that is how credentials are often laid out
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return plaidapi.Secret{}, err
	case err == nil && !info.Mode().IsRegular():
		return plaidapi.Secret{}, noSource(name+" is not an ordinary file.", nil)
	}
	var data []byte
	if err == nil {
		data, err = readShort(path)
	}
	if err != nil {
		return plaidapi.Secret{}, noSource("The file "+name+" cannot be read.", cause(err))
	}
	return fromSource("The file "+name, data)
}

// readShort reads a file as far as it takes to know that it is too long.
func readShort(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	return io.ReadAll(io.LimitReader(f, maxSource+1))
}

// fromSource takes the secret out of what a source gave: all of it but one line end.
func fromSource(source string, data []byte) (plaidapi.Secret, error) {
	text, line := strings.CutSuffix(string(data), "\n")
	if line {
		text = strings.TrimSuffix(text, "\r")
	}
	switch {
	case len(data) > maxSource:
		return plaidapi.Secret{}, noSource(source+" gives more than a passphrase or key can be.", nil)
	case text == "":
		return plaidapi.Secret{}, noSource(source+" gives nothing.", nil)
	}
	return plaidapi.NewSecret(text), nil
}

// exposed is what to say of a file that others on this computer can read.
func exposed(path string) string {
	info, err := os.Stat(path)
	if err != nil || !shared || info.Mode().Perm()&0o077 == 0 {
		return ""
	}
	return "Other users of this computer may read the passphrase in " + strconv.Quote(path) + ". Make it yours alone with chmod 600."
}

// noSource is an Error about a source, in its own words.
func noSource(about string, err error) error {
	return &Error{Fault: NoSource, Err: err, deed: reading, about: about}
}
