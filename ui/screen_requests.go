package ui

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// Request is one that was sent: to whom, what for, and how large the answer was. What was in it is
// never told.
type Request struct {
	At     time.Time // when its answer came, or did not
	To     string    // in words: the host, or "the practice bank"
	For    string    // in words: "read transactions"
	Status int       // 0: nothing answered
	Size   int       // of the answer, in bytes
	Took   time.Duration
}

// mostRequests is how many requests are remembered.
const mostRequests = 1000

// RequestLog remembers the last requests of a run. It is safe for concurrent use.
type RequestLog struct {
	mu  sync.Mutex
	all []Request
}

// Add remembers a request.
func (l *RequestLog) Add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) == mostRequests {
		l.all = l.all[1:]
	}
	l.all = append(l.all, r)
}

// All are those that are remembered, the oldest first.
func (l *RequestLog) All() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Request(nil), l.all...)
}

// requestsScreen lists the requests of this run, the last one first: the simplest proof that nothing
// else is happening.
type requestsScreen struct {
	env
	all           []Request
	width, height int
	list          list
}

func newRequests(e env) screen { return &requestsScreen{env: e, all: e.settings.requests()} }

func (s *requestsScreen) Init() tea.Cmd { return nil }

func (s *requestsScreen) SetSize(width, height int) {
	s.width, s.height = width, height
	s.list.resize(len(s.all), max(height-len(s.about()), 0))
}

func (s *requestsScreen) Chrome() chrome {
	return chrome{
		crumbs: []string{"Banks and settings", "Last requests"}, right: count(len(s.all), "request"),
		keys: []key.Binding{s.keys.walk, only(s.keys.back), s.keys.help},
	}
}

func (s *requestsScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	if s.list.move(s.keys, msg) {
		return nav{}, nil
	}
	switch msg := msg.(type) {
	case tea.KeyMsg:
		if key.Matches(msg, s.keys.back) && !msg.Paste {
			return back, nil
		}
	case tea.MouseMsg:
		s.list.click(msg, msg.Y-len(s.about()))
	}
	return nav{}, nil
}

// recipient is whom all requests went to; empty where there are several.
func recipient(all []Request) string {
	if len(all) == 0 || slices.ContainsFunc(all, func(r Request) bool { return r.To != all[0].To }) {
		return ""
	}
	return all[0].To
}

// about says what the list is, in as many words as there is room for.
func (s *requestsScreen) about() []string {
	to := recipient(s.all)
	if to == "" {
		to = "several places"
	}
	if s.height <= minHeight+2 {
		return s.theme.faint.each([]string{cut("All to "+to+".", s.width)})
	}
	text := "All that tartan has sent in this run went to " + to + ". Nothing of what was in it is kept here."
	return append(s.theme.faint.wrap(text, s.width), "")
}

func (s *requestsScreen) View() string {
	lines := append(s.about(), s.list.view(s.draw)...)
	return strings.Join(fit(s.height, para{lines: lines}), "\n")
}

// draw makes one line: when, to whom, what for, and how long and how large the answer was. To whom
// leaves first, then how long.
func (s *requestsScreen) draw(i int, current bool) string {
	r := s.all[len(s.all)-1-i]
	result := size(r.Size)
	switch {
	case r.Status == 0:
		result = "no answer"
	case r.Status >= 400:
		result = "status " + strconv.Itoa(r.Status)
	}
	text := r.At.Format("15:04:05") + "  "
	if s.width >= small {
		result = right(took(r.Took), 9) + right(result, 12)
	}
	if s.width >= medium {
		text += left(r.To, min(s.width/3, 34)-2) + "  "
	}
	text = ends(text+r.For, result, s.width-2)
	if current {
		return s.theme.accent.paint("› ") + s.theme.selected.paint(text)
	}
	return "  " + text
}

// size writes a number of bytes: "1.9 kB".
func size(bytes int) string {
	switch {
	case bytes < 1000:
		return strconv.Itoa(bytes) + " B"
	case bytes < 1_000_000:
		return strconv.FormatFloat(float64(bytes)/1e3, 'f', 1, 64) + " kB"
	}
	return strconv.FormatFloat(float64(bytes)/1e6, 'f', 1, 64) + " MB"
}
