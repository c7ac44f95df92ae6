package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// factorRound is one form of a second factor: its questions are asked at once.
type factorRound struct {
	kind string // the wire's mfa_type: questions, device, code, selections
	asks []factorAsk
}

// factorAsk is one question; with options it is answered by choosing.
type factorAsk struct {
	prompt  string
	options []string
	answer  string // "": any of the options will do
}

// rounds are what a second factor asks, in order; nil for none and for one that
// there is not. Besides those of the practice people there are the passwords of
// Plaid's own test users: mfa_device, mfa_selections and mfa_questions_n_m, with
// n rounds of m questions whose answers are answer_0_0 and so on.
func rounds(factor string) []factorRound {
	switch factor {
	case "questions":
		return []factorRound{{"questions", []factorAsk{{"You say tomato, I say...?", nil, "tomato"}}}}
	case "selections":
		return []factorRound{{"selections", []factorAsk{
			{"You say tomato, I say...?", []string{"tomato", "potato"}, "tomato"},
			{"Ketchup or mustard?", []string{"ketchup", "mustard"}, "ketchup"},
		}}}
	case "list", "mfa_device":
		var masks []string
		for _, d := range devices[:listed] {
			masks = append(masks, d.mask)
		}
		return []factorRound{
			{"device", []factorAsk{{"Where should the code go?", masks, ""}}},
			{"code", []factorAsk{{"The code that was sent", nil, "1234"}}},
		}
	case "mfa_selections":
		return []factorRound{{"selections", []factorAsk{{"Is this you?", []string{"Yes", "No"}, "Yes"}}}}
	}
	numbers, ok := strings.CutPrefix(factor, "mfa_questions_")
	first, second, _ := strings.Cut(numbers, "_")
	n, badRounds := strconv.Atoi(first)
	m, badAsks := strconv.Atoi(second)
	const most = 9
	if !ok || badRounds != nil || badAsks != nil || min(n, m) < 1 || max(n, m) > most {
		return nil
	}
	list := make([]factorRound, n)
	for i := range list {
		list[i].kind = "questions"
		for j := range m {
			list[i].asks = append(list[i].asks, factorAsk{fmt.Sprintf("What is the answer to question %d-%d?", i, j), nil, fmt.Sprintf("answer_%d_%d", i, j)})
		}
	}
	return list
}

// right tells whether the answers to a round are.
func (r factorRound) right(answers []string) bool {
	if len(answers) != len(r.asks) {
		return false
	}
	for at, ask := range r.asks {
		if ask.answer == "" && !slices.Contains(ask.options, answers[at]) || ask.answer != "" && answers[at] != ask.answer {
			return false
		}
	}
	return true
}

// exitStatus is how the wire calls the place of somebody who leaves there.
func (r factorRound) exitStatus() string {
	switch r.kind {
	case "device":
		return "choose_device"
	case "code":
		return "requires_code"
	case "selections":
		return "requires_selections"
	}
	return "requires_questions"
}
