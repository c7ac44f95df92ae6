package ui

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"tartan/plaidapi"
	"tartan/ui/ledger"
	"tartan/ui/query"
)

// samples are figures on screen that are no amount of any account.
func samples(e env) map[string]bool {
	return map[string]bool{"12.50": true, "40..60": true, "1,234.56": true, e.settings.version: true, "19.2": true, "5.0": true, "0.0": true, "8": true}
}

// everyScreen is one of each, with whatever a bank may have sent.
func everyScreen(e env, f *figures, holdings []ledger.Holding, rows []plaidapi.Transaction) map[string]screen {
	home := newAccounts(e).(*accountsScreen)
	home.SetSize(80, 24)
	home.feed(holdings, rows[:min(len(rows), latestRows)], nil)
	home.past = past{f.trends(holdings), viewOf(rows).Sums(), rapid.Bool().Draw(f.T, "read")}

	list := newActivity(e).(*activityScreen)
	list.filtering = rapid.Bool().Draw(f.T, "filtering")
	one := newAccount(f.name(), plaidapi.Account{ID: "a", ItemID: "a", Name: f.name()})(e).(*activityScreen)
	if accounts := holdings[0].Accounts; len(accounts) > 0 {
		one.head.account = accounts[0]
		one.head.known = statement{days: f.series(yearDays), until: plaidapi.NewDate(2026, 11, 22), interest: f.money("interest"), paid: f.money("paid")}
	}
	typed := rapid.OneOf(rapid.Just(""), rapid.Just("catt:x"), rapid.Map(rapid.IntRange(1, 80), func(n int) string { return strings.Repeat("x", n) }))
	for _, s := range []*activityScreen{list, one} {
		s.SetSize(80, 24)
		s.query.set(typed.Draw(f.T, "query"))
		s.feed(rows, nil)
	}
	list.rows.pick(func(p *query.Selection) { p.All(list.rows.found) })
	receipt := newTransaction(&list.rows, nil)(e).(*transactionScreen)
	receipt.also = also{count: 2, total: rows[0].Amount, last: rows[:1]}
	edit := newEdit(categoryField(), subjects(list.rows.found, 0, 1), nil)(e).(*editScreen)
	edit.all = []string{f.name(), f.name()}
	edit.fit()
	settings := newSettings(e).(*settingsScreen)
	settings.holdings, settings.loaded = holdings, true
	finds := newPalette(e, list.Chrome()).(*paletteScreen)
	finds.offers = append(finds.offers, byName(holdings)...)
	finds.narrow()

	first := holdings[0]
	failed := &plaidapi.Error{Problem: rapid.SampledFrom([]plaidapi.Problem{
		plaidapi.WrongDetails, plaidapi.Locked, plaidapi.BankDown, plaidapi.Unsupported, plaidapi.BadKeys, plaidapi.LoginRequired, plaidapi.ServerFault, plaidapi.ItemGone,
	}).Draw(f.T, "problem"), BankText: f.name()}
	broken := first
	broken.Err = failed
	request := plaidapi.LinkRequest{Institution: first.Item.Institution}
	all := map[string]screen{
		"home": home, "activity": list, "account": one, "transaction": receipt, "edit": edit, "settings": settings, "palette": finds,
		"edit tags":      newEdit(tagsField(), subjects(list.rows.found, 0, len(rows)), nil)(e),
		"copy":           newCopyAs(list.rows.record(list.rows.found, 0), nil)(e),
		"keys":           newHelp(e, list.Chrome()),
		"linked":         newLinked(first.Item, plaidapi.Add, first.Accounts, ledger.Progress{})(e),
		"linked already": newAnother(first.Item.Institution, holdings, &draft{})(e),
		"forget":         newForget(holdings, true)(e),
		"unlink":         newUnlink(first.Item, first.Accounts, len(rows))(e),
		"failed":         newFailed(failed, request)(e),
		"trouble":        newTrouble(broken)(e),
		"rename":         newRenameAccount(plaidapi.AccountKey{Item: "a", Account: "a"}, f.name())(e),
		"requests":       newRequests(e),
		"real":           newRealBanks(e),
		"welcome":        newWelcome(e),
		"move":           newMove(e),
		"banks":          newBanks(nil)(e),
		"sign in":        newLink(request, &draft{})(e),
	}
	if len(first.Accounts) > 0 {
		all["linked twice"] = newTwins(first.Item, []twin{{Holding: first, same: first.Accounts}})(e)
	}
	return all
}

// looked is how a person may have set tartan up.
func looked(t *rapid.T, e env) {
	e.restyle(func(l *Look) {
		*l = Look{
			Profile: rapid.SampledFrom([]termenv.Profile{termenv.TrueColor, termenv.ANSI, termenv.Ascii}).Draw(t, "colours"),
			Theme:   rapid.SampledFrom(Themes()).Draw(t, "theme"), Gains: rapid.SampledFrom(Gains()).Draw(t, "gains"),
			Dark: rapid.Bool().Draw(t, "dark"), ASCII: rapid.Bool().Draw(t, "ascii"),
		}
	})
	e.look.hidden = rapid.Bool().Draw(t, "hidden")
}

// Whatever the size, the look, the amounts, the currencies, the names and the keys, on every screen:
// no line is too long, the footer is there, nothing is shown that the terminal can not show, an amount
// is shown whole or not at all, and none is while amounts are hidden.
func TestEveryScreenHolds(t *testing.T) {
	d := newDriver(t, 80, 24)
	e := d.app.(*app).stack.env
	strokes := rapid.SampledFrom([]string{"down", "up", "left", "right", "tab", "pgdown", "G", "g", "x", "space", "v", "s", "y", "backspace", "ctrl+t", "/", "é世"})
	rapid.Check(t, func(t *rapid.T) {
		looked(t, e)
		f := &figures{t, []string{"USD", "EUR", "GBP", "CHF", "CREDITS"}[:rapid.IntRange(1, 5).Draw(t, "currencies")], samples(e)}
		holdings, rows := f.holdings(), f.transactions()
		screens := everyScreen(e, f, holdings, rows)
		known := f.known
		if e.look.hidden {
			known = samples(e)
		}
		frame := frame{theme: e.theme, keys: e.keys, place: "practice bank", short: "practice"}
		keys := rapid.SliceOfN(strokes, 0, 5).Draw(t, "keys")
		for _, size := range [][2]int{
			{rapid.IntRange(40, 130).Draw(t, "width"), rapid.IntRange(8, 40).Draw(t, "height")},
			{rapid.IntRange(1, 500).Draw(t, "any width"), rapid.IntRange(1, 200).Draw(t, "any height")},
		} {
			frame.width, frame.height = size[0], size[1]
			for _, name := range slices.Sorted(maps.Keys(screens)) {
				s := screens[name]
				s.SetSize(frame.body())
				for _, msg := range press(keys...) {
					s.Update(msg)
				}
				if s, is := s.(*activityScreen); is && s.rows.chosen != nil {
					f.knowSums(s.rows.chosen)
				}
				c, view := s.Chrome(), ""
				if !frame.tooSmall() {
					view = s.View()
				}
				drawn := frame.draw(c, view, 0, "")
				t.Logf("%s at %d", name, size)
				framed(t, drawn, frame.width, frame.height, c.bare)
				spoken(t, drawn, e.look.Look)
				shownWhole(t, drawn, known)
				if e.look.hidden {
					silent(t, drawn)
				}
			}
		}
	})
}

// Net worth is always on home, and an amount on its own page, wherever there is room for a screen.
func TestTheMainNumberIsThere(t *testing.T) {
	e := newDriver(t, 80, 24).app.(*app).stack.env
	rapid.Check(t, func(t *rapid.T) {
		frame := frame{width: rapid.IntRange(40, 200).Draw(t, "width"), height: rapid.IntRange(8, 60).Draw(t, "height")}
		f := &figures{t, []string{"USD", "EUR", "GBP", "CHF", "CREDITS"}[:rapid.IntRange(1, 5).Draw(t, "currencies")], map[string]bool{}}
		screens := everyScreen(e, f, f.holdings(), f.transactions())
		home, list, receipt := screens["home"].(*accountsScreen), screens["activity"].(*activityScreen), screens["transaction"]
		home.SetSize(frame.body())
		receipt.SetSize(frame.body())
		if totals := home.worth.totals; len(totals) > 0 && !strings.Contains(stripped(home.View()), balance(totals[0].net)) {
			t.Fatalf("net worth %s is not on\n%s", balance(totals[0].net), home.View())
		}
		if money := amount(list.rows.found.At(0).Amount); !strings.Contains(stripped(receipt.View()), money) {
			t.Fatalf("%s is not on its own page:\n%s", money, receipt.View())
		}
	})
}
