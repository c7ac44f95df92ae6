package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// linkWells links Wells Fargo and waits until its accounts and transactions are there.
func linkWells(term *Terminal) {
	find(term, "wells", "Wells Fargo")
	signIn(term, login)
	term.Wait(`Wells Fargo is linked`)
	term.Keys("Enter")
	term.Wait(`Net worth`) // not the page of what was linked: it shows accounts too
	term.Keys("2")
	term.Wait(`net \+720\.94`) // the list itself: the latest rows are on the first screen too
	term.Wait(`ATM Withdrawal`)
}

func leave(t *testing.T, term *Terminal) {
	t.Helper()
	term.Keys("C-c")
	if code := term.Exited(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// With the server gone, a second start shows what the first one saved, and says how it stands.
func TestSavedDataWithoutTheServer(t *testing.T) {
	url, stop := serve(t)
	desk := NewDesk(t, Unlocked)
	term := desk.Start(t, ends[0], legacyAt(url)...)
	linkWells(term)
	leave(t, term)
	stop()

	term = desk.Start(t, ends[0], legacyAt(url)...)
	term.Wait(`Plaid Savings`)
	term.Wait(`-2,275\.58`)
	term.Wait(`(?i)offline`)
	term.Keys("2")
	term.Wait(`net \+720\.94`)
	leave(t, term)
}

// Nothing that a bank said, and nothing secret, stands in a file in the clear; and every file is
// for its owner alone.
func TestFilesAreSealed(t *testing.T) {
	url, _ := serve(t)
	desk := NewDesk(t, Unlocked)
	term := desk.Start(t, ends[0], legacyAt(url)...)
	linkWells(term)
	leave(t, term)
	data := filepath.Join(desk.Home, ".local", "share", "tartan")
	files := 0
	err := filepath.WalkDir(desk.Home, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if strings.HasPrefix(path, data) && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		if !info.Mode().IsRegular() {
			return nil
		}
		files++
		text, err := os.ReadFile(path)
		for _, clear := range []string{"Wells", "Plaid Savings", "ATM Withdrawal", "plaid_test", "plaid_good", "test_"} {
			if strings.Contains(string(text), clear) {
				t.Errorf("%s holds %q", path, clear)
			}
		}
		return err
	})
	if _, missing := os.Stat(data); err != nil || missing != nil || files == 0 {
		t.Errorf("%d files; %v, %v", files, err, missing)
	}
}

// A second tartan shows what is saved and changes nothing; once the first has gone, the next one
// writes again.
func TestTwoAtOnce(t *testing.T) {
	desk := NewDesk(t, Unlocked)
	first := desk.Start(t, ends[0])
	linkWells(first)

	second := desk.Start(t, ends[0])
	second.Wait(`Plaid Savings`)
	second.Wait(`Another\s+tartan\s+is\s+open`)
	leave(t, second)
	leave(t, first)

	third := desk.Start(t, ends[0])
	third.Wait(`Plaid Savings`)
	if screen := third.Wait(`synced`); strings.Contains(screen, "Another") {
		t.Errorf("alone, it says:\n%s", screen)
	}
	leave(t, third)
}

// What is linked in one profile is not there in another: neither on the screen, nor in the keyring,
// nor on disk.
func TestProfilesAreKeptApart(t *testing.T) {
	desk := NewDesk(t, Unlocked)
	term := desk.Start(t, ends[0])
	linkWells(term)
	leave(t, term)
	linked := desk.entries(t, "tartan-sandbox")

	term = desk.Run(t, ends[0], nil, Binary(t), "--profile", "work")
	if screen := term.Wait(`practice bank, work`); strings.Contains(screen, "Plaid Savings") {
		t.Errorf("the profile work begins with:\n%s", screen)
	}
	find(term, "amex", "American Express")
	signIn(term, login)
	term.Wait(`American Express is linked`)
	leave(t, term)
	if main, work := desk.entries(t, "tartan-sandbox"), desk.entries(t, "tartan-sandbox@work"); main != linked || work != linked {
		t.Errorf("%d entries in the keyring for main and %d for work, want %d each", main, work, linked)
	}
	for _, profile := range []string{"main", "work"} {
		if _, err := os.Stat(filepath.Join(desk.Home, ".local", "share", "tartan", "practice", profile, "log")); err != nil {
			t.Error(err)
		}
	}

	term = desk.Start(t, ends[0], "TARTAN_PROFILE=main")
	if screen := term.Wait(`Plaid Savings`); strings.Contains(screen, "American Express") {
		t.Errorf("the profile main has:\n%s", screen)
	}
	leave(t, term)
}
