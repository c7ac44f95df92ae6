package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"tartan/plaidapi"
)

// maxSecret is the most that every keyring takes in one entry: Windows has the least, 2,560 bytes.
const maxSecret = 2560

// entryVersion is the form of entries written here. Later forms are left alone.
const entryVersion = 1

// sealed is what stands in the keyring: a body, and a check that it is whole and belongs there.
type sealed struct {
	Version int             `json:"v"`
	Check   string          `json:"check"`
	Body    json.RawMessage `json:"body"`
}

// seal writes body as the secret of account.
func seal(account string, body any) (string, error) {
	inner, err := json.Marshal(body)
	if err != nil {
		return "", fmt.Errorf("encode entry: %w", err)
	}
	outer, err := json.Marshal(sealed{entryVersion, checkOf(account, inner), inner})
	if err != nil {
		return "", fmt.Errorf("encode entry: %w", err)
	}
	return string(outer), nil
}

// unseal reads the secret of account into body. What is cut off, altered, moved here from another
// account or written by something else is Damaged; a later version is Newer.
func unseal(account, secret string, body any) error {
	var s sealed
	switch err := json.Unmarshal([]byte(secret), &s); {
	case err != nil || s.Version < 1:
		return fault(Damaged)
	case s.Version > entryVersion:
		return fault(Newer)
	case s.Check != checkOf(account, s.Body):
		return fault(Damaged)
	}
	if json.Unmarshal(s.Body, body) != nil {
		return fault(Damaged)
	}
	return nil
}

// checkOf guards against accidents, not against attackers: who can write entries can read tokens.
func checkOf(account string, body []byte) string {
	sum := sha256.Sum256(append([]byte(account+"\n"), body...))
	return hex.EncodeToString(sum[:8])
}

// index lists the accounts of the entries that hold Items.
type index struct {
	Items []string `json:"items"`
}

// kind says what an entry holds. Entries of Items that were written before there were kinds have none.
type kind string

const (
	linkedKind  kind = "item"
	pendingKind kind = "pending"
)

// bare is a secret as it stands in JSON, which fmt does not show.
type bare string

// Format gives dots, whatever the verb.
func (bare) Format(f fmt.State, verb rune) { plaidapi.Secret{}.Format(f, verb) }

// entry is a token and the server that it belongs to, with the Item that it opens or, while that is
// not finished, with the attempt to link one.
type entry struct {
	Kind        kind               `json:"kind,omitempty"`
	Home        string             `json:"home"`
	Item        string             `json:"item,omitempty"`
	Wire        plaidapi.Wire      `json:"wire"`
	Institution institution        `json:"institution"`
	Products    []plaidapi.Product `json:"products,omitempty"`
	LinkedAt    time.Time          `json:"linked"` // of a pending entry: when the attempt began
	Mode        plaidapi.Mode      `json:"mode,omitempty"`
	Consent     time.Time          `json:"consent,omitzero"`
	Token       bare               `json:"token"`
}

// institution is the part of plaidapi.Institution that is kept.
type institution struct {
	ID     string           `json:"id"`
	Wire   plaidapi.Wire    `json:"wire"`
	Name   string           `json:"name"`
	Site   string           `json:"site,omitempty"`
	Fields []plaidapi.Field `json:"fields,omitempty"`
}

// sealItem writes an Item and its token as the secret of account. A sign-in form too long for one
// entry is left out: it can be had again from the bank's directory, a token cannot.
func sealItem(account, home string, item plaidapi.Item, token plaidapi.Secret) (string, error) {
	bank := item.Institution
	e := entry{
		Kind: linkedKind, Home: home, Item: item.ID, Wire: item.Wire,
		Institution: institution{bank.ID, bank.Wire, bank.Name, bank.Site, bank.Fields},
		Products:    item.Products, LinkedAt: item.LinkedAt, Consent: item.ConsentUntil, Token: bare(token.Reveal()),
	}
	secret, err := seal(account, e)
	if err == nil && len(secret) > maxSecret {
		e.Institution.Fields = nil
		secret, err = seal(account, e)
	}
	return secret, err
}

// sealPending writes the token of an unfinished Item as the secret of account.
func sealPending(account, home string, pending plaidapi.Secret, a plaidapi.Attempt) (string, error) {
	return seal(account, entry{
		Kind: pendingKind, Home: home, Wire: a.Wire, LinkedAt: a.At, Mode: a.Mode,
		Institution: institution{ID: a.InstitutionID, Wire: a.Wire, Name: a.Bank}, Token: bare(pending.Reveal()),
	})
}

// unsealEntry reads a token's entry. One of a kind that is not known here is Newer.
func unsealEntry(account, secret string) (entry, error) {
	var e entry
	err := unseal(account, secret, &e)
	if e.Kind == "" {
		e.Kind = linkedKind
	}
	if err == nil && e.Kind != linkedKind && e.Kind != pendingKind {
		err = fault(Newer)
	}
	return e, err
}

// secret is the token of the entry.
func (e entry) secret() plaidapi.Secret { return plaidapi.NewSecret(string(e.Token)) }

// attempt is what a pending entry tells of its attempt; the journal's name for it is not known here.
func (e entry) attempt() plaidapi.Attempt {
	return plaidapi.Attempt{
		Wire: e.Wire, InstitutionID: e.Institution.ID, Bank: e.Institution.Name, Mode: e.Mode,
		At: e.LinkedAt, Pending: e.secret(),
	}
}

// item is the Item of the entry.
func (e entry) item() plaidapi.Item {
	bank := e.Institution
	return plaidapi.Item{
		ID: e.Item, Wire: e.Wire, Products: e.Products, LinkedAt: e.LinkedAt, ConsentUntil: e.Consent,
		Institution: plaidapi.Institution{ID: bank.ID, Wire: bank.Wire, Name: bank.Name, Site: bank.Site, Fields: bank.Fields},
	}
}
