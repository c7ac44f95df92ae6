package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// transactionScreen is one transaction as a receipt. Moving walks the list it was opened from.
type transactionScreen struct {
	env
	rows          *rows
	from          []string // where the list it walks is
	width, height int
}

func newTransaction(r *rows, from []string) func(env) screen {
	return func(e env) screen { return &transactionScreen{env: e, rows: r, from: from} }
}

func (s *transactionScreen) Init() tea.Cmd { return nil }

func (s *transactionScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *transactionScreen) Chrome() chrome {
	return chrome{
		browse: true,
		crumbs: append(slices.Clone(s.from), s.current().Name),
		right:  number(s.rows.cursor+1) + " of " + number(s.rows.list.rows),
		keys:   []key.Binding{s.keys.next, s.keys.prev, only(s.keys.back), s.keys.help},
	}
}

// current is the transaction that is shown.
func (s *transactionScreen) current() *plaidapi.Transaction {
	if s.rows.cursor < s.rows.found.Len() {
		t := s.rows.found.At(s.rows.cursor)
		return &t
	}
	return &plaidapi.Transaction{}
}

func (s *transactionScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if msg, is := msg.(tea.KeyMsg); is && !msg.Paste {
		switch {
		case key.Matches(msg, s.keys.back, s.keys.submit):
			return back, nil
		case s.rows.move(s.keys, msg):
		}
	}
	return nav{}, nil
}

func (s *transactionScreen) View() string {
	t := s.current()
	indent := inset(s.width)
	room := min(s.width-indent, 90)
	labels := 16
	if s.width < small {
		labels = 10
	}
	var facts []string
	for _, f := range s.facts(t) {
		if f[1] == "" {
			continue
		}
		for i, part := range wrap(f[1], room-labels) {
			label := ""
			if i == 0 {
				label = f[0]
			}
			facts = append(facts, s.theme.faint.paint(left(label, labels))+part)
		}
	}
	money := s.rows.money(&s.env, t.Amount)
	title := ends(s.theme.strong.paint(cut(t.Name, room-width(money)-2)), s.theme.strong.paint(money), room)
	return sheet(s.height, indent,
		para{lines: []string{title}, gap: min(2, s.height/10)},
		para{lines: facts, gap: 1},
	)
}

// facts are the labelled lines of the receipt; empty ones are not shown.
func (s *transactionScreen) facts(t *plaidapi.Transaction) [][2]string {
	status := "posted"
	if t.Pending {
		status = "pending, the amount may still change"
	} else if t.PendingID != "" {
		status = "posted, was pending before"
	}
	said := t.BankText
	if said == t.Name {
		said = ""
	}
	a := s.rows.accounts[plaidapi.AccountKey{Item: t.ItemID, Account: t.AccountID}]
	date := ""
	if t.Date != 0 {
		date = t.Date.Time().Format("Mon 2 Jan 2006")
	}
	place := make([]string, 0, 4)
	for _, part := range []string{t.Place.Address, t.Place.City, t.Place.State, t.Place.Zip} {
		if part != "" {
			place = append(place, part)
		}
	}
	whole := ""
	if width(t.Name) > s.width/2 {
		whole = t.Name
	}
	return [][2]string{
		{"Name", whole},
		{"Date", date},
		{"Status", status},
		{"Account", strings.TrimSpace(a.Name + " " + mask(a.Mask))},
		{"Category", strings.Join(t.Category.Path, " › ")},
		{"Bank text", said},
		{"Place", strings.Join(place, ", ")},
		{"Paid", t.Channel},
	}
}
