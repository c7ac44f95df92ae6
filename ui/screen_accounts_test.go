package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
	"tartan/ui/ledger"
)

// homeScreen is the first screen over a practice bank without links.
func homeScreen(t testing.TB, width, height int) *accountsScreen {
	d := newDriver(t, width, height)
	s := newAccounts(d.app.(*app).stack.env).(*accountsScreen)
	s.SetSize(width, height)
	return s
}

// feed answers the reading of what is saved.
func (s *accountsScreen) feed(holdings []ledger.Holding, latest []plaidapi.Transaction, err error) {
	cmd := s.load.start(s.ctx, func(context.Context) (overview, error) { return overview{holdings: holdings, latest: latest}, err })
	s.Update(cmd())
}

// holding is a bank with accounts of these balances; an empty one stands for none.
func holding(t testing.TB, id string, balances ...string) ledger.Holding {
	h := ledger.Holding{Item: plaidapi.Item{ID: id, Institution: plaidapi.Institution{ID: id, Name: "Bank " + id}}, Fetched: true, Synced: noon}
	for i, digits := range balances {
		a := plaidapi.Account{ID: id + string(rune('a'+i)), Name: "Account " + string(rune('A'+i)), Type: plaidapi.Depository}
		if digits != "" {
			m := money(t, digits, "USD")
			a.Current = &m
		}
		h.Accounts = append(h.Accounts, a)
	}
	return h
}

func TestABankLinkedAgainIsReadAgain(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good")
	d.types("enter").until("Reading accounts").keys("b")
	d.sees("Plaid Savings").keys("d", "right", "enter").sees("No banks yet")
	d.keys("a", "wells", "enter", "plaid_test", "enter", "plaid_good")
	d.types("enter").until("Reading accounts").keys("b")
	d.sees("Plaid Savings").misses("not read yet", "fetching accounts")
}

// A key that is pressed before the first bank is on the list is meant for it.
func TestKeysWaitForTheFirstBank(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter").sees("is linked")
	d.types("enter", "2").settle()
	d.sees("ATM Withdrawal")
}

// What was left half-way goes on by itself; a bank that wants a new sign-in does not.
func TestWhatIsReadByItself(t *testing.T) {
	whole, partial, out, tried := holding(t, "a", "1"), holding(t, "b", "1"), holding(t, "c", "1"), holding(t, "d")
	partial.Partial = true
	out.Partial, out.Err = true, &plaidapi.Error{Problem: plaidapi.LoginRequired}
	tried.Fetched = false
	s := homeScreen(t, 80, 24)
	s.feed([]ledger.Holding{whole, partial, out, tried}, nil, nil)
	if !slices.Equal(s.queue, []string{"b", "d"}) {
		t.Errorf("asks %v", s.queue)
	}
	s.queue = nil
	s.feed([]ledger.Holding{whole, partial, out, tried}, nil, nil)
	if len(s.queue) > 0 {
		t.Errorf("asks %v again", s.queue)
	}
	s.feed(nil, nil, nil)
	s.feed([]ledger.Holding{tried}, nil, nil)
	if !slices.Equal(s.queue, []string{"d"}) {
		t.Errorf("asks %v after it was unlinked and linked", s.queue)
	}
}

func TestTheCursorStaysOnItsAccount(t *testing.T) {
	s := homeScreen(t, 80, 24)
	a, b := holding(t, "a"), holding(t, "b", "1", "2")
	s.feed([]ledger.Holding{a, b}, nil, nil)
	s.list.to(2)
	a = holding(t, "a", "7", "8", "9")
	s.feed([]ledger.Holding{a, b}, nil, nil)
	if at := s.at(); at != (plaidapi.AccountKey{Item: "b", Account: "bb"}) {
		t.Errorf("the cursor went to %v", at)
	}
	b = holding(t, "b", "1")
	s.feed([]ledger.Holding{a, b}, nil, nil)
	if at := s.at(); at.Item != "b" {
		t.Errorf("the cursor went to another bank: %v", at)
	}
}

func TestAnItemThatIsGoneIsUnlinked(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")
	clear := d.bank.Fault(sandbox.Fault{Path: "/balance", Code: 1105})
	defer clear()
	d.keys("r").sees("! not linked at the bank any more", "f unlink").misses("sign in again", "d unlink")
	d.keys("f").sees("Unlink Wells Fargo?")
	told := explain(&plaidapi.Error{Problem: plaidapi.ItemGone}, "Wells Fargo", noon)
	if !strings.Contains(told.title, "not linked at the bank any more") || slices.Contains(told.actions, signInAgain) {
		t.Errorf("the page says %q, %v", told.title, told.actions)
	}
}

// Net worth and where tokens are kept never leave home, however much else there is to show.
func TestNetWorthAndNoticeStay(t *testing.T) {
	for _, size := range append(sizes, struct{ width, height int }{40, 8}, struct{ width, height int }{200, 8}) {
		d := newDriverIn(t, 100, 30, setting{kept: memOptions{Access: plaidapi.Access{
			Place: plaidapi.InMemory, Where: "memory", Notice: "Access to banks is kept in memory, for this run only. No system keyring answers here.",
		}}})
		d.keys("wells", "enter", "plaid_test", "enter", "plaid_good", "enter", "a", "amex", "enter", "plaid_test", "enter", "plaid_good", "enter", "enter")
		d.resize(size.width, size.height).sees("Net worth", "15,015.80", "for this run only", "› Plaid Savings")
		if size.width == 40 {
			d.golden(fmt.Sprintf("accounts_in_memory_%dx%d", size.width, size.height))
		}
		d.keys("G").sees("Net worth", "for this run only", "› Plaid Credit Card")
	}
}

func TestTotalsSayWhatIsNotInThem(t *testing.T) {
	s := homeScreen(t, 100, 30)
	unread, unreadable := holding(t, "a"), holding(t, "b", "1", "2")
	unread.Fetched = false
	unreadable.Accounts[1].Current = &plaidapi.Money{}
	for _, c := range []struct {
		holdings []ledger.Holding
		want     string
	}{
		{[]ledger.Holding{holding(t, "a", "10", "20")}, ""},
		{[]ledger.Holding{holding(t, "a", "10", "", "")}, ", without 2 accounts"},
		{[]ledger.Holding{unreadable}, ", without 1 account"},
		{[]ledger.Holding{unread, holding(t, "b", "1", "")}, ", without 1 bank, 1 account"},
		{[]ledger.Holding{holding(t, "a", strings.Repeat("9", 19), strings.Repeat("9", 19))}, ", without 1 account"},
	} {
		s.feed(c.holdings, nil, nil)
		if got := s.worth.without(); got != c.want {
			t.Errorf("left out: %q, want %q", got, c.want)
		}
		for _, width := range []int{96, 58, 40} {
			s.SetSize(width, 20)
			first := stripped(s.View())
			if said := strings.Contains(first, strings.TrimPrefix(c.want, ", ")) || width == 40 && strings.Contains(first, "Net worth !"); !said {
				t.Errorf("at %d, %q is missing:\n%s", width, c.want, first)
			}
		}
	}
}

func TestSumsSayWhatIsNotInThem(t *testing.T) {
	s := &activityScreen{env: env{look: &look{}}, width: 96, rows: newRows(false)}
	s.rows.found = viewOf([]plaidapi.Transaction{{ID: "a", Amount: money(t, "5", "USD")}, {ID: "b"}, {ID: "c"}})
	if got := s.flows(96); !strings.HasSuffix(got, "without 2 amounts") {
		t.Errorf("the sums say %q", got)
	}
	if got := s.flows(12); got != "net +5.00 !" {
		t.Errorf("where there is little room the sums say %q", got)
	}
}

// A list that cannot be read again is still there, and says so.
func TestAFailedReloadIsSaid(t *testing.T) {
	for _, size := range sizes {
		s := homeScreen(t, size.width, size.height)
		s.SetSize(size.width, size.height-3)
		s.feed([]ledger.Holding{holding(t, "a", "10", "20")}, nil, nil)
		s.feed(nil, nil, errors.New("no space"))
		if view := stripped(s.View()); !strings.Contains(view, "ead again") || !strings.Contains(view, "Account A") {
			t.Errorf("at %dx%d:\n%s", size.width, size.height, view)
		}
		list := newActivity(s.env).(*activityScreen)
		list.SetSize(size.width, size.height-3)
		list.feed(numbered(0, 50), nil)
		list.feed(nil, errors.New("no space"))
		if view := stripped(list.View()); !strings.Contains(view, "! Not read again.") || strings.Count(view, "\n") != size.height-4 {
			t.Errorf("at %dx%d:\n%s", size.width, size.height, view)
		}
	}
}
