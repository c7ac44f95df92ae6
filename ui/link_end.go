package ui

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
)

// leave empties every field, and gives up what was begun: the screen is left for good.
func (s *linkScreen) leave() {
	s.over = append(s.over, s.here.step)
	s.here.form.clear()
	for i := range s.before {
		s.before[i].form.clear()
	}
}

// giveUp undoes what is left at the bank of attempts that nobody goes on with. It goes on when the
// screen is gone; what it cannot undo, home tells.
func (s *linkScreen) giveUp() tea.Cmd {
	l, over := s.ledger, slices.DeleteFunc(s.over, func(step plaidapi.Step) bool { return step.Attempt == "" })
	s.over = nil
	if len(over) == 0 {
		return nil
	}
	return s.abandon.start(context.WithoutCancel(s.ctx), func(ctx context.Context) (none struct{}, err error) {
		for _, step := range over {
			err = errors.Join(err, l.Abandon(ctx, step))
		}
		return none, err
	})
}

// stop ends the waiting for an answer. One that is under way ends the attempt: the way on is a new
// sign-in.
func (s *linkScreen) stop() {
	if s.answer.running() {
		s.answer.stop()
		s.toCredentials()
		s.message = "Stopped. If the bank still lets this through, tartan undoes it there."
	}
	s.waiting = false
}

// forgotten is said where fields were emptied because they were left alone.
const forgotten = "What was typed was forgotten after two minutes without a key."

// expire empties fields that have been left alone for too long.
func (s *linkScreen) expire(msg lookup) tea.Cmd {
	over, watch := s.alone.over(&s.env, msg)
	if over && s.here.holds() {
		s.here.forget()
		s.message = forgotten
	}
	return watch
}
