package ui

import (
	"slices"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// crowded reports whether there is room for hardly more than accounts.
func (s *accountsScreen) crowded() bool { return s.height <= minHeight+2 }

// room is how wide home is drawn. Beyond 120 columns only names get wider.
func (s *accountsScreen) room() int {
	const widest = 116
	longest := 0
	for _, h := range s.holdings {
		for _, a := range h.Accounts {
			longest = max(longest, width(a.Name))
		}
	}
	return min(s.width, widest+max(0, longest-named))
}

// banks draws every bank with its accounts, and tells which row of the list each line shows.
func (s *accountsScreen) banks() para {
	p := para{gap: 1}
	if s.crowded() {
		p.gap = 0
	}
	c, n := s.columns(), 0
	for i, h := range s.holdings {
		if !s.crowded() {
			if i > 0 {
				p.lines, p.rows = append(p.lines, ""), append(p.rows, -1)
			}
			p.lines, p.rows = append(p.lines, s.heading(h)), append(p.rows, -1)
		}
		for ; n < len(s.rows) && s.rows[n].holding == i; n++ {
			p.lines, p.rows = append(p.lines, s.line(h, s.rows[n], n == s.list.cursor, c)), append(p.rows, n)
		}
	}
	return p
}

// window is as many lines of the banks as fit, around the one that the cursor is on. Its first line
// names the bank that the next ones belong to.
func (s *accountsScreen) window(p para, height int) para {
	if height = max(height, 1); len(p.lines) <= height {
		return p
	}
	from := max(0, min(slices.Index(p.rows, s.list.cursor)-height/2, len(p.lines)-height))
	for skip := range 2 { // the end of one bank is not worth a heading
		if from+skip < len(p.lines) && p.lines[from+skip] == "" {
			from += skip + 1
			break
		}
	}
	to := min(len(p.lines), from+height)
	p.lines, p.rows = p.lines[from:to], p.rows[from:to]
	if first := p.rows[0]; !s.crowded() && first >= 0 && first != s.list.cursor {
		p.lines[0], p.rows[0] = s.heading(s.holdings[s.rows[first].holding]), -1
	}
	return p
}

// heading is a bank's name and how it is doing.
func (s *accountsScreen) heading(h ledger.Holding) string {
	name, room := h.Item.Institution.Name, s.room()
	const least = 12
	style, texts := s.standing(h)
	fix := after("  ", s.fixes(h))
	room -= width(fix)
	text := fitting(room-width(name)-2, texts...)
	if text == "" && len(texts) > 0 {
		text = fitting(room-least-2, texts[len(texts)-1], "!")
	}
	return ends(s.theme.strong.paint(name), style.paint(text), room) + s.theme.strong.paint(fix)
}

// standing is how a bank is doing: what is being fetched, what is wrong, or how fresh it is; at
// length, and for where there is less room.
func (s *accountsScreen) standing(h ledger.Holding) (style, []string) {
	id, faint := h.Item.ID, s.theme.faint
	if _, waits := s.due[id]; waits || len(s.queue) > 0 && s.queue[0] == id {
		if p := s.progress[id]; p.Rows > 0 {
			return faint, []string{"fetching, " + count(p.Rows, "transaction") + " so far", "fetching"}
		}
		return faint, []string{"fetching"}
	}
	aged := s.aged(h)
	switch {
	case h.Err != nil && aged != "":
		return s.theme.warning, []string{brief(h.Err) + " · data from " + aged, brief(h.Err) + " · " + aged, brief(h.Err), "!"}
	case h.Err != nil:
		return s.theme.warning, []string{brief(h.Err), "!"}
	case aged != "":
		return faint, []string{"as of " + aged, aged}
	case !h.Fetched && !h.Read.IsZero():
		return faint, []string{"saved " + age(h.Read, s.now())}
	case h.Synced.IsZero():
		return faint, nil
	case s.width < medium:
		return faint, []string{age(h.Synced, s.now())}
	}
	return faint, []string{"synced " + age(h.Synced, s.now())}
}

// line draws one account, or the bank that has none yet.
func (s *accountsScreen) line(h ledger.Holding, row homeRow, current bool, c accountColumns) string {
	text := "not read yet"
	switch {
	case row.account >= 0:
		quiet := s.theme.faint
		if current { // all of the line is strong
			quiet = style{}
		}
		text = s.account(h, h.Accounts[row.account], c, quiet)
	case slices.Contains(s.queue, h.Item.ID):
		text = "fetching accounts"
	case h.Err != nil:
		text = "no accounts could be read"
	case h.Fetched:
		text = "no accounts"
	}
	if row.account < 0 {
		if s.crowded() {
			text = h.Item.Institution.Name + ", " + text
		}
		text = cut(text, s.width-2)
	}
	switch {
	case current:
		return s.theme.accent.paint("› ") + s.theme.selected.paint(text)
	case h.Err != nil && s.crowded():
		return s.theme.warning.paint("! ") + text
	}
	return "  " + text
}

// account is name, last digits, twelve weeks of its balance, what there is to say, and the balance.
// What describes the others is quiet.
func (s *accountsScreen) account(h ledger.Holding, a plaidapi.Account, c accountColumns, quiet style) string {
	head := left(a.Name, c.name)
	if c.note == 0 && h.Out[a.ID] {
		head = ends(a.Name, quiet.paint("out"), c.name)
	}
	if c.digits > 0 {
		head += " " + quiet.paint(left(mask(a.Mask), c.digits))
	}
	if c.trend > 0 {
		head += "   " + s.drawnTrend(s.past.trends[plaidapi.AccountKey{Item: h.Item.ID, Account: a.ID}], c.trend)
	}
	figure := right(s.figure(a), c.figure)
	if c.note > 0 {
		figure = quiet.paint(s.remarkOn(h, a)) + "   " + figure
	}
	return ends(head, figure, s.room()-2)
}

// drawnTrend is a balance over the last weeks; dots while amounts are hidden.
func (s *accountsScreen) drawnTrend(series []plaidapi.Money, cells int) string {
	if s.look.hidden && len(series) > 0 {
		return dots(cells)
	}
	return trend(series, cells)
}

// remarkOn is what there is to say of an account's balance: before all that it is in no total.
func (s *accountsScreen) remarkOn(h ledger.Holding, a plaidapi.Account) string {
	switch {
	case h.Out[a.ID] && s.width >= medium:
		return "left out of totals"
	case h.Out[a.ID]:
		return "left out"
	case s.width < medium:
		return ""
	}
	return s.note(a)
}

// figure is an account's balance.
func (s *accountsScreen) figure(a plaidapi.Account) string {
	if a.Current == nil {
		return "no balance"
	}
	return s.money(*a.Current)
}

// accountColumns are how wide the parts of an account's line are; one of no width is not drawn.
type accountColumns struct{ name, digits, trend, note, figure int }

// columns shares out the room: names shorten first, then what there is to say leaves, the trend, and
// the digits. The balance never does.
func (s *accountsScreen) columns() accountColumns {
	var c accountColumns
	for _, h := range s.holdings {
		for _, a := range h.Accounts {
			c.name, c.digits = max(c.name, width(a.Name)), max(c.digits, width(mask(a.Mask)))
			c.note, c.figure = max(c.note, width(s.remarkOn(h, a))), max(c.figure, width(s.figure(a)))
		}
	}
	longest := c.name
	switch {
	case s.width >= wide:
		c.trend, c.figure = weeks, max(c.figure, 11)
	case s.width >= medium:
		c.figure = max(c.figure, 11)
	case s.width < small:
		c.note, c.digits = 0, 0
	}
	rest := func() int {
		return s.room() - 2 - c.figure - 1 - spaced(c.digits, 1) - spaced(c.trend, 3) - spaced(c.note, 5)
	}
	for _, column := range []*int{&c.note, &c.trend, &c.digits} {
		if rest() < min(longest, 16) {
			*column = 0
		}
	}
	c.name = max(0, min(max(longest+1, named-1), rest()))
	return c
}

// spaced is a column with the gap beside it, where there is one.
func spaced(cells, gap int) int {
	if cells == 0 {
		return 0
	}
	return cells + gap
}
