package ui

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// readingTime is how long a challenge that has just arrived ignores Enter, unless something has
// been typed or chosen on it: nobody approves what they have not read.
const readingTime = 300 * time.Millisecond

// linkScreen carries one link attempt from its credentials to the linked Item. It draws every kind
// of challenge with one form; what differs between kinds is a row of the table in link_words.go.
type linkScreen struct {
	env
	width, height int
	request       plaidapi.LinkRequest
	draft         *draft
	begin         task[plaidapi.Step]
	answer        task[plaidapi.Step]
	abandon       task[struct{}]
	over          []plaidapi.Step // attempts that nobody goes on with, to be undone at their bank
	here          moment          // the challenge on screen
	before        []moment        // those that led here: the credentials first
	waiting       bool            // Enter came before the attempt was open
	failed        bool            // a page about a failure stands over this one
	asked         time.Time       // when the answer under way was sent
	alone         leftAlone
	tries         int
	message       string // about the last try, until the next
	code          sentCode
	practice      []Hint // what to type at the practice bank; none elsewhere
	hint          int    // which of them is filled in next
	done          []worked
}

// worked is a step that has been taken, with how long the bank took for it.
type worked struct {
	label string
	took  time.Duration
}

// draft is what stays of a sign-in that was left for the list of banks: at which bank, and what stood
// in its first field, unless that is secret.
type draft struct{ bank, user string }

func newLink(request plaidapi.LinkRequest, d *draft) func(env) screen {
	return func(e env) screen {
		s := &linkScreen{env: e, request: request, draft: d, practice: e.hints(request.Institution)}
		s.here = moment{arrived: e.now()}
		if fields := request.Institution.Fields; len(fields) > 0 && request.Mode != plaidapi.Upgrade {
			// The form is known before the attempt is open: what is typed ahead is not lost.
			s.here.step.Challenge = plaidapi.Challenge{Kind: plaidapi.Credentials, Fields: fields}
			s.here.form = newForm(fields)
			if d.bank == request.Institution.ID && !fields[0].Secret {
				s.here.form.fill(0, d.user)
				s.here.form.inputs[0].offer = true
			}
		}
		return s
	}
}

// Init opens a link attempt.
func (s *linkScreen) Init() tea.Cmd {
	request := s.request
	return s.begin.start(s.ctx, func(ctx context.Context) (plaidapi.Step, error) {
		return begin(ctx, s.ledger, request)
	})
}

// begin opens a link attempt, unless the bank is known to let nobody in. What cannot be told of a bank
// keeps nobody from it.
func begin(ctx context.Context, l *ledger.Ledger, request plaidapi.LinkRequest) (plaidapi.Step, error) {
	if request.Mode == plaidapi.Add {
		if at, err := l.Institution(ctx, request.Institution); err == nil {
			request.Institution = at
		}
		if request.Institution.Health.State == plaidapi.Down {
			return plaidapi.Step{}, &plaidapi.Error{Problem: plaidapi.BankDown, Op: "begin", Unsent: true}
		}
	}
	return l.Begin(ctx, request)
}

func (s *linkScreen) SetSize(width, height int) { s.width, s.height = width, height }

func (s *linkScreen) kind() plaidapi.Kind { return s.here.step.Challenge.Kind }

func (s *linkScreen) Update(msg tea.Msg) (nav, tea.Cmd) {
	n, cmd := s.update(msg)
	return n, tea.Batch(cmd, s.giveUp())
}

func (s *linkScreen) update(msg tea.Msg) (nav, tea.Cmd) {
	switch msg := msg.(type) {
	case reply[plaidapi.Step]:
		switch {
		case s.begin.take(msg):
			return s.began(msg)
		case s.answer.take(msg):
			return s.answered(msg)
		}
	case tea.KeyMsg:
		n, cmd := s.key(msg)
		return n, tea.Batch(s.alone.key(&s.env), cmd)
	case tea.MouseMsg:
		return nav{}, tea.Batch(s.alone.key(&s.env), s.click(msg))
	case second:
		if s.code.take(msg) {
			return nav{}, s.count()
		}
	case lookup:
		return nav{}, s.expire(msg)
	case dropped:
		s.leave()
	case shown:
		if s.failed {
			s.restart()
			return nav{}, s.Init()
		}
	}
	return nav{}, nil
}

// began takes over the opened attempt, keeping what was typed while it opened.
func (s *linkScreen) began(msg reply[plaidapi.Step]) (nav, tea.Cmd) {
	waiting := s.waiting
	s.waiting = false
	switch {
	case msg.value.Challenge.Kind == plaidapi.Linked: // nothing was asked
		return s.linked(msg.value, msg.err)
	case msg.err != nil:
		return s.fail(msg.err), nil
	}
	if msg.value.Challenge.Kind == plaidapi.Browser {
		return nav{pop: 1, push: newPage(msg.value, s.request)}, nil
	}
	if s.kind() != plaidapi.Credentials || msg.value.Challenge.Kind != plaidapi.Credentials {
		s.arrive(msg.value)
		return nav{}, nil
	}
	s.here.step = msg.value
	if len(msg.value.Challenge.Fields) != len(s.here.form.fields) {
		s.here.form = newForm(msg.value.Challenge.Fields)
	}
	if waiting && s.here.form.gap() < 0 {
		return nav{}, s.send()
	}
	return nav{}, nil
}

// answered takes the bank's answer to what was sent.
func (s *linkScreen) answered(msg reply[plaidapi.Step]) (nav, tea.Cmd) {
	again := s.code.again
	s.code.again = false
	switch {
	case msg.value.Challenge.Kind == plaidapi.Linked:
		s.note()
		return s.linked(msg.value, msg.err)
	case again && problem(msg.err) == plaidapi.WrongAnswer:
		s.message = "The code could not be sent again. The one that was sent still counts."
		return nav{}, nil
	case msg.err != nil:
		return s.refused(msg.err)
	case again && msg.value.Challenge.Kind == plaidapi.Code:
		s.here.step, s.here.arrived = msg.value, s.now()
		return nav{}, s.sentNow()
	}
	s.note()
	s.arrive(msg.value)
	switch {
	case s.kind() == plaidapi.Code:
		s.code.times = 0
		return nav{}, s.sentNow()
	case s.onlyWay():
		s.here.form.chosen[0] = 0
		return nav{}, s.send()
	}
	return nav{}, nil
}

// onlyWay reports whether a code can be sent to one place only: there is nothing to choose.
func (s *linkScreen) onlyWay() bool {
	fields := s.here.form.fields
	return s.kind() == plaidapi.Device && len(fields) == 1 && len(fields[0].Options) == 1
}

// note remembers that the challenge on screen was passed and how long that took.
func (s *linkScreen) note() {
	s.done = append(s.done, worked{passed(s.kind()), s.now().Sub(s.asked)})
	s.tries, s.message = 0, ""
}

// arrive puts a new challenge on screen.
func (s *linkScreen) arrive(step plaidapi.Step) {
	if s.kind() != 0 {
		s.here.forget()
		s.before = append(s.before, s.here)
	}
	s.here = moment{step: step, form: newForm(unlabelled(step.Challenge)), arrived: s.now()}
	for i := range s.here.form.inputs {
		s.here.form.inputs[i].apart = s.kind() == plaidapi.Code
	}
}

// linked leaves for the first reading of the accounts, or for the page that saves the token: there
// is nothing to be undone.
func (s *linkScreen) linked(step plaidapi.Step, err error) (nav, tea.Cmd) {
	s.here.step = plaidapi.Step{}
	if err != nil {
		return nav{pop: home.pop, push: newUnsaved(step, err)}, nil
	}
	return nav{pop: home.pop, push: newWorking(step.Item, s.done, s.request.Mode, false)}, nil
}

// refused keeps the person where they can mend it, and leaves for a page of its own otherwise.
func (s *linkScreen) refused(err error) (nav, tea.Cmd) {
	switch problem(err) {
	case plaidapi.WrongDetails:
		if s.kind() != plaidapi.Credentials && !s.toCredentials() {
			return s.fail(err), nil
		}
		s.tries++
		s.here.form.wipe()
		s.message = s.bank() + " did not accept these details." + s.warning()
	case plaidapi.WrongAnswer:
		s.tries++
		s.clearAnswer()
		s.message = refusal(s.kind()) + s.warning()
	default:
		return s.fail(err), nil
	}
	s.here.arrived = s.now()
	return nav{}, nil
}

// toCredentials goes back to the sign-in, where there was one: user name kept, all else forgotten.
func (s *linkScreen) toCredentials() bool {
	s.here.forget()
	if len(s.before) == 0 {
		return s.kind() == plaidapi.Credentials
	}
	s.over = append(s.over, s.here.step)
	s.here, s.before, s.done = s.before[0], nil, nil
	s.here.arrived = s.now()
	return s.kind() == plaidapi.Credentials
}

// fail shows a page of its own; when that is left, the attempt starts over.
func (s *linkScreen) fail(err error) nav {
	s.failed = true
	s.here.forget()
	return open(newFailed(err, s.request))
}

// warning counts tries from the second on: banks lock.
func (s *linkScreen) warning() string {
	if s.tries < 2 {
		return ""
	}
	return " " + strconv.Itoa(s.tries) + " tries so far. Many banks lock after 3."
}

// clearAnswer empties what was refused, but keeps choices, one of which may be right, and the
// user name.
func (s *linkScreen) clearAnswer() {
	switch s.kind() {
	case plaidapi.Selection:
		s.here.form.focus(0)
	case plaidapi.Credentials:
		s.here.form.wipe()
	default:
		s.here.form.clear()
	}
}

// restart goes back to the credentials after a failure.
func (s *linkScreen) restart() {
	s.toCredentials()
	s.here.form.wipe()
	s.failed, s.done, s.message, s.tries = false, nil, "", 0
	if f := &s.here.form; len(s.practice) > 0 && len(f.inputs) > 0 && f.inputs[0].value() == s.practice[s.hint%len(s.practice)].Username {
		s.hint++ // what failed once would fail again
	}
}

// edited takes back what is said of the last try: it is not about what stands there now.
func (s *linkScreen) edited() { s.message = strings.TrimSpace(s.warning()) }

func (s *linkScreen) key(msg tea.KeyMsg) (nav, tea.Cmd) {
	if s.sending() {
		if key.Matches(msg, only(s.keys.back)) {
			s.stop()
		}
		return nav{}, nil
	}
	switch {
	case msg.Paste:
	case key.Matches(msg, only(s.keys.back)):
		if s.here.form.widen() {
			return nav{}, nil
		}
		return s.goBack(), nil
	case key.Matches(msg, s.keys.resend) && s.fromDevice():
		return s.sendAgain()
	case key.Matches(msg, s.keys.other) && s.fromDevice():
		return s.goBack(), nil
	case key.Matches(msg, s.keys.fill):
		s.fillIn()
		s.edited()
		return nav{}, nil
	case key.Matches(msg, only(s.keys.open)) && s.unread():
		return nav{}, nil
	}
	switch s.here.form.key(s.keys, msg) {
	case edited:
		s.edited()
	case sent:
		return nav{}, s.send()
	case ignored:
		if key.Matches(msg, s.keys.submit) {
			return said(s.here.form.lacking()), nil
		}
	}
	return nav{}, nil
}

// sending reports whether an answer is under way, or about to be: what is sent is what stood there
// at Enter.
func (s *linkScreen) sending() bool { return s.waiting || s.answer.running() }

// unread reports whether a challenge is so new that Enter cannot have been meant for it.
func (s *linkScreen) unread() bool {
	return !s.here.form.touched() && s.now().Sub(s.here.arrived) < readingTime
}

// goBack returns from a code to the choice of a device, from any other second factor to the
// credentials, and from those to where the link was begun. User name and choices are kept.
func (s *linkScreen) goBack() nav {
	s.message, s.tries = "", 0
	last := len(s.before) - 1
	switch {
	case last < 0:
		if f := s.here.form; len(f.fields) > 0 && !f.fields[0].Secret {
			*s.draft = draft{s.request.Institution.ID, s.here.form.inputs[0].value()}
		}
		return back
	case s.fromDevice():
		s.here.forget()
		s.here, s.before = s.before[last], s.before[:last]
		s.here.arrived = s.now()
	default:
		s.toCredentials()
	}
	return nav{}
}

// send gives the answers to the bank, once. Where the attempt is not open yet it waits for that.
func (s *linkScreen) send() tea.Cmd {
	if s.begin.running() {
		s.waiting = true
		return nil
	}
	answers := s.here.form.answers()
	if s.kind() == plaidapi.Device {
		s.here.sent = answers
	}
	return s.ask(s.here.step, answers)
}

func (s *linkScreen) ask(step plaidapi.Step, answers []plaidapi.Secret) tea.Cmd {
	s.message, s.asked = "", s.now()
	return s.answer.start(s.ctx, func(ctx context.Context) (plaidapi.Step, error) {
		return s.ledger.Answer(ctx, step, answers)
	})
}

// bank is the name of the bank, which may be chosen only on its page.
func (s *linkScreen) bank() string { return cmp.Or(s.request.Institution.Name, unnamed) }

// unnamed is a bank that has not been chosen yet.
const unnamed = "Your bank"
