package store

import (
	"errors"
	"testing"

	"tartan/plaidapi"
)

// An entry notes that its Item is about to be asked for, and at which bank; without that no Item is.
func TestJournalNotesWhatIsAskedFor(t *testing.T) {
	j := newJournal(disk{}, t.TempDir())
	a := attemptAt(9, "a bank chosen on its page")
	a.LinkToken = plaidapi.NewSecret("link-1")
	id := mustBegin(t, j, a)
	if !j.entry(id).OnPage() {
		t.Errorf("%+v", j.entry(id))
	}
	must(t, j.grant(id, plaidapi.Institution{ID: "ins_1"}))
	must(t, j.grant(id, plaidapi.Institution{ID: "ins_1", Name: "Chase"}))
	if got := j.entry(id); !got.Granted || got.OnPage() || got.Bank != "Chase" || got.InstitutionID != "ins_1" || !got.LinkToken.Equal(a.LinkToken) {
		t.Errorf("%+v", got)
	}
	must(t, j.remove(id))
	var told *FileError
	if err := j.grant(id, plaidapi.Institution{ID: "ins_1"}); !errors.As(err, &told) || len(mustList(t, j)) != 0 {
		t.Errorf("one that is gone: %v", err)
	}
}
