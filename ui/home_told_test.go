package ui

import (
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// cutOff are links that an earlier run left open.
func cutOff(banks ...string) []plaidapi.Attempt {
	var all []plaidapi.Attempt
	for i, bank := range banks {
		all = append(all, plaidapi.Attempt{ID: "old" + bank, Bank: bank, At: noon.Add(time.Duration(i) * time.Hour)})
	}
	return all
}

func TestLinksThatWereCutOffAreTold(t *testing.T) {
	o := setting{kept: memOptions{Attempts: cutOff("Citi", "Practice Houndstooth Investments")}}
	inEverySize(t, o, func(d *driver, golden func(string)) {
		d.sees("No banks yet", "2 links were under way when tartan ended. The first was with Citi on 22 Nov 12:00.", "x dismisses this")
		d.keys("a", "wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter").sees("Citi", "Plaid Savings")
		golden("accounts_cut_off")
		d.keys("x").misses("Citi").sees("Practice")
		golden("accounts_cut_off_long")
		d.keys("x").misses("Cut off", "under way", "x dismiss")
		if left, _ := d.vault.Attempts(d.t.Context()); len(left) > 0 {
			d.t.Errorf("%d are left", len(left))
		}
		d.keys("x").sees("Plaid Savings")
	})
}

// A page that is still open left nothing, and is told so.
func TestAPageThatIsStillOpenIsTold(t *testing.T) {
	open := plaidapi.Attempt{ID: "old", Bank: "a bank chosen on its page", At: noon, LinkToken: plaidapi.NewSecret("link")}
	inEverySize(t, setting{kept: memOptions{Attempts: []plaidapi.Attempt{open}}}, func(d *driver, golden func(string)) {
		d.sees("The page to sign in at a bank chosen on its page, from 22 Nov 12:00, may still be open. Nothing is linked yet", "x dismisses this.")
		golden("accounts_page_open")
		d.keys("x").misses("page to sign in")
	})
}

func TestReadOnly(t *testing.T) {
	o := setting{kept: memOptions{
		Access:   plaidapi.Access{Place: plaidapi.InKeyring, Where: "test keyring", ReadOnly: true, Notice: "Another tartan is open; this one shows what is saved and changes nothing. Close the other one first."},
		Attempts: cutOff("Citi"),
	}}
	inEverySize(t, o, func(d *driver, golden func(string)) {
		d.sees("Read only. Another tartan is open", "No banks yet.").misses("a link", "x dismiss")
		d.keys("enter", "a").sees("othing can be changed now.", "No banks yet.")
		d.keys("j").misses("othing can be changed now.")
		s := d.app.(*app).stack.top().(*accountsScreen)
		broken := holding(d.t, "b", "1203.35")
		broken.Err = &plaidapi.Error{Problem: plaidapi.BankDown}
		s.feed([]ledger.Holding{holding(d.t, "a", "10", "20"), broken}, nil, nil)
		d.keys("G")
		golden("accounts_read_only")
		for _, k := range []string{"a", "r", "d", "f", "x", "K"} {
			d.keys(k).sees("othing can be changed now.")
		}
		d.keys("?").sees("search", "lock").misses("unlink", "refresh", "link a bank", "where access")
		if len(s.queue) > 0 {
			d.t.Errorf("asks %v", s.queue)
		}
	})
}

// What was saved says how old it is: beside its bank once it is a day old, in the totals, and before
// the first reading of this run.
func TestAgesOfWhatIsSaved(t *testing.T) {
	offline := &plaidapi.Error{Problem: plaidapi.Offline}
	saved, aged, out := holding(t, "a", "5203.42", "22500"), holding(t, "b", "1203.35"), holding(t, "c", "-3014.67")
	saved.Fetched, saved.Read, saved.Err = false, noon.Add(-2*time.Hour), offline
	aged.Read = noon.AddDate(0, 0, -19)
	out.Read, out.Err = noon.AddDate(0, 0, -19), &plaidapi.Error{Problem: plaidapi.LoginRequired}
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("esc", "esc")
		s := d.app.(*app).stack.top().(*accountsScreen)
		s.asked = map[string]bool{"a": true, "b": true, "c": true}
		s.feed([]ledger.Holding{saved, aged, out}, nil, nil)
		d.send(press("j")[0])
		golden("accounts_ages")
		d.sees("offline", "partly from 3 Nov").misses("link a bank")
		if s.width >= medium {
			d.sees("offline · saved 2 h ago", "as of 3 Nov", "! sign in again · data from 3 Nov")
		}
		fresh := saved
		fresh.Err = nil
		s.feed([]ledger.Holding{fresh}, nil, nil)
		d.send(press("k")[0])
		d.misses("offline", "from")
		if s.height > minHeight+2 {
			d.sees("saved 2 h ago")
		}
	})
}

func TestTotalsThatAreAllOldSaySo(t *testing.T) {
	s := homeScreen(t, 100, 30)
	aged := holding(t, "a", "10")
	aged.Read = noon.AddDate(-1, 0, 0)
	s.feed([]ledger.Holding{aged}, nil, nil)
	if view := stripped(s.View()); !strings.Contains(view, "\nfrom 22 Nov 2025         from 22 Nov 2025") || strings.Contains(view, "partly") {
		t.Errorf("the totals do not say their age:\n%s", view)
	}
}

// An entry that cannot be read any more has neither a name nor a time.
func TestALostLinkWithoutAName(t *testing.T) {
	inEverySize(t, setting{kept: memOptions{Attempts: []plaidapi.Attempt{{ID: "odd"}}}}, func(d *driver, _ func(string)) {
		d.sees("a bank", "x dismisses").misses("Jan", "with  ").keys("x").misses("dismisses")
	})
}
