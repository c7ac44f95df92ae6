package ui

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/plaidapi"
	"tartan/ui/query"
)

// subject is a transaction that something is written about, and what is written about it so far.
type subject struct {
	key  query.Key
	bank plaidapi.Transaction // as the bank tells it
	own  query.Written
}

// mostSubjects is how many transactions one change may be about.
const mostSubjects = 10_000

// subjects are transactions of a list.
func subjects(v *query.View, from, to int) []subject {
	all := make([]subject, 0, to-from)
	for i := from; i < to; i++ {
		t := v.At(i)
		all = append(all, subject{query.Key{Item: t.ItemID, ID: t.ID}, t, v.Written(i)})
	}
	return all
}

// together is what the subjects are called together: "Chevron", "3 transactions".
func together(all []subject) string {
	if len(all) == 1 {
		if name := called(&all[0].bank, all[0].own); name != "" {
			return name
		}
	}
	return count(len(all), "transaction")
}

// mark is one that makes a field of a subject hold a value.
func (s subject) mark(field plaidapi.MarkField, value string) plaidapi.Mark {
	return plaidapi.Mark{Subject: plaidapi.Subject{ItemID: s.key.Item, TransactionID: s.key.ID}, Field: field, Value: value}
}

// marks are those that give all subjects one value.
func marks(all []subject, field plaidapi.MarkField, value string) []plaidapi.Mark {
	out := make([]plaidapi.Mark, len(all))
	for i, s := range all {
		out[i] = s.mark(field, value)
	}
	return out
}

// tagList are the tags in a text with commas between them.
func tagList(text string) (tags []string) {
	for tag := range strings.SplitSeq(text, ",") {
		if tag = strings.TrimSpace(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// common are the tags that all subjects have.
func common(all []subject) []string {
	tags := slices.Clone(all[0].own.Tags)
	for _, s := range all[1:] {
		tags = slices.DeleteFunc(tags, func(tag string) bool { return !slices.Contains(s.own.Tags, tag) })
	}
	return tags
}

// retag are the marks that take tags which all subjects had away from them, or give them more. What
// only some of them have stays.
func retag(all []subject, had, have []string) []plaidapi.Mark {
	out := make([]plaidapi.Mark, len(all))
	for i, s := range all {
		tags := slices.DeleteFunc(slices.Clone(s.own.Tags), func(tag string) bool {
			return slices.Contains(had, tag) && !slices.Contains(have, tag)
		})
		for _, tag := range have {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
		out[i] = s.mark(plaidapi.OwnTags, strings.Join(tags, ", "))
	}
	return out
}

// leaveOut is what leaves all subjects out of totals, or counts them again where all are left out,
// with what it is about and what it says.
func (e *env) leaveOut(all []subject) (about, done string, changes []plaidapi.Mark) {
	value, now := "yes", " left out of totals."
	if !slices.ContainsFunc(all, func(s subject) bool { return !s.own.LeftOut }) {
		value, now = "", " counted again."
	}
	verb := " is"
	if len(all) > 1 {
		verb = " are"
	}
	return "leaving out " + together(all), e.takenBack(together(all) + verb + now), marks(all, plaidapi.LeftOut, value)
}

// takenBack is what was done, and the key that takes it back.
func (e *env) takenBack(done string) string {
	return done + " " + e.keys.undo.Help().Key + " takes it back."
}

// change writes marks as one change; the task's reply is what to say then.
func (e *env) change(t *task[string], about, done string, changes []plaidapi.Mark) tea.Cmd {
	l := e.ledger
	return t.start(e.ctx, func(ctx context.Context) (string, error) {
		return done, l.Write(ctx, about, changes...)
	})
}
