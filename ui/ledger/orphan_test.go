package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// teller is a bank whose every answer may be lost on its way there or back. Each sign-in makes an
// Item of its own, finished once as many questions as it asks have been answered.
type teller struct {
	ledger.Reader // what linking does not need
	questions     int
	point         func(op string) error

	mu    sync.Mutex
	made  int
	login string         // the Item of every sign-in; empty for another Item each time
	voids bool           // one that comes to its end makes earlier tokens void
	items map[string]int // questions left to answer, by token
	fails error          // of the next answer, in place of what it does
	comes plaidapi.Secret
}

func (b *teller) Institutions(context.Context, string) ([]plaidapi.Institution, error) {
	return nil, nil
}

func (b *teller) Begin(_ context.Context, req plaidapi.LinkRequest) (plaidapi.Step, error) {
	return plaidapi.Step{Request: req, Pending: req.Token, Challenge: plaidapi.Challenge{Kind: plaidapi.Credentials}}, nil
}

func (b *teller) Answer(_ context.Context, step plaidapi.Step, _ []plaidapi.Secret) (plaidapi.Step, error) {
	if err := b.point("answer"); err != nil {
		return step, err
	}
	next, err := b.answer(step)
	if lost := b.point("answer, done"); lost != nil {
		return step, lost
	}
	return next, err
}

func (b *teller) answer(step plaidapi.Step) (plaidapi.Step, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails != nil {
		if !b.comes.Empty() {
			b.items[b.comes.Reveal()] = 1
			step.Pending = b.comes
		}
		return step, b.fails
	}
	token := step.Pending.Reveal()
	left, known := b.items[token]
	switch {
	case step.Pending.Empty():
		b.made++
		token, left = fmt.Sprintf("token %d", b.made), b.questions
	case !known:
		return step, &plaidapi.Error{Problem: plaidapi.AttemptOver, Status: 401}
	default:
		left--
	}
	if left <= 0 && b.voids {
		clear(b.items)
	}
	b.items[token] = left
	next := plaidapi.Step{Request: step.Request, Pending: plaidapi.NewSecret(token), Challenge: plaidapi.Challenge{Kind: plaidapi.Question}}
	if left <= 0 {
		next = plaidapi.Step{Request: step.Request, Token: next.Pending, Challenge: plaidapi.Challenge{Kind: plaidapi.Linked}}
		next.Item = plaidapi.Item{ID: b.itemOf(token), Wire: plaidapi.Legacy, Institution: step.Request.Institution}
		if step.Request.Mode != plaidapi.Add {
			next.Item.ID = step.Request.ItemID
		}
	}
	return next, nil
}

// itemOf is the ID of the Item that a token opens.
func (b *teller) itemOf(token string) string {
	if b.login != "" {
		return b.login
	}
	return "item of " + token
}

func (b *teller) Accounts(_ context.Context, _ plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Account, error) {
	if err := b.point("accounts"); err != nil {
		return nil, err
	}
	if !slices.Contains(b.holds(), token.Reveal()) {
		return nil, &plaidapi.Error{Problem: plaidapi.ItemGone, Status: 401}
	}
	return nil, nil
}

func (b *teller) Unlink(_ context.Context, _ plaidapi.Item, token plaidapi.Secret) error {
	if err := b.point("unlink"); err != nil {
		return err
	}
	b.mu.Lock()
	_, known := b.items[token.Reveal()]
	delete(b.items, token.Reveal())
	b.mu.Unlock()
	if err := b.point("unlink, done"); err != nil {
		return err
	}
	if !known {
		return &plaidapi.Error{Problem: plaidapi.ItemGone, Status: 401}
	}
	return nil
}

// holds are the tokens of the Items that the bank holds.
func (b *teller) holds() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Sorted(maps.Keys(b.items))
}

// scene is a ledger over a teller and a vault in memory, with all that is done in it in order.
type scene struct {
	*ledger.Ledger
	t     *testing.T
	vault *vault
	bank  *teller
	paged *page // the bank's own page, where it has one

	mu  sync.Mutex
	ops []string
	at  func(n int, op string) error // what happens at the n-th point; nil for nothing
}

func newScene(t *testing.T, questions int) *scene {
	t.Helper()
	s := &scene{t: t}
	s.vault = newVault(s.point)
	s.bank = &teller{questions: questions, point: s.point, items: map[string]int{}}
	s.start()
	return s
}

// start is a new run of the program over the same vault and the same bank.
func (s *scene) start() {
	banks := map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: s.bank}
	if s.paged != nil {
		banks[plaidapi.Modern] = s.paged
	}
	s.Ledger = ledger.New(s.vault, banks, clock)
}

func (s *scene) point(op string) error {
	s.mu.Lock()
	s.ops = append(s.ops, op)
	n, at := len(s.ops), s.at
	s.mu.Unlock()
	if at == nil {
		return nil
	}
	return at(n, op)
}

// happens has something happen at the points that follow, counted from 1; nil is nothing.
func (s *scene) happens(at func(n int, op string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ops, s.at = nil, at
}

func (s *scene) did() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.ops)
}

var gingham = plaidapi.LinkRequest{
	Institution: plaidapi.Institution{ID: "gingham", Wire: plaidapi.Legacy, Name: "First Gingham"},
	Products:    []plaidapi.Product{plaidapi.Connect},
}

// request is for a link to add, with the bank's own page where it has one.
func (s *scene) request() plaidapi.LinkRequest {
	req := gingham
	if s.paged != nil {
		req.Institution.Wire = plaidapi.Modern
	}
	return req
}

// walk links, answering each question, and stops at the first error.
func (s *scene) walk(ctx context.Context) (plaidapi.Step, error) {
	step, err := s.Begin(ctx, s.request())
	for err == nil && step.Challenge.Kind != plaidapi.Linked {
		step, err = s.Answer(ctx, step, login)
	}
	return step, err
}

// mustWalk links so many steps of the way.
func (s *scene) mustWalk(answers int) plaidapi.Step {
	s.t.Helper()
	step, err := s.Begin(s.t.Context(), s.request())
	for range answers {
		if err == nil {
			step, err = s.Answer(s.t.Context(), step, login)
		}
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return step
}

// told are the attempts that a person is told of.
func (s *scene) told() []plaidapi.Attempt {
	s.t.Helper()
	all, err := s.Attempts(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, a := range all {
		if a.Bank != "First Gingham" || !a.At.Equal(noon) {
			s.t.Errorf("told of %+v", a)
		}
	}
	return all
}

// settled starts the program once more, with nothing going wrong, and checks what the person has
// then: everything that the bank holds is linked or told.
func (s *scene) settled(about string) {
	s.t.Helper()
	s.happens(nil)
	s.start()
	if err := s.SettleAttempts(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	told := s.told()
	linked := s.vault.tokens()
	for _, token := range s.bank.holds() {
		_, err := s.vault.Token(s.t.Context(), s.bank.itemOf(token))
		if err != nil && !slices.Contains(linked, token) && len(told) == 0 {
			s.t.Errorf("%s: %s is lost", about, token)
		}
	}
	for _, a := range told {
		if !a.Pending.Empty() {
			s.t.Errorf("%s: an unfinished Item was not removed", about)
		}
		if err := s.Dismiss(s.t.Context(), a.ID); err != nil {
			s.t.Error(err)
		}
	}
	if left := s.told(); len(left) != 0 {
		s.t.Errorf("%s: dismissed, but told again: %+v", about, left)
	}
}

var (
	errLost = &plaidapi.Error{Problem: plaidapi.Offline}
	errFull = errors.New("no space")
)

// Each step of linking is done before the next (security.md 19).
func TestOrderOfLinking(t *testing.T) {
	for questions, want := range [][]string{
		{"probe", "begin", "answer", "keep", "list", "close"},
		{"probe", "begin", "answer", "hold", "answer", "keep", "list", "close"},
		{"probe", "begin", "answer", "hold", "answer", "answer", "keep", "list", "close"},
	} {
		s := newScene(t, questions)
		step, err := s.walk(t.Context())
		if err != nil || step.Challenge.Kind != plaidapi.Linked {
			t.Fatalf("%v, %v", step.Challenge.Kind, err)
		}
		var ops []string
		for _, op := range s.did() {
			if !strings.HasSuffix(op, ", done") {
				ops = append(ops, op)
			}
		}
		if !slices.Equal(ops, want) {
			t.Errorf("%d questions: %q", questions, ops)
		}
		if len(s.told()) != 0 || len(s.vault.tokens()) != 1 {
			t.Errorf("told %+v, kept %q", s.told(), s.vault.tokens())
		}
		s.settled("linked")
	}
}

// wayIn is a scene at a bank that asks so many questions, or at one that has a page of its own.
func wayIn(t *testing.T, way int) *scene {
	t.Helper()
	if way == 3 {
		return newPageScene(t, 2)
	}
	return newScene(t, way)
}

// Whatever fails, once or from then on, nothing is lost, neither when the person leaves at once nor
// when the program just ends.
func TestFailureAtEveryPoint(t *testing.T) {
	for way := range 4 {
		for _, lasting := range []bool{false, true} {
			for _, leaves := range []bool{false, true} {
				for n, more := 1, true; more; n++ {
					about := fmt.Sprintf("way %d, failing at point %d, lasting %v, leaving %v", way, n, lasting, leaves)
					s := wayIn(t, way)
					failed := ""
					s.happens(func(at int, op string) error {
						if at < n || !lasting && at > n {
							return nil
						}
						failed = op
						if op == "answer" || op == "answer, done" || op == "unlink" || op == "unlink, done" || op == "look" {
							return errLost
						}
						return errFull
					})
					step, err := s.walk(t.Context())
					if more = failed != ""; !more && (err != nil || step.Challenge.Kind != plaidapi.Linked) {
						t.Errorf("%s: %v", about, err)
					}
					if leaves {
						_ = s.Close(t.Context())
					}
					s.settled(about + ", at " + failed)
				}
			}
		}
	}
}

// Leaving at any point while a call is under way: what it makes is removed, here and there.
func TestLeavingAtEveryPoint(t *testing.T) {
	for way := range 4 {
		for n, more := 1, true; more; n++ {
			about := fmt.Sprintf("way %d, leaving at point %d", way, n)
			s := wayIn(t, way)
			ctx, leave := context.WithCancel(t.Context())
			left := false
			s.happens(func(at int, _ string) error {
				if at == n {
					left = true
					leave()
				}
				return nil
			})
			step, err := s.walk(ctx)
			leave()
			more = left
			if err := s.Close(t.Context()); err != nil {
				t.Errorf("%s: %v", about, err)
			}
			linked, held := s.vault.tokens(), s.bank.holds()
			if !slices.Equal(linked, held) || err != nil && len(held) != 0 || err == nil && step.Challenge.Kind != plaidapi.Linked {
				t.Errorf("%s: %v; linked %q, held %q", about, err, linked, held)
			}
			if told := s.told(); len(told) != 0 {
				t.Errorf("%s: told %+v", about, told)
			}
			s.settled(about)
		}
	}
}
