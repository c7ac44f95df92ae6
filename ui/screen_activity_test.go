package ui

import (
	"strings"
	"testing"

	"tartan/plaidapi"
	"tartan/plaidapi/sandbox"
	"tartan/ui/query"
)

// onAccounts is a driver at home with a bank of many transactions.
func onAccounts(t testing.TB) *driver {
	d := newDriverIn(t, 80, 24, setting{bank: sandbox.Options{Transactions: 2000}})
	return d.keys("houndstooth", "enter", "ctrl+f", "enter", "enter")
}

// A letter is seen at once; the list follows when it has been searched.
func TestALetterIsSeenAtOnce(t *testing.T) {
	d := onAccounts(t)
	d.keys("2", "/").types("s").sees("/ s▏")
	all := d.app.(*app).stack.top().(*activityScreen).rows.found.Len()
	d.types("weep").sees("/ sweep▏", "of "+number(all)).settle()
	d.sees("1 of 63")
}

// What is typed while everything is read for the first time does not begin that anew, and is looked
// for as soon as there is something to look in.
func TestTypingWhileEverythingIsRead(t *testing.T) {
	d := onAccounts(t)
	d.types("/", "s", "w", "e", "e", "p").sees("/ sweep▏", "reading")
	s := d.app.(*app).stack.top().(*activityScreen)
	if s.load.ticket != 1 {
		t.Errorf("reading was begun %d times", s.load.ticket)
	}
	d.settle()
	d.sees("1 of 63")
}

// A query that grows is looked for in what it found before; any other in everything.
func TestAGrowingQueryNarrowsTheLastResult(t *testing.T) {
	d := onAccounts(t)
	l := d.app.(*app).stack.env.ledger
	words := func(text string) ask { return ask{filter: query.Filter{Query: query.Parse(text, 0)}, down: true} }
	first, err := read(t.Context(), l, words("sw"), book{}, rowKey{})
	if err != nil {
		t.Fatal(err)
	}
	none := first
	none.matched = query.New().View()
	for _, c := range []struct {
		text string
		last book
		want int
	}{
		{"swe", first, 63},
		{"swe", none, 0},
		{"s", none, 1942},
		{"swe", book{}, 63},
	} {
		b, err := read(t.Context(), l, words(c.text), c.last, rowKey{})
		if err != nil || b.found.Len() != c.want {
			t.Errorf("%s: %d rows, %v; want %d", c.text, b.found.Len(), err, c.want)
		}
	}
}

func TestAnAccountSaysHowOldItsBalanceIs(t *testing.T) {
	e := newDriver(t, 100, 30).app.(*app).stack.env
	balance := money(t, "10", "USD")
	s := newAccount("Bank", plaidapi.Account{ID: "a", ItemID: "a", Name: "Saver", Current: &balance})(e).(*activityScreen)
	s.SetSize(96, 27)
	s.head.known.holding.Read = noon.AddDate(0, 0, -19)
	if view := stripped(s.View()); !strings.Contains(view, "as of 3 Nov") {
		t.Errorf("it does not say so:\n%s", view)
	}
}

// What is read quickly is shown without a blank page before it.
func TestNothingFlickers(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("esc", "L").types("enter")
	for len(d.todo) > 0 {
		d.misses("opening").do(0)
		if text := d.text(); !strings.Contains(text, "Locked.") && !strings.Contains(text, "first run") {
			t.Fatalf("there is neither the old page nor the new one:\n%s", text)
		}
	}
	d.sees("Explore the practice bank")
}
