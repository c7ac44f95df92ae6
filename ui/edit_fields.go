package ui

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/ui/ledger"
)

// field is what an edit page writes.
type field struct {
	title string // "Category"
	mark  plaidapi.MarkField
	hint  string // what an empty line means, or how to write more than one
	lists bool   // there are known words to choose from
	many  bool   // several words, with commas between them
}

func noteField() field {
	return field{title: "Note", mark: plaidapi.OwnNote, hint: "An empty line takes the note away."}
}

func tagsField() field {
	return field{title: "Tags", mark: plaidapi.OwnTags, hint: "Words with commas between them.", lists: true, many: true}
}

func nameField() field {
	return field{title: "Name", mark: plaidapi.OwnName, hint: "An empty line brings the bank's name back."}
}

func categoryField() field {
	return field{title: "Category", mark: plaidapi.OwnCategory, hint: "Choose one, or type your own. An empty line brings the bank's back.", lists: true}
}

// value is what a subject's field holds now, in the person's words.
func (f field) value(s subject) string {
	switch f.mark {
	case plaidapi.OwnNote:
		return s.own.Note
	case plaidapi.OwnName:
		return s.own.Name
	case plaidapi.OwnCategory:
		return s.own.Category
	}
	return strings.Join(s.own.Tags, ", ")
}

// before is what the line begins with: what all subjects have.
func (f field) before(all []subject) string {
	if f.many {
		return strings.Join(common(all), ", ")
	}
	first := f.value(all[0])
	for _, s := range all[1:] {
		if f.value(s) != first {
			return ""
		}
	}
	return first
}

// changes are what writes a text, with what they are about and what they say then.
func (f field) changes(e *env, all []subject, before, text string) (about, done string, changes []plaidapi.Mark) {
	text = strings.TrimSpace(text)
	about = strings.ToLower(f.title) + " of " + together(all)
	if f.many {
		tags := tagList(text)
		return about, e.takenBack("Saved tags of " + together(all) + "."), retag(all, tagList(before), tags)
	}
	done = "Saved " + about + "."
	if text == "" {
		done = f.title + " of " + together(all) + " taken away."
	}
	return about, e.takenBack(done), marks(all, f.mark, text)
}

// mostKnown is among how many of the newest transactions known words are looked for.
const mostKnown = 50_000

// known are the words that stand in the field of transactions, the commonest first.
func (f field) known(ctx context.Context, l *ledger.Ledger) ([]string, error) {
	v, err := l.View(ctx)
	if err != nil || !f.lists {
		return nil, err
	}
	often := map[string]int{}
	for i := range min(v.Len(), mostKnown) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		own := v.Written(i)
		if f.many {
			for _, tag := range own.Tags {
				often[tag]++
			}
			continue
		}
		t := v.At(i)
		for _, part := range t.Category.Path {
			often[part]++
		}
		often[own.Category]++
	}
	delete(often, "")
	return slices.SortedFunc(maps.Keys(often), func(a, b string) int {
		return cmp.Or(cmp.Compare(often[b], often[a]), strings.Compare(a, b))
	}), nil
}
