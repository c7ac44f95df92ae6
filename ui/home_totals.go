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
// what stands against credit and loans. What the person left out of totals is in none; what cannot be
// added is counted instead.
func addUp(holdings []ledger.Holding) worth {
	var w worth
	for _, h := range holdings {
		if len(h.Accounts) == 0 && !h.Fetched {
			w.banks++
		}
		for _, a := range h.Accounts {
			if h.Out[a.ID] {
				continue
			}
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

// totals are home's first lines: net worth, which never leaves, and the other totals, which do.
func (s *accountsScreen) totals() (net, rest []string) {
	all := s.worth.totals
	if lines := s.table(); len(lines) > 0 {
		return lines, nil
	}
	shown, room := min(len(all), max(1, s.height/3)), s.room()
	for i, t := range all[:shown] {
		figure := s.money(t.net)
		without, over := "", 0
		if i == 0 {
			without = s.worth.without() + after(", ", s.stale(anyAccount))
		}
		if i == shown-1 {
			over = len(all) - shown
		}
		label := netLabel(room-width(figure)-1, without, over)
		net = append(net, ends(label, s.theme.strong.paint(figure), room))
		if parts := s.parts(t); parts != "" {
			rest = append(rest, parts)
		}
	}
	return net, rest
}

// parts is one line with the other totals of a currency, as many as there is room for.
func (s *accountsScreen) parts(t total) string {
	if s.width < small {
		return ""
	}
	cash := "Cash " + s.money(t.cash)
	both, month := cash+"   Owed "+s.money(t.owed), ""
	if net := s.monthNet(t.net.Currency()); net != "" {
		month = s.now().Format("Jan ") + net
	}
	room := s.room()
	switch {
	case width(both)+3+width(month) <= room:
		return s.theme.faint.paint(ends(both, month, room))
	case width(both) <= room:
		return s.theme.faint.paint(both)
	}
	return s.theme.faint.paint(fitting(room, cash))
}

// monthNet is what came in and went out this month in a currency, together; nothing before that is
// known.
func (s *accountsScreen) monthNet(c plaidapi.Currency) string {
	if !s.past.read {
		return ""
	}
	net := plaidapi.Zero(c)
	for _, sum := range s.past.month {
		if sum.Net.Currency() == c {
			net = sum.Net
		}
	}
	return s.amount(net) + code(net, s.mixed)
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

// after puts something before a text, if there is one.
func after(before, text string) string {
	if text == "" {
		return ""
	}
	return before + text
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
