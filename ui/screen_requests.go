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

// request is one that was sent.
type request struct {
	at            time.Time // when its answer came, or did not
	host, purpose string
	status        int // 0: nothing answered
	size          int // of the answer, in bytes
	took          time.Duration
}

// mostRequests is how many requests are remembered.
const mostRequests = 1000

// RequestLog remembers the last requests of a run. It is safe for concurrent use.
type RequestLog struct {
	now func() time.Time
	mu  sync.Mutex
	all []request
}

// NewRequestLog makes an empty one. now is the clock.
func NewRequestLog(now func() time.Time) *RequestLog { return &RequestLog{now: now} }

// Add remembers a request that is over: its host, what it was for in words, the status of the answer
// (0: nothing answered), its size in bytes, and how long it took. What was in it is never told.
func (l *RequestLog) Add(host, purpose string, status, size int, took time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) == mostRequests {
		l.all = l.all[1:]
	}
	l.all = append(l.all, request{l.now(), host, purpose, status, size, took})
}

// list are those that are remembered, the oldest first. A nil log remembers none.
func (l *RequestLog) list(e *env) []request {
	if l == nil {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	all := slices.Clone(l.all)
	for i := range all {
		if e.practice {
			all[i].host = "the practice bank"
		}
	}
	return all
}

// requestsScreen lists the requests of this run, the last one first: the simplest proof that nothing
// else is happening.
type requestsScreen struct {
	env
	all           []request
	width, height int
	list          list
}

func newRequests(e env) screen { return &requestsScreen{env: e, all: e.settings.requests.list(&e)} }

func (s *requestsScreen) Init() tea.Cmd { return nil }

func (s *requestsScreen) SetSize(width, height int) {
	s.width, s.height = min(width, widest), height
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
func recipient(all []request) string {
	if len(all) == 0 || slices.ContainsFunc(all, func(r request) bool { return r.host != all[0].host }) {
		return ""
	}
	return all[0].host
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
	result := size(r.size)
	switch {
	case r.status == 0:
		result = "no answer"
	case r.status >= 400:
		result = "status " + strconv.Itoa(r.status)
	}
	text := r.at.Format("15:04:05") + "  "
	if s.width >= small {
		result = right(took(r.took), 9) + right(result, 12)
	}
	if s.width >= medium {
		text += left(r.host, min(s.width/3, 34)-2) + "  "
	}
	text = ends(text+r.purpose, result, s.width-2)
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
