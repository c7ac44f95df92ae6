package ui

import (
	"slices"
	"strconv"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// total is one currency's share of home's first lines.
type total struct{ net, cash, owed plaidapi.Money }

// worth is what balances add up to, and how much is not in it.
type worth struct {
	totals   []total // one a currency, in the order they are met
	accounts int     // left out: no balance came, or none that can be read
	banks    int     // left out: nothing of them has been read yet
}

// addUp adds up balances, each currency apart. Cash is what stands in depository accounts; owed
// what stands against credit and loans. What cannot be added is counted instead.
func addUp(holdings []ledger.Holding) worth {
	var w worth
	for _, h := range holdings {
		if len(h.Accounts) == 0 && !h.Fetched {
			w.banks++
		}
		for _, a := range h.Accounts {
			if a.Current == nil || !w.add(a.Type, *a.Current) {
				w.accounts++
			}
		}
	}
	return w
}

// add puts a balance where it belongs, and reports whether it could. A sum that would not fit into
// an exact amount stays as it is.
func (w *worth) add(kind plaidapi.AccountType, m plaidapi.Money) bool {
	if !m.Known() {
		return false
	}
	i := slices.IndexFunc(w.totals, func(t total) bool { return t.net.Currency() == m.Currency() })
	if i < 0 {
		i = len(w.totals)
		zero := plaidapi.Zero(m.Currency())
		w.totals = append(w.totals, total{zero, zero, zero})
	}
	t := w.totals[i]
	part := &plaidapi.Money{}
	switch {
	case kind.Owes():
		part = &t.owed
	case kind == plaidapi.Depository:
		part = &t.cash
	}
	net, err := t.net.Add(m)
	sum, err2 := part.Add(m)
	if err != nil || err2 != nil {
		return false
	}
	t.net, *part = net, sum
	w.totals[i] = t
	return true
}

// without says what is not in the totals: ", without 1 bank, 2 accounts".
func (w *worth) without() string {
	text := ""
	if w.banks > 0 {
		text += ", " + count(w.banks, "bank")
	}
	if w.accounts > 0 {
		text += ", " + count(w.accounts, "account")
	}
	if text == "" {
		return ""
	}
	return ", without " + text[2:]
}

// totals are home's first lines: net worth, which never leaves, and cash and owed, which do.
func (s *accountsScreen) totals() (net, rest []string) {
	all := s.worth.totals
	if lines := s.table(); len(lines) > 0 {
		return lines, nil
	}
	shown := min(len(all), max(1, s.height/3))
	for i, t := range all[:shown] {
		figure := s.money(t.net)
		without, over := "", 0
		if i == 0 {
			without = s.worth.without() + s.stale()
		}
		if i == shown-1 {
			over = len(all) - shown
		}
		label := netLabel(s.width-width(figure)-1, without, over)
		net = append(net, ends(label, s.theme.strong.paint(figure), s.width))
		parts := fitting(s.width, "Cash "+s.money(t.cash)+"   Owed "+s.money(t.owed), "Cash "+s.money(t.cash))
		if s.width >= small && parts != "" {
			rest = append(rest, s.theme.faint.paint(parts))
		}
	}
	return net, rest
}

// netLabel names net worth in cells, with what is not in it and how many currencies are not shown:
// in words where there is room, else by a mark.
func netLabel(cells int, without string, over int) string {
	mark, more, sign := "", "", ""
	if without != "" {
		mark = " !"
	}
	if over > 0 {
		more, sign = ", "+plus(over), " +"+strconv.Itoa(over)
	}
	label := fitting(cells, "Net worth"+without+more, "Net worth"+mark+more, "Net worth"+mark+sign)
	if label == "" {
		return "Net" + mark + sign
	}
	return label
}

// plus counts currencies that there is no room for: "+2 currencies".
func plus(n int) string {
	if n == 1 {
		return "+1 currency"
	}
	return "+" + strconv.Itoa(n) + " currencies"
}

// table writes the totals in columns, a line a currency; nothing where there is no room for it.
func (s *accountsScreen) table() []string {
	all := s.worth.totals
	if s.width < medium || s.height <= minHeight+2 || len(all) == 0 || len(all)+1 > s.height/3 {
		return nil
	}
	caption := "Net worth" + s.worth.without() + s.stale()
	net, cash, owed := max(25, width(caption)+2), 25, 0
	for _, t := range all {
		net = max(net, width(s.money(t.net))+2)
		cash = max(cash, width(s.money(t.cash))+2)
		owed = max(owed, width(s.money(t.owed)))
	}
	if net+cash+owed > s.width {
		return nil
	}
	lines := []string{s.theme.faint.paint(left(caption, net) + left("Cash", cash) + "Owed")}
	for _, t := range all {
		lines = append(lines, s.theme.strong.paint(left(s.money(t.net), net))+left(s.money(t.cash), cash)+s.money(t.owed))
	}
	return lines
}

// money is a balance on home, with its currency where they differ.
func (s *accountsScreen) money(m plaidapi.Money) string { return s.balance(m) + code(m, s.mixed) }

// currencies are those that accounts are counted in, in the order they are met.
func currencies(accounts []plaidapi.Account) []plaidapi.Currency {
	var met []plaidapi.Currency
	for _, a := range accounts {
		if a.Current != nil && !slices.Contains(met, a.Current.Currency()) {
			met = append(met, a.Current.Currency())
		}
	}
	return met
}
