package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// confirmCells is how wide a question gets at most, without its frame.
const confirmCells = 60

// The answers stand this far from the frame and from each other.
const (
	answerIndent = 4
	answerGap    = 8
)

func (s *confirmScreen) View() string { return s.lay().view(s.height) }

// lay puts the question on the screen: answers last, where a click finds them.
func (s *confirmScreen) lay() floating {
	cells := max(min(s.width-frameCells, confirmCells), 0)
	room := cells - 2
	var word []string
	if s.asks.word != "" {
		word = []string{"Type " + s.asks.word + " to go on   " + s.theme.accent.paint("│ ") + s.typed.view(12, true, false)}
	}
	faults, answers := s.faults(room), s.answers()
	left := s.height - frameLines - len(word) - len(answers)
	if len(faults) > left {
		faults = faults[:max(left, 0)]
	}
	paras := slices.DeleteFunc([]para{
		{lines: s.facts(room, left-len(faults)), gap: 1},
		{lines: faults, gap: 1},
		{lines: word, gap: 1},
		{lines: answers, gap: 1},
	}, func(p para) bool { return len(p.lines) == 0 })
	text := fit(min(lines(paras), s.height-frameLines), paras...)
	for i := range text {
		text[i] = " " + text[i]
	}
	return s.theme.float(s.asks.title, text, cells, s.width, s.height, 2)
}

// facts are what tartan will do, in as many lines as there are: whole sentences, or the beginnings of
// the first ones.
func (s *confirmScreen) facts(room, most int) []string {
	long, short := []string{"tartan will"}, []string{}
	for _, fact := range s.consequences() {
		for _, line := range wrap(fact, room-2) {
			long = append(long, "  "+line)
		}
		short = append(short, cut(fact, room))
	}
	if len(long) > most || len(short) == 0 {
		return short[:max(min(len(short), most), 0)]
	}
	return long
}

// answers are the two of them, with a mark under one.
func (s *confirmScreen) answers() []string {
	from, answer := answerIndent, s.asks.keep
	if s.yes {
		from, answer = answerIndent+width(s.asks.keep)+answerGap, s.asks.do
	}
	return []string{
		blank(answerIndent) + s.asks.keep + blank(answerGap) + s.asks.do,
		blank(from) + s.theme.accent.paint(strings.Repeat("▔", width(answer))),
	}
}

// faults tell which banks could not be unlinked, and what was kept.
func (s *confirmScreen) faults(room int) []string {
	var text []string
	for _, f := range s.failed {
		told := explain(f.err, f.bank.Item.Institution.Name, s.now())
		kept := "Nothing of it was forgotten."
		if told.kept == "" {
			kept = told.cause // which says what was kept
		}
		text = append(text, s.theme.danger.wrap("! "+told.title+". "+kept, room)...)
	}
	return text
}

// point answers a click: on the safe answer at once, on the other one when it is marked.
func (s *confirmScreen) point(msg tea.MouseMsg) (nav, tea.Cmd) {
	if msg.Button != tea.MouseButtonLeft || msg.Action != tea.MouseActionPress {
		return nav{}, nil
	}
	f := s.lay()
	last := f.y + len(f.lines) - frameLines - 1
	keep := f.x + 1 + answerIndent
	do := keep + width(s.asks.keep) + answerGap
	switch {
	case msg.Y != last && msg.Y != last-1:
	case msg.X >= keep && msg.X < keep+width(s.asks.keep):
		return back, nil
	case msg.X >= do && msg.X < do+width(s.asks.do) && (s.yes || s.asks.word != ""):
		return s.answer()
	case msg.X >= do && msg.X < do+width(s.asks.do):
		s.yes = true
	}
	return nav{}, nil
}
