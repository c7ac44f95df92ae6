package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

func (s *activityScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	switch {
	case s.aside != nil:
		return s.asideKey(msg)
	case s.filtering:
		return s.filterKey(msg)
	case msg.Paste:
		return nav{}, nil
	}
	if n, cmd, done := s.listKey(msg); done {
		return n, cmd
	}
	return s.writeKey(msg)
}

// listKey answers the keys that move through the list, and those that change what is in it.
func (s *activityScreen) listKey(msg tea.KeyMsg) (n nav, cmd tea.Cmd, done bool) {
	k := s.keys
	switch {
	case s.rows.move(k, msg):
	case key.Matches(msg, k.open):
		n = s.open()
	case key.Matches(msg, k.filter):
		s.filterOn()
	case key.Matches(msg, k.sort):
		n, cmd = s.sort(s.nextColumn(), false)
	case key.Matches(msg, k.reverse):
		n, cmd = s.sort(s.by, true)
	case key.Matches(msg, k.pick):
		s.toggle()
	case key.Matches(msg, k.pickAll):
		s.rows.pick(func(p *query.Selection) { p.All(s.rows.found) })
	case key.Matches(msg, k.prevMonth):
		cmd = s.step(earlier)
	case key.Matches(msg, k.nextMonth):
		cmd = s.step(later)
	case key.Matches(msg, k.month):
		s.askMonth()
	case key.Matches(msg, k.chart) && s.charts():
		n = said(s.head.turn())
		s.SetSize(s.width, s.height)
	case key.Matches(msg, k.back):
		n, cmd = s.peel()
	default:
		return nav{}, nil, false
	}
	return n, cmd, true
}

// open shows the transaction under the cursor.
func (s *activityScreen) open() nav {
	if s.rows.cursor >= s.rows.found.Len() {
		return nav{}
	}
	return open(newTransaction(&s.rows, s.place()))
}

// peel takes one layer off: what is picked, then the filter, then the list.
func (s *activityScreen) peel() (nav, tea.Cmd) {
	switch {
	case s.rows.chosen != nil:
		s.rows.pick((*query.Selection).Clear)
		s.SetSize(s.width, s.height)
		return nav{}, nil
	case s.query.value() != "":
		return nav{}, s.clear()
	}
	return back, nil
}

// toggle picks the transaction under the cursor, or no longer, and goes on to the next.
func (s *activityScreen) toggle() {
	if s.rows.cursor >= s.rows.found.Len() {
		return
	}
	s.rows.pick(func(p *query.Selection) { p.Toggle(s.rows.found, s.rows.cursor) })
	s.SetSize(s.width, s.height)
	s.rows.to(s.rows.cursor + 1)
}

// nextColumn is the column to the right of the one that sorts.
func (s *activityScreen) nextColumn() query.Column {
	next := (s.by + 1) % (query.ByAmount + 1)
	if next == query.ByAccount && s.alone() {
		next++
	}
	return next
}

// sort puts the list into the order of a column, the usual way round or the other. What stands at its
// top is what was asked for.
func (s *activityScreen) sort(by query.Column, other bool) (nav, tea.Cmd) {
	up := by != query.ByDate // names from A, and spending above income
	if other {
		up = !s.up
	}
	s.by, s.up = by, up
	s.rows.to(0)
	cmd := s.readTop()
	if s.width >= wide && s.height >= tall {
		return nav{}, cmd // the arrow says so
	}
	return said("By " + s.order() + "."), cmd
}

// order is how the list is sorted, in words.
func (s *activityScreen) order() string {
	names := map[query.Column][2]string{
		query.ByDate:     {"date, newest first", "date, oldest first"},
		query.ByName:     {"name, Z to A", "name, A to Z"},
		query.ByCategory: {"category, Z to A", "category, A to Z"},
		query.ByAccount:  {"account, Z to A", "account, A to Z"},
		query.ByAmount:   {"amount, money in first", "amount, money out first"},
	}
	if s.up {
		return names[s.by][1]
	}
	return names[s.by][0]
}

// step goes to the month before or behind. In an account, where all of them are, the cursor does.
func (s *activityScreen) step(to func([]query.Month, plaidapi.Span) plaidapi.Span) tea.Cmd {
	now := s.rows.days
	if s.period.chosen {
		now = s.period.days
	}
	if !s.alone() {
		return s.choose(to(s.rows.months, now))
	}
	if !s.rows.usual() || s.rows.cursor >= s.rows.found.Len() {
		return nil
	}
	next := to(s.rows.months, monthOf(s.rows.found.At(s.rows.cursor).Date))
	for _, m := range s.rows.months {
		if monthOf(m.First) == next {
			s.rows.to(m.From)
		}
	}
	return nil
}

// choose shows some days.
func (s *activityScreen) choose(days plaidapi.Span) tea.Cmd {
	s.period = period{chosen: true, days: days}
	s.rows.to(0)
	return s.readTop()
}

// mouse answers clicks and the wheel.
func (s *activityScreen) mouse(msg tea.MouseMsg) (nav, tea.Cmd) {
	head := len(s.above())
	if s.rows.wheel(msg) {
		return nav{}, nil
	}
	if on, again := s.rows.click(msg, msg.Y-head); on {
		if again && !s.filtering && s.aside == nil {
			return s.open(), nil
		}
		return nav{}, nil
	}
	if msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress || msg.Y >= head || s.aside != nil {
		return nav{}, nil
	}
	typed := s.filtering || s.query.value() != ""
	chipsAt, titlesAt := 0, -1
	if typed {
		chipsAt = 1
	}
	if s.height >= tall && s.width >= wide {
		titlesAt = head - 1
	}
	switch {
	case msg.Y == titlesAt:
		return s.clickTitle(msg.X)
	case s.alone() || s.tight():
	case typed && msg.Y == 0:
		s.filterOn()
	case msg.Y == chipsAt:
		return nav{}, s.clickChip(msg.X)
	}
	return nav{}, nil
}

// clickTitle sorts by the column with its name at x, or the other way where it does already.
func (s *activityScreen) clickTitle(x int) (nav, tea.Cmd) {
	for _, t := range s.rows.titles(s.rows.columns(s.width)) {
		if x >= t.from && x < t.to {
			return s.sort(t.by, t.by == s.by)
		}
	}
	return nav{}, nil
}

// clickChip shows the period at x.
func (s *activityScreen) clickChip(x int) tea.Cmd {
	for _, c := range s.chips(s.width - width(s.tally()) - 2) {
		if x >= c.from && x < c.to {
			return s.choose(c.days)
		}
	}
	return nil
}
