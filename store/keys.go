package store

import (
	"context"
	"crypto/rand"
	"errors"

	"tartan/plaidapi"
)

// masterSize is the length of the log's key in bytes.
const masterSize = 32

// keysBody and masterBody are what stands in the entries of the API keys and of the log's key.
type keysBody struct {
	ClientID string `json:"client"`
	Secret   bare   `json:"secret"`
}

type masterBody struct {
	Key []byte `json:"key"`
}

// master is the log's key, 32 bytes. Without one it is ErrNotFound or, with create set, a new one
// that was read back; what is read counts, should another tartan have written its own meanwhile.
// Call it with create set under the folder's lock only.
func (t *tokens) master(ctx context.Context, create bool) ([]byte, error) {
	var key []byte
	err := t.using(ctx, reading, func() (err error) {
		key, err = t.readMaster(ctx)
		return err
	})
	if !create || !errors.Is(err, ErrNotFound) {
		return key, err
	}
	err = t.writing(ctx, saving, func() (err error) {
		if key, err = t.readMaster(ctx); errors.Is(err, ErrNotFound) {
			key, err = t.makeMaster(ctx)
		}
		return err
	})
	return key, err
}

// readMaster takes the key as it was read with the index, or reads it.
func (t *tokens) readMaster(ctx context.Context) ([]byte, error) {
	r := t.key
	if t.key = nil; r == nil {
		secret, err := t.guard.get(ctx, logAccount)
		r = &reply{secret, err}
	}
	if r.err != nil {
		return nil, r.err
	}
	var body masterBody
	if err := unseal(logAccount, r.secret, &body); err != nil {
		return nil, err
	}
	if len(body.Key) != masterSize {
		return nil, fault(Damaged)
	}
	return body.Key, nil
}

// makeMaster writes a new key and gives the one that then stands there.
func (t *tokens) makeMaster(ctx context.Context) ([]byte, error) {
	fresh := masterBody{make([]byte, masterSize)}
	_, _ = rand.Read(fresh.Key) // never fails
	secret, err := seal(logAccount, fresh)
	if err != nil {
		return nil, err
	}
	if err := t.guard.put(ctx, logAccount, secret, false); err != nil {
		return nil, err
	}
	key, err := t.readMaster(ctx)
	if errors.Is(err, ErrNotFound) {
		err = fault(Lied)
	}
	return key, err
}

// keys are the API keys: those that tartan was started with, else those of the credentials, else
// those that were kept. Without any it fails with plaidapi.ErrNoKeys.
func (t *tokens) keys(ctx context.Context) (plaidapi.Keys, error) {
	if t.isLocked() {
		return plaidapi.Keys{}, plaidapi.ErrLocked
	}
	if t.options.Keys.Whole() {
		return t.options.Keys, nil
	}
	if k, err := t.options.Sources.keys(); err != nil || k.Whole() {
		return k, err
	}
	var body keysBody
	err := t.using(ctx, reading, func() error {
		secret, err := t.guard.get(ctx, keysAccount)
		if err != nil {
			return err
		}
		return unseal(keysAccount, secret, &body)
	})
	if errors.Is(err, ErrNotFound) {
		err = plaidapi.ErrNoKeys
	}
	if err != nil {
		return plaidapi.Keys{}, err
	}
	return plaidapi.Keys{ClientID: body.ClientID, Secret: plaidapi.NewSecret(string(body.Secret))}, nil
}

// setKeys keeps API keys, read back; empty ones remove those that are kept.
func (t *tokens) setKeys(ctx context.Context, k plaidapi.Keys) error {
	return t.writing(ctx, setting, func() error {
		if !k.Whole() {
			return t.guard.delete(ctx, keysAccount)
		}
		secret, err := seal(keysAccount, keysBody{k.ClientID, bare(k.Secret.Reveal())})
		if err != nil {
			return err
		}
		return t.guard.set(ctx, keysAccount, secret, false)
	})
}
