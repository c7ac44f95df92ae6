package ui

import (
	"context"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// page is a screen that wants to go where its next message says.
type page struct {
	name  string
	heard []tea.Msg
}

func (p *page) Init() tea.Cmd    { return nil }
func (p *page) View() string     { return p.name }
func (p *page) SetSize(int, int) {}
func (p *page) Chrome() chrome   { return chrome{} }

func (p *page) Update(msg tea.Msg) (nav, tea.Cmd) {
	p.heard = append(p.heard, msg)
	if n, is := msg.(nav); is {
		return n, nil
	}
	return nav{}, nil
}

// stackOf opens pages one over the other.
func stackOf(names ...string) (*stack, map[string]*page) {
	s := &stack{env: env{ctx: context.Background()}}
	pages := map[string]*page{}
	for _, name := range names {
		pages[name] = &page{name: name}
		s.push(func(env) screen { return pages[name] })
	}
	return s, pages
}

func opening(name string) func(env) screen {
	return func(env) screen { return &page{name: name} }
}

func TestStackFollows(t *testing.T) {
	for _, c := range []struct {
		n    nav
		top  string
		deep int
	}{
		{nav{}, "c", 3},
		{back, "b", 2},
		{home, "a", 1},
		{nav{pop: 9}, "a", 1},
		{open(opening("d")), "d", 4},
		{nav{pop: 1, push: opening("d")}, "d", 3},
		{nav{pop: home.pop, push: opening("d")}, "d", 2},
	} {
		s, _ := stackOf("a", "b", "c")
		s.update(2, c.n)
		if got := s.top().View(); got != c.top || len(s.layers) != c.deep {
			t.Errorf("%+v leads to %s, %d deep", c.n, got, len(s.layers))
		}
	}
}

func TestAnUncoveredScreenIsTold(t *testing.T) {
	s, pages := stackOf("a", "b")
	s.update(1, back)
	if heard := pages["a"].heard; len(heard) != 1 || heard[0] != (shown{}) {
		t.Errorf("it heard %v", heard)
	}
}

func TestAClosedScreensContextEnds(t *testing.T) {
	s, _ := stackOf("a")
	var inner context.Context
	s.push(func(e env) screen { inner = e.ctx; return &page{} })
	s.follow(back)
	if inner.Err() == nil {
		t.Error("the context of a closed screen goes on")
	}
}

// A reply may come while another screen covers the one it is for: that screen goes where the reply
// leads once it is on top again, instead of asking for the same once more.
func TestACoveredScreenGoesLater(t *testing.T) {
	s, pages := stackOf("a", "b", "cover")
	s.update(1, open(opening("next")))
	if got := s.top().View(); got != "cover" {
		t.Fatalf("a covered screen navigated: %s is on top", got)
	}
	s.update(2, back)
	if got := s.top().View(); got != "next" || len(s.layers) != 3 {
		t.Errorf("%s is on top, %d deep", got, len(s.layers))
	}
	if n := len(pages["b"].heard); n != 1 {
		t.Errorf("the screen heard %d messages", n)
	}
	s.update(2, back)
	if got := s.top().View(); got != "b" {
		t.Errorf("then %s is on top: it went twice", got)
	}
}
