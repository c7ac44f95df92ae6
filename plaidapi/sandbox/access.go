package sandbox

import (
	"strings"
	"sync"
	"time"
)

// holder is whom an access token speaks for.
type holder struct {
	person
	token  string
	renews string // the token that an update gives instead; "" when token stays
}

// isRecorded tells the recorded users from the people of our own.
func (h holder) isRecorded() bool {
	_, ok := h.person.(recorded)
	return ok
}

// has tells whether the item can show a product. The recorded item shows all,
// whatever its bank offers: official suites count on it (legacy-api §5.3).
func (h holder) has(product string) bool {
	return h.isRecorded() || h.institution().offers(product)
}

// population is everybody with a token. Tokens are derived from names alone, so
// that a kept one outlives the process.
type population struct {
	people  []person
	byToken map[string]holder // of people; the recorded ones need no list
}

func newPopulation(people []person) population {
	p := population{people, map[string]holder{}}
	for _, one := range people {
		l := one.login()
		h := holder{person: one, token: "test_" + l.Institution + "_" + l.Username}
		if one.signsOut() {
			h.renews = h.token + "_2"
			p.byToken[h.renews] = holder{person: one, token: h.renews}
		}
		p.byToken[h.token] = h
	}
	return p
}

// named finds the customer of a bank by username.
func (p *population) named(bank institution, username string) (holder, bool) {
	switch {
	case username == recordedUser:
		return holder{person: recorded{bank: bank}, token: "test_" + bank.Type}, true
	case username == recordedSelections && bank.Type == "citi":
		return holder{person: recorded{bank: bank, selections: true}, token: "test_" + bank.Type}, true
	}
	h, ok := p.byToken["test_"+bank.Type+"_"+username]
	if !ok || h.login().Username != username { // the second token of somebody is nobody's name
		return holder{}, false
	}
	return h, true
}

// withToken finds the holder of a token.
func (b *Bank) withToken(token string) (holder, bool) {
	if h, ok := b.population.byToken[token]; ok {
		return h, true
	}
	kind, ok := strings.CutPrefix(token, "test_")
	if !ok {
		return holder{}, false
	}
	bank, ok := b.directory.ofType(kind)
	if !ok {
		return holder{}, false
	}
	return holder{person: recorded{bank: bank, selections: bank.Type == "citi"}, token: token}, true
}

// signIn checks a bank's sign-in details as the bank would.
func (b *Bank) signIn(bank institution, username, password, pin string) (holder, code) {
	if username == "" || password == "" || bank.PINLabel != "" && pin == "" {
		return holder{}, credentialsMissing
	}
	if c := failure(bank, username, password); c != fine {
		return holder{}, c
	}
	h, ok := b.population.named(bank, username)
	if !ok {
		return holder{}, invalidCredentials
	}
	l := h.login()
	switch {
	case password == lockedPassword:
		return holder{}, accountLocked
	case password != l.Password:
		return holder{}, invalidCredentials
	case bank.PINLabel != "" && pin != l.PIN:
		return holder{}, invalidPIN
	}
	return h, fine
}

// sessions remembers, for the bank that asks to sign in again, which of its
// first tokens still work. It starts empty: a token from an earlier process is
// one that no longer does.
type sessions struct {
	mu   sync.Mutex
	open map[string]bool
}

func (s *sessions) start(token string) { s.set(token, true) }
func (s *sessions) end(token string)   { s.set(token, false) }

func (s *sessions) set(token string, open bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[token] = open
}

// signedOut tells whether the bank wants h to sign in again.
func (s *sessions) signedOut(h holder) bool {
	if h.renews == "" {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return !s.open[h.token]
}

// reachesBeginning tells whether no row of h is older than the window.
func (h holder) reachesBeginning(w window, now time.Time) bool {
	if w.implicit {
		return true
	}
	from, _ := time.Parse(dayForm, w.from) // parseDate made it
	older := false
	h.transactions(now, "", from.AddDate(0, 0, -1).Format(dayForm), func(*transaction) bool {
		older = true
		return false
	})
	return !older
}
