package ui

import (
	"fmt"
	"slices"

	"tartan/plaidapi"
)

// words are what the link screen says around a form.
type words struct {
	place  string   // in the header
	title  string   // above the form
	told   []string // below it: where this stands
	advice []string // below that, where there is room
	send   string   // what Enter does
	busy   string   // while the answer is under way
}

// passed names the step that an accepted answer was, for the list of what has been done.
func passed(k plaidapi.Kind) string {
	switch k {
	case plaidapi.Credentials:
		return "Signed in"
	case plaidapi.Device:
		return "Code sent"
	case plaidapi.Code:
		return "Code accepted"
	}
	return "Answer accepted"
}

// refusal says that a bank did not take an answer. Nothing is lost by it.
func refusal(k plaidapi.Kind) string {
	switch k {
	case plaidapi.Code:
		return "That code was not accepted. Nothing is lost."
	case plaidapi.Selection:
		return "Those answers were not accepted. Nothing is lost."
	case plaidapi.Question:
		return "That answer was not accepted. Nothing is lost."
	}
	return "That was not accepted. Nothing is lost."
}

// words is the row of the table for the challenge on screen.
func (s *linkScreen) words(room int) words {
	const confirm = "3 of 4  confirm it is you"
	bank := s.bank()
	switch s.kind() {
	case plaidapi.Credentials:
		return s.credentialWords()
	case plaidapi.Question:
		title := bank + " asks"
		if slices.ContainsFunc(s.done, func(w worked) bool { return w.label == passed(plaidapi.Question) }) {
			title += " one more question"
		}
		return words{confirm, title, s.counted(), []string{
			"Answer exactly as you set it up with the bank.",
			"After several wrong answers a bank may lock the account.",
		}, "send", "sending the answer"}
	case plaidapi.Device:
		return words{confirm, "Where should the bank send your code?", nil, []string{
			"Only the bank knows the full number or address.",
		}, "send code", "asking for a code"}
	case plaidapi.Code:
		return words{confirm, "Enter the code", s.whereSent(room), []string{
			"Codes often expire within a few minutes. Nothing is lost if this one does.",
		}, "send", "sending the code"}
	case plaidapi.Selection:
		n := len(s.here.form.fields)
		return words{confirm, bank + " asks " + few(n, "question"), s.counted(), nil, "send " + inWords(n), "sending the answers"}
	}
	return words{place: "2 of 4  sign in", title: bank, send: "continue", busy: "opening the sign-in"}
}

// counted says how many of several questions have their answer.
func (s *linkScreen) counted() []string {
	f := &s.here.form
	n, filled := len(f.fields), 0
	for i := range n {
		if f.filled(i) {
			filled++
		}
	}
	switch {
	case n < 2:
		return nil
	case f.alone:
		return []string{fmt.Sprintf("Question %d of %d, %d answered", f.at+1, n, filled)}
	}
	return []string{fmt.Sprintf("%d of %d answered", filled, n)}
}

// few counts things, up to five in words: "two questions".
func few(n int, one string) string {
	if word := [...]string{"no", "one", "two", "three", "four", "five"}; n != 1 && n < len(word) {
		return word[n] + " " + one + "s"
	}
	return count(n, one)
}

// inWords is that many answers, which are sent at once.
func inWords(n int) string {
	switch n {
	case 1:
		return "it"
	case 2:
		return "both"
	}
	return "all"
}

// credentialWords say, before a password is typed, what it is for and where it goes.
func (s *linkScreen) credentialWords() words {
	w := words{place: "2 of 4  sign in", title: "Sign in to " + s.bank(), send: "sign in", busy: "signing in"}
	first := "Read only."
	facts := [][2]string{
		{"What tartan asks for", "balances, and all transactions the bank gives"},
		{"What it cannot do", "move money, change details, see your password again"},
		{"Where it goes", "to Plaid once, which signs in at the bank, then forgotten"},
	}
	if s.env.practice {
		facts[2][1] = "the practice bank on this computer, then forgotten"
	}
	if s.request.Mode == plaidapi.Update {
		w.title = "Sign in again to " + s.bank()
		facts[0] = [2]string{"What is kept", "the accounts, and all history fetched so far"}
		first = "All is kept."
	}
	if s.request.Institution.Health.State == plaidapi.Slow {
		w.told = []string{"This bank is slow today: signing in can take long, or fail."}
	}
	switch {
	case s.width < small:
		w.advice = []string{first + " Used once, then forgotten."}
	case s.width < medium:
		w.advice = []string{first + " Your password is used once, then forgotten."}
	default:
		for _, f := range facts {
			w.advice = append(w.advice, left(f[0], 22)+f[1])
		}
	}
	return w
}
