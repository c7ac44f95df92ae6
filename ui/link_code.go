package ui

import (
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// resendAfter is how long a code is waited for before it can be sent once more.
const resendAfter = time.Minute

// countedFor is how long the age of a code is counted on screen.
const countedFor = time.Hour

// sentCode is the code that is on its way to a device.
type sentCode struct {
	seconds
	at    time.Time // when it was sent last
	times int
	again bool // the answer under way asks for it once more
}

// sentNow notes that the code has just been sent, and begins to count.
func (s *linkScreen) sentNow() tea.Cmd {
	s.code.at, s.code.times = s.now(), s.code.times+1
	return s.count()
}

// count goes on counting while the code is asked for.
func (s *linkScreen) count() tea.Cmd {
	if s.kind() != plaidapi.Code || s.codeAge() > countedFor {
		return nil
	}
	return s.code.run(&s.env)
}

func (s *linkScreen) codeAge() time.Duration { return s.now().Sub(s.code.at).Truncate(time.Second) }

// fromDevice reports whether a code is asked for that was sent to a device of the person's choice.
func (s *linkScreen) fromDevice() bool {
	last := len(s.before) - 1
	return s.kind() == plaidapi.Code && last >= 0 && s.before[last].step.Challenge.Kind == plaidapi.Device
}

// device is what the code was sent to; false where nobody chose.
func (s *linkScreen) device() (o plaidapi.Option, ok bool) {
	if !s.fromDevice() {
		return o, false
	}
	f := s.before[len(s.before)-1].form
	if len(f.fields) != 1 || f.chosen[0] < 0 {
		return o, false
	}
	return f.fields[0].Options[f.chosen[0]], true
}

// otherWays reports whether the code can go to another device.
func (s *linkScreen) otherWays() bool {
	return s.fromDevice() && slices.ContainsFunc(s.before[len(s.before)-1].form.fields, func(f plaidapi.Field) bool {
		return len(f.Options) > 1
	})
}

// sendAgain answers the choice of a device once more, as it was answered before.
func (s *linkScreen) sendAgain() (nav, tea.Cmd) {
	if age := s.codeAge(); age < resendAfter {
		return said("The code can be sent again in " + spanned(resendAfter-age) + "."), nil
	}
	s.code.again = true
	s.here.form.clear()
	device := s.before[len(s.before)-1]
	return nav{}, s.ask(device.step, device.sent)
}

// whereSent says where the code went and when, and when it can be sent again. What the bank says of
// it itself is marked as the bank's.
func (s *linkScreen) whereSent(room int) []string {
	age, ago := s.codeAge(), ", over an hour ago"
	if age <= countedFor {
		ago = ", " + spanned(age) + " ago"
	}
	if s.code.times > 1 {
		ago += ", " + count(s.code.times, "time") + " so far"
	}
	o, ok := s.device()
	if !ok {
		if said := s.here.step.Challenge.Prompt; said != "" {
			return wrap("The bank says: "+said, room)
		}
		return nil
	}
	to := o.Detail
	if strings.HasPrefix(to, "phone ") {
		to = "the " + to
	}
	if to != "" {
		to = " to " + to
	}
	long, short := "Sent by "+o.Label+to+ago+".", "Sent"+to+ago+"."
	if width(long) > room {
		long = short
	}
	next := s.keys.resend.Help().Key + " sends it again."
	if age < resendAfter {
		next = "Send again in " + spanned(resendAfter-age) + "."
	}
	return append(wrap(long, room), next)
}
