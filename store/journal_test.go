package store

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"tartan/plaidapi"
)

func attemptAt(hour int, bank string) plaidapi.Attempt {
	return plaidapi.Attempt{
		Wire: plaidapi.Legacy, InstitutionID: "wells", Bank: bank, Products: []plaidapi.Product{plaidapi.Connect},
		At: time.Date(2026, 11, 22, hour, 0, 0, 0, time.UTC),
	}
}

func mustBegin(t *testing.T, j *journal, a plaidapi.Attempt) string {
	t.Helper()
	id, err := j.begin(a)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func mustList(t *testing.T, j *journal) []plaidapi.Attempt {
	t.Helper()
	all, err := j.list()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Entries come back as they went in, oldest first, and the secret that an attempt gets later is
// not among them.
func TestJournalKeepsEntries(t *testing.T) {
	j := newJournal(disk{}, filepath.Join(t.TempDir(), "journal"))
	if len(mustList(t, j)) != 0 || j.remove("NOTHING") != nil {
		t.Fatal("an empty journal is not empty")
	}
	late := attemptAt(12, "First Gingham Credit Union")
	late.LinkToken, late.Pending = plaidapi.NewSecret("link-1"), plaidapi.NewSecret("canary")
	second, first := mustBegin(t, j, late), mustBegin(t, j, attemptAt(11, "Wells Fargo"))
	all := mustList(t, j)
	if len(all) != 2 || all[0].ID != first || all[1].ID != second {
		t.Fatalf("%+v", all)
	}
	got := all[1]
	if got.Bank != late.Bank || got.InstitutionID != "wells" || got.Wire != plaidapi.Legacy || !got.At.Equal(late.At) ||
		!slices.Equal(got.Products, late.Products) || got.LinkToken.Reveal() != "link-1" || !got.Pending.Empty() {
		t.Errorf("%+v", got)
	}
	data, err := os.ReadFile(j.path(second))
	if err != nil || strings.Contains(string(data), "canary") {
		t.Errorf("%s, %v", data, err)
	}
	if info, err := os.Stat(j.path(second)); err != nil || shared && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	for range 2 {
		if err := j.remove(first); err != nil {
			t.Fatal(err)
		}
	}
	if all := mustList(t, j); len(all) != 1 || all[0].ID != second {
		t.Errorf("after removing the first: %+v", all)
	}
	for _, id := range []string{"", "a/b", "../journal/" + second} {
		if j.remove(id) == nil {
			t.Errorf("removed %q", id)
		}
	}
}

// An entry notes the Item that was linked before, and keeps the rest; one that was written without is
// read as it was. What cannot be read is not written over.
func TestJournalNotesWhatWasLinkedBefore(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	if err := os.WriteFile(j.path("OLD"), []byte(`{"v":1,"wire":"legacy","bank":"Chase","at":"2026-11-22T09:00:00Z","link_token":"link-1"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if a := j.entry("OLD"); a.Bank != "Chase" || a.ItemID != "" {
		t.Errorf("%+v", a)
	}
	must(t, j.again("OLD", "one"))
	if a := j.entry("OLD"); a.Bank != "Chase" || a.ItemID != "one" || a.At.Hour() != 9 || a.LinkToken.Reveal() != "link-1" {
		t.Errorf("%+v", a)
	}
	must(t, j.again("GONE", "one"))
	must(t, os.WriteFile(j.path("NEWER"), []byte(`{"v":2,"bank":"Chase"}`), 0o600))
	var told *FileError
	if err := j.again("NEWER", "one"); !errors.As(err, &told) {
		t.Errorf("got %v", err)
	}
	if data, err := os.ReadFile(j.path("NEWER")); err != nil || string(data) != `{"v":2,"bank":"Chase"}` || len(mustList(t, j)) != 2 {
		t.Errorf("%s, %v, %+v", data, err, mustList(t, j))
	}
}

// What cannot be read is told by the time of its file, and stays.
func TestJournalTellsWhatItCannotRead(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, content := range map[string]string{
		"EMPTY": "", "CUT": `{"v":1,"wire":"leg`, "NEWER": `{"v":2,"bank":"Wells Fargo"}`, "OTHER": `[1]`,
		"NOBANK": `{"v":1}`, "HUGE": `{"v":1,"bank":"` + strings.Repeat("x", mostNote) + `"}`,
	} {
		if err := os.WriteFile(j.path(name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(j.path(name), noon, noon); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(j.path("CUT"), j.path("LINK")); err != nil {
		t.Fatal(err)
	}
	mustBegin(t, j, attemptAt(11, "Wells Fargo"))
	for range 2 {
		all := mustList(t, j)
		told := 0
		for _, a := range all {
			if a.Bank == "" && (a.ID == "LINK" || a.At.Equal(noon)) {
				told++
			}
		}
		if len(all) != 8 || told != 7 {
			t.Fatalf("%d told of %d: %+v", told, len(all), all)
		}
	}
	if err := j.remove("CUT"); err != nil || len(mustList(t, j)) != 7 {
		t.Errorf("dismissed: %v", err)
	}
}

// Every disk operation that begin and remove need fails once: begin leaves an entry only when it
// says so, and remove can be repeated.
func TestJournalWithFailingDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "journal")
	sound := newJournal(disk{}, dir)
	failing := func(n int) *journal {
		return newJournal(disk{hook: func(op, _ string) error {
			if n--; n != 0 {
				return nil
			}
			if op == "write" {
				return errShort{n: 3}
			}
			return syscall.EIO
		}}, dir)
	}
	var id string
	for n := 1; id == ""; n++ {
		var err error
		id, err = failing(n).begin(attemptAt(11, "Wells Fargo"))
		if left := mustList(t, sound); len(left) != 0 && err != nil || len(left) != 1 && err == nil {
			t.Fatalf("operation %d: %v, left %+v", n, err, left)
		}
		var told *FileError
		if err != nil && !errors.As(err, &told) {
			t.Errorf("operation %d: %v", n, err)
		}
		if err == nil && n < 7 {
			t.Errorf("begin took %d operations", n-1)
		}
	}
	for n := 1; ; n++ {
		err := failing(n).remove(id)
		left := mustList(t, sound)
		if err == nil {
			if len(left) != 0 || n < 3 {
				t.Errorf("operation %d: left %+v", n, left)
			}
			return
		}
		if len(left) == 0 {
			id = mustBegin(t, sound, attemptAt(11, "Wells Fargo"))
		}
	}
}

const journalChild = "TARTAN_TEST_JOURNAL"

// A process that is killed at any disk operation leaves a whole entry or none, and a whole one if
// begin had returned.
func TestJournalKilled(t *testing.T) {
	if place := os.Getenv(journalChild); place != "" {
		journalOfChild(place)
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; ; n++ {
		dir := filepath.Join(t.TempDir(), "journal")
		child := exec.CommandContext(t.Context(), self, "-test.run=^TestJournalKilled$")
		child.Env = append(os.Environ(), journalChild+"="+strconv.Itoa(n)+" "+dir)
		out, err := child.Output()
		said := strings.Fields(string(out))
		all := mustList(t, newJournal(disk{}, dir))
		whole := len(all) == 0 || len(all) == 1 && all[0].Bank == "Wells Fargo"
		begun, removed := slices.Contains(said, "begun"), slices.Contains(said, "removed")
		if !whole || begun && !slices.Contains(said, "removing") && len(all) != 1 || removed && len(all) != 0 {
			t.Fatalf("killed at operation %d: said %q, left %+v", n, said, all)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, "*"+torn)); len(left) != 0 {
			t.Errorf("killed at operation %d: left %q", n, left)
		}
		if err == nil {
			if n < 9 {
				t.Errorf("no more than %d operations", n-1)
			}
			return
		}
	}
}

// journalOfChild begins and removes an entry, and is killed at the n-th change of a file.
func journalOfChild(place string) {
	first, dir, _ := strings.Cut(place, " ")
	n, _ := strconv.Atoi(first)
	j := newJournal(disk{hook: func(op, _ string) error {
		if n--; n != 0 {
			return nil
		}
		kill := func() {
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		}
		if op == "write" {
			return errShort{n: 3, then: kill}
		}
		kill()
		return nil
	}}, dir)
	say := func(word string) { _, _ = os.Stdout.WriteString(word + "\n") }
	id, err := j.begin(attemptAt(11, "Wells Fargo"))
	if err != nil {
		os.Exit(3)
	}
	say("begun")
	say("removing")
	if j.remove(id) != nil {
		os.Exit(3)
	}
	say("removed")
}

// shelves is a place for tokens in memory, that notes what is done to it.
type shelves struct {
	on     map[string]held
	index  []string
	fail   error
	where  plaidapi.AccessPlace
	change []string
}

func (s *shelves) held(_ context.Context, account string) (held, error) {
	if h, ok := s.on[account]; ok {
		return h, s.fail
	}
	return held{}, errors.Join(ErrNotFound, s.fail)
}

func (s *shelves) adopt(_ context.Context, account string) error {
	s.change = append(s.change, "adopt "+account)
	s.index = append(s.index, account)
	return nil
}

func (s *shelves) release(_ context.Context, account string) error {
	s.change = append(s.change, "release "+account)
	delete(s.on, account)
	return s.fail
}

func (s *shelves) opens(_ context.Context, token plaidapi.Secret) (bool, error) {
	for _, account := range s.index {
		if s.on[account].token.Equal(token) {
			return true, s.fail
		}
	}
	return false, s.fail
}

func (s *shelves) listed(account string) bool  { return slices.Contains(s.index, account) }
func (s *shelves) place() plaidapi.AccessPlace { return s.where }

// At start, an entry whose Item is kept is settled; the others are open.
func TestJournalSettlesWhatIsKept(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	linked, cut := mustBegin(t, j, attemptAt(9, "linked")), mustBegin(t, j, attemptAt(10, "cut before the index"))
	asked, unsure := mustBegin(t, j, attemptAt(11, "asked a question")), mustBegin(t, j, attemptAt(12, "unsure"))
	if err := os.WriteFile(j.path("DAMAGED"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	pending := plaidapi.NewSecret("pending")
	s := &shelves{where: plaidapi.InKeyring, index: []string{linked}, on: map[string]held{
		linked: {linked: true}, cut: {linked: true}, asked: {token: pending},
		"DAMAGED": {token: pending, attempt: plaidapi.Attempt{Bank: "known from the keyring"}},
	}}
	open, err := j.unsettled(t.Context(), s)
	if err != nil || len(open) != 3 {
		t.Fatalf("%+v, %v", open, err)
	}
	if a := open[0]; a.ID != asked || a.Pending.Reveal() != "pending" {
		t.Errorf("%+v", a)
	}
	if a := open[1]; a.ID != unsure || !a.Pending.Empty() {
		t.Errorf("%+v", a)
	}
	if a := open[2]; a.ID != "DAMAGED" || a.Bank != "known from the keyring" || a.At.IsZero() || a.Pending.Empty() {
		t.Errorf("%+v", a)
	}
	if !slices.Equal(s.change, []string{"adopt " + cut}) || !slices.Contains(s.index, cut) {
		t.Errorf("%q", s.change)
	}
	if left := mustList(t, j); len(left) != 3 {
		t.Errorf("left %+v", left)
	}
	for _, id := range []string{asked, unsure, linked} {
		if err := j.settle(t.Context(), s, id); err != nil {
			t.Fatal(err)
		}
	}
	if left := mustList(t, j); len(left) != 1 || !s.on[linked].linked || len(s.on) != 3 {
		t.Errorf("left %+v, held %+v", left, s.on)
	}
}

// An attempt whose pending token is that of a linked Item is settled, also when that Item is only
// just being found: removing it at its bank would remove what is linked.
func TestJournalKnowsTheTokenOfALinkedItem(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	again, other := mustBegin(t, j, attemptAt(9, "again")), mustBegin(t, j, attemptAt(10, "another"))
	cut := mustBegin(t, j, attemptAt(11, "cut before the index"))
	s := &shelves{where: plaidapi.InKeyring, on: map[string]held{
		again: {token: token("same")}, other: {token: token("other")}, cut: {linked: true, token: token("same")},
	}}
	open, err := j.unsettled(t.Context(), s)
	if err != nil || len(open) != 1 || open[0].ID != other {
		t.Errorf("%+v, %v", open, err)
	}
	if want := []string{"adopt " + cut, "release " + again}; !slices.Equal(s.change, want) || len(mustList(t, j)) != 1 {
		t.Errorf("%q, left %+v", s.change, mustList(t, j))
	}
}

// An Item that is kept for this run only is not told in it, but by the next.
func TestJournalOfThisRunOnly(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	id := mustBegin(t, j, attemptAt(9, "Wells Fargo"))
	s := &shelves{where: plaidapi.InMemory, index: []string{id}, on: map[string]held{id: {linked: true}}}
	if open, err := j.unsettled(t.Context(), s); err != nil || len(open) != 0 {
		t.Errorf("%+v, %v", open, err)
	}
	next := &shelves{where: plaidapi.InMemory}
	if open, err := j.unsettled(t.Context(), next); err != nil || len(open) != 1 {
		t.Errorf("%+v, %v", open, err)
	}
}

// Where tokens cannot be read, nothing is settled and nothing is told that may not be so.
func TestJournalWithoutTheKeyring(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	id := mustBegin(t, j, attemptAt(9, "Wells Fargo"))
	s := &shelves{where: plaidapi.InKeyring, on: map[string]held{id: {linked: true}}, fail: errNo}
	if _, err := j.unsettled(t.Context(), s); !errors.Is(err, errNo) {
		t.Errorf("got %v", err)
	}
	if err := j.settle(t.Context(), s, id); !errors.Is(err, errNo) || len(mustList(t, j)) != 1 {
		t.Errorf("got %v", err)
	}
}
