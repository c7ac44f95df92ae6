package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// accountHead is what stands above the transactions of one account: what it is, how it stands, and
// its balance over time.
type accountHead struct {
	env
	key     plaidapi.AccountKey
	account plaidapi.Account
	bank    string
	load    task[statement]
	known   statement // of the last reading
	ready   bool      // something was read, or could not be
	chart   chartSpan
}

// chartSpan is how far back the chart of an account goes.
type chartSpan uint8

// The spans, in the order that a key goes through them.
const (
	ninetyDays chartSpan = iota
	oneYear
	noChart
)

// days is how many days a chart shows.
func (c chartSpan) days() int { return [...]int{90, yearDays, 0}[c] }

// newAccountHead is the head of an account as it is known before anything is read.
func newAccountHead(e env, bank string, a plaidapi.Account) accountHead {
	return accountHead{env: e, key: plaidapi.AccountKey{Item: a.ItemID, Account: a.ID}, account: a, bank: bank}
}

// read reads how the account stands now.
func (h *accountHead) read() tea.Cmd {
	l, key, today := h.ledger, h.key, plaidapi.DateOf(h.now())
	return h.load.start(h.ctx, balancesOf(l, key, today))
}

// take shows what was read, and reports whether msg was that. What could not be read stays as it was.
func (h *accountHead) take(msg tea.Msg) bool {
	r, is := msg.(reply[statement])
	if !is || !h.load.take(r) {
		return false
	}
	h.ready = true
	if r.err == nil && r.value.found {
		h.known, h.account, h.bank = r.value, r.value.Account, r.value.holding.Item.Institution.Name
	}
	return true
}

// awaited reports whether nothing has been read yet: what stands below would have to move.
func (h *accountHead) awaited() bool { return h.load.running() && !h.ready }

// turn goes on to the next span of the chart and says which it is.
func (h *accountHead) turn() string {
	h.chart = (h.chart + 1) % (noChart + 1)
	said := [...]string{"90 days.", "One year.", "No chart."}[h.chart]
	if h.chart != noChart && len(h.series()) == 0 {
		said = strings.TrimSuffix(said, ".") + ": the balance did not change."
	}
	return said
}

// series is what the chart draws; nothing where the balance is not known or did not change.
func (h *accountHead) series() []plaidapi.Money {
	all := h.known.days
	series := all[max(0, len(all)-h.chart.days()):]
	first := plaidapi.Money{}
	for _, m := range series {
		switch {
		case !first.Known():
			first = m
		case m.Cmp(first) != 0:
			return series
		}
	}
	return nil
}

// lines draws the head for a body of that size. Where there is room it ends with a blank line.
func (h *accountHead) lines(width, height int) []string {
	lines := []string{h.title(width)}
	if height <= minHeight+2 || width < small {
		return lines
	}
	lines = append(lines, h.detail(width))
	if chart := h.drawn(width, height); len(chart) > 0 {
		lines = append(append(lines, ""), chart...)
	}
	return append(lines, "")
}

// title is name, last digits and balance.
func (h *accountHead) title(room int) string {
	a, figure := h.account, "no balance"
	if a.Current != nil {
		figure = h.balance(*a.Current) + code(*a.Current, h.known.mixed || a.Current.Currency() != "USD")
	}
	digits := ""
	if a.Mask != "" {
		digits = "  " + mask(a.Mask)
	}
	name := cut(a.Name, max(0, room-width(figure)-width(digits)-2))
	if width(name) < min(width(a.Name), 8) {
		name, digits = a.Name, ""
	}
	return ends(h.theme.strong.paint(name)+h.theme.faint.paint(digits), h.theme.strong.paint(figure), room)
}

// detail is bank, kind and age at the left, as much as there is room for, and at the right what else
// is known of the balance.
func (h *accountHead) detail(room int) string {
	facts := h.facts()
	right := fitting(room*2/3, append([]string{strings.Join(facts, " · ")}, facts...)...)
	parts := []string{h.bank}
	if h.account.Subtype != "" {
		parts = append(parts, h.account.Subtype)
	}
	style, fresh := h.standing()
	space := room - width(right) - 2
	text := strings.Join(parts, " · ")
	switch both := text + " · " + fresh; {
	case fresh != "" && width(both) <= space:
		return ends(h.theme.faint.paint(text+" · ")+style.paint(fresh), h.theme.faint.paint(right), room)
	case fresh != "" && style != h.theme.faint && width(fresh) <= space: // what is wrong goes first
		return ends(style.paint(fresh), h.theme.faint.paint(right), room)
	}
	return h.theme.faint.paint(ends(text, right, room))
}

// standing is what is wrong with the account's bank, or how old its numbers are.
func (h *accountHead) standing() (style, string) {
	held, now := h.known.holding, h.now()
	aged := !held.Read.IsZero() && now.Sub(held.Read) >= old
	switch {
	case held.Err != nil && aged:
		return h.theme.warning, brief(held.Err) + " · data from " + since(held.Read, now)
	case held.Err != nil:
		return h.theme.warning, brief(held.Err)
	case aged:
		return h.theme.warning, "as of " + since(held.Read, now)
	case !held.Synced.IsZero():
		return h.theme.faint, "synced " + age(held.Synced, now)
	}
	return h.theme.faint, ""
}

// facts are what else is known of the balance, first things first.
func (h *accountHead) facts() []string {
	var all []string
	a := h.account
	if note := h.note(a); note != "" {
		all = append(all, note)
	}
	if a.Type == plaidapi.Credit && a.Limit != nil && a.Available != nil && a.Available.Known() {
		all = append(all, h.balance(*a.Available)+" available")
	}
	if h.known.interest.Sign() > 0 {
		all = append(all, h.balance(h.known.interest)+" interest this year")
	}
	if h.known.paid.Sign() > 0 {
		all = append(all, h.balance(h.known.paid)+" paid off this year")
	}
	return all
}

// charts reports whether a body of that size has room for a chart.
func (h *accountHead) charts(width, height int) bool { return width >= small && height >= 17 }

// drawn is the balance over time: with a scale and months where there is room, else in one line.
func (h *accountHead) drawn(room, height int) []string {
	series := h.series()
	lines := 0
	switch {
	case len(series) == 0, !h.charts(room, height):
		return nil
	case room >= wide && height >= 36:
		lines = 8
	case room >= wide && height >= 27:
		lines = 5
	case room >= medium && height >= 21:
		lines = 3
	case h.look.hidden:
		return []string{dots(room)}
	default:
		return []string{trend(series, room)}
	}
	return h.scaled(series, min(room, 116), lines)
}

// scaled is a chart of several lines, with its scale at the left and the months below.
func (h *accountHead) scaled(series []plaidapi.Money, room, lines int) []string {
	const scale = 4
	cells := min(room-scale-2, len(series))
	rows, labels := area(series, cells, lines)
	out := make([]string, 0, lines+1)
	for i := range rows {
		if h.look.hidden {
			rows[i], labels[i] = "", ""
			if i == lines/2 {
				rows[i] = dots(cells)
			}
		}
		if h.theme.ascii {
			rows[i] = asciiArea.Replace(rows[i])
		}
		label := blank(scale-width(labels[i])) + labels[i]
		out = append(out, strings.TrimRight(h.theme.faint.paint(label)+blank(scale+2-width(label))+rows[i], " "))
	}
	first := plaidapi.DateOf(h.known.until.Time().Add(-time.Duration(len(series)-1) * 24 * time.Hour))
	return append(out, blank(scale+2)+h.theme.faint.paint(calendar(first, len(series), cells)))
}
