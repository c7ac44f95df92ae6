package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"tartan/ui/ledger"
)

// offer is something that can be run.
type offer struct {
	name string // in words
	of   string // what it belongs to; empty where that says nothing
	key  string // that does the same; empty where none does
	nav  nav
}

// known is what an offer goes by from one use to the next: its words may change meanwhile.
func (o offer) known() string {
	if o.key != "" {
		return o.key
	}
	return o.name
}

// lately is what was run from the palette in this run, the last one first.
type lately struct{ names []string }

// use puts a name first.
func (l *lately) use(name string) {
	l.names = slices.DeleteFunc(l.names, func(n string) bool { return n == name })
	l.names = slices.Insert(l.names, 0, name)
}

// rank is how long ago a name was used: 0 is the last one, and those that never were are equal.
func (l *lately) rank(name string) int {
	if i := slices.Index(l.names, name); i >= 0 {
		return i
	}
	return len(l.names)
}

// actions are what works on the screen below, but for moving its cursor and leaving it.
func (s *paletteScreen) actions() []offer {
	k := &s.keys
	dull := append(k.moves(), k.palette, k.stop, k.back, only(k.back), k.erase, k.choosing, k.walk)
	var all []offer
	for _, b := range append(slices.Clone(s.about.keys), k.everywhere(s.about)...) {
		if b.Enabled() && !listed(dull, b) {
			all = append(all, offer{capital(b.Help().Desc), "", b.Help().Key, nav{pop: 1, then: &b}})
		}
	}
	return all
}

// byName are banks and accounts by their names. An account opens over home, as it does from there.
func byName(holdings []ledger.Holding) []offer {
	var all []offer
	for _, h := range holdings {
		bank := h.Item.Institution.Name
		for _, a := range h.Accounts {
			name := strings.TrimSpace(a.Name + " " + mask(a.Mask))
			all = append(all, offer{name, bank, "", nav{pop: home.pop, push: newAccount(bank, a)}})
		}
	}
	for _, h := range holdings {
		all = append(all, offer{h.Item.Institution.Name, "", "", nav{pop: home.pop, push: newSettingsAt(ofBanks, h.Item.ID)}})
	}
	return all
}

// savedFilters are the searches that the person gave names.
func savedFilters(all []ledger.SavedFilter) []offer {
	offers := make([]offer, len(all))
	for i, f := range all {
		offers[i] = offer{"Saved filter: " + f.Name, f.Query, "", nav{pop: home.pop, push: newSearch(f.Query)}}
	}
	return offers
}

// preferences are the settings by name: each leads to its row.
func (s *paletteScreen) preferences() []offer {
	var all []offer
	for _, r := range (&settingsScreen{env: s.env}).rows() {
		all = append(all, offer{r.label, "in settings", "", nav{pop: home.pop, push: newSettingsAt(r.section, r.id)}})
	}
	return all
}

// elsewhere are actions that work on other pages: each leads to its page.
func (s *paletteScreen) elsewhere() []offer {
	k := &s.keys
	var all []offer
	for _, page := range []struct {
		name  string
		place key.Binding
		nav   nav
		does  []key.Binding
	}{
		{"in accounts", k.accounts, home, []key.Binding{k.refresh, k.refreshAll, k.link, k.fix, k.rename}},
		{"in activity", k.activity, nav{pop: home.pop, push: newActivity}, []key.Binding{
			k.filter, k.sort, k.reverse, k.prevMonth, k.nextMonth, k.month, k.pick, k.pickAll,
			k.category, k.note, k.tags, k.leaveOut, k.copy, k.copyAs,
		}},
		{"in one account", k.accounts, home, []key.Binding{k.chart}},
		{"in settings", k.settings, nav{pop: home.pop, push: newSettings}, []key.Binding{k.unlink, k.place}},
	} {
		for _, b := range page.does {
			all = append(all, offer{capital(b.Help().Desc), page.name, page.place.Help().Key, page.nav})
		}
	}
	return all
}
