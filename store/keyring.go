package store

import (
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/zalando/go-keyring"
	secrets "github.com/zalando/go-keyring/secret_service"
)

// Ring is an OS keyring: small secrets by service and account. Calls may block for as long as they
// like, panic, or report what is not so: the store guards itself against all of that.
type Ring interface {
	// Name is what people call it: "macOS Keychain".
	Name() string
	Set(service, account, secret string) error
	// Get and Delete answer ErrNotFound when there is no such entry.
	Get(service, account string) (string, error)
	Delete(service, account string) error
}

// osRing is the keyring of the system tartan runs on.
type osRing struct{}

// Name is honest: which program stands behind a Secret Service is not known here.
func (osRing) Name() string {
	switch runtime.GOOS {
	case "darwin":
		return "macOS Keychain"
	case "windows":
		return "Windows Credential Manager"
	}
	return "system keyring (Secret Service)"
}

func (osRing) Set(service, account, secret string) error {
	return diagnose(keyring.Set(service, account, secret))
}

func (osRing) Get(service, account string) (string, error) {
	secret, err := keyring.Get(service, account)
	return secret, diagnose(err)
}

func (osRing) Delete(service, account string) error {
	return diagnose(keyring.Delete(service, account))
}

// Asking reports whether the keyring may have a dialog open: a Secret Service while it is locked, a
// Keychain at any time. It asks the keyring, and so may block.
func (osRing) Asking() bool {
	switch runtime.GOOS {
	case "darwin":
		return true
	case "windows":
		return false
	}
	service, err := secrets.NewSecretService()
	if err != nil {
		return false
	}
	locked, err := service.GetLoginCollection().GetProperty("org.freedesktop.Secret.Collection.Locked")
	return err == nil && locked.Value() == true
}

// diagnose turns go-keyring's answers into ours. Only two of them are typed; the rest are told
// apart by the words of Secret Services and of D-Bus, as seen with gnome-keyring.
func diagnose(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return TooLong
	}
	text := strings.ToLower(err.Error())
	for _, known := range []struct {
		words string
		fault Fault
	}{
		{"failed to unlock", Locked},
		{"is locked", Locked},
		{"locked collection", Locked},
		{"org.freedesktop.secrets was not provided", NoKeyring},
		{"org.freedesktop.secrets exited", NoKeyring},
		{"dial unix", NoKeyring}, // no session bus at its address
		{"dbus-launch", NoKeyring},
		{"address of session bus", NoKeyring},
		{"unsupported platform", NoKeyring},
	} {
		if strings.Contains(text, known.words) {
			return fmt.Errorf("%w: %w", known.fault, err)
		}
	}
	return err
}

// memoryRing keeps entries in this process: what is left where no keyring can be used.
type memoryRing map[string]string

func (memoryRing) Name() string { return "memory, for this run only" }

func (m memoryRing) Set(_, account, secret string) error {
	m[account] = secret
	return nil
}

func (m memoryRing) Get(_, account string) (string, error) {
	secret, ok := m[account]
	if !ok {
		return "", ErrNotFound
	}
	return secret, nil
}

func (m memoryRing) accounts() ([]string, error) { return slices.Sorted(maps.Keys(m)), nil }

func (m memoryRing) Delete(_, account string) error {
	delete(m, account)
	return nil
}
