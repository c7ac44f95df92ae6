package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// KeysError is a mistake in the [keys] table of the config file. Its text is for people.
type KeysError struct{ text string }

func (e *KeysError) Error() string { return e.text }

// UserText says what is wrong and what to do.
func (e *KeysError) UserText() string { return e.text }

// ExitCode is that of any mistake in the config file.
func (e *KeysError) ExitCode() int { return 64 }

func badKeys(format string, parts ...any) error { return &KeysError{fmt.Sprintf(format, parts...)} }

// CheckKeys reports a deed that is not known, a key that no terminal sends, or a key that would mean
// two things in one place.
func CheckKeys(own map[string][]string) error {
	deeds := new(keys).deeds(own)
	for _, name := range slices.Sorted(maps.Keys(own)) {
		at := slices.IndexFunc(deeds, func(d deed) bool { return d.name == name && name != "" })
		if at < 0 {
			return badKeys("[keys] has %q, which is nothing that a key can do. %s", name, known(deeds, name))
		}
		if len(own[name]) == 0 {
			return badKeys("[keys] gives %q no key.", name)
		}
		for _, k := range own[name] {
			if _, ok := strike(k); !ok {
				return badKeys("[keys] gives %q the key %q, which is none. Keys are written as a, A, ctrl+a, f5, up, space.", name, k)
			}
			if deeds[at].in&inForms != 0 && utf8.RuneCountInString(k) == 1 {
				return badKeys("[keys] gives %q the key %q, which is text in a form. Take one with ctrl.", name, k)
			}
		}
	}
	return conflict(deeds, own)
}

// known is what a name may have been meant to be, or where all names are found.
func known(deeds []deed, name string) string {
	for _, d := range deeds {
		if d.name != "" && strings.HasPrefix(d.name, name[:min(3, len(name))]) {
			return "Did you mean " + d.name + "?"
		}
	}
	return "README lists what there is."
}

// conflict names two deeds that one key would do in one place.
func conflict(deeds []deed, own map[string][]string) error {
	for i, d := range deeds {
		if _, is := own[d.name]; !is || d.name == "" {
			continue
		}
		for j, other := range deeds {
			if i == j || d.in&other.in == 0 {
				continue
			}
			for _, k := range d.keys {
				if slices.Contains(other.keys, k) {
					return badKeys("[keys] gives %q to %s, but it also does: %s. Give one of them another key.", k, d.name, other.does)
				}
			}
		}
	}
	return nil
}

// strike is the message of a key that is pressed, by its name.
func strike(name string) (tea.KeyMsg, bool) {
	if name == " " || name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}, true
	}
	plain, alt := strings.CutPrefix(name, "alt+")
	if utf8.RuneCountInString(plain) == 1 {
		r, _ := utf8.DecodeRuneInString(plain)
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: alt}, r > ' ' && r != utf8.RuneError
	}
	const lowest, highest = -100, 127 // of Bubble Tea's numbers for keys
	for t := tea.KeyType(lowest); t <= highest; t++ {
		if msg := (tea.KeyMsg{Type: t, Alt: alt}); t != tea.KeyRunes && plain != "" && (tea.KeyMsg{Type: t}).String() == plain {
			return msg, true
		}
	}
	return tea.KeyMsg{}, false
}

// pressed is the message of a binding's first key.
func pressed(b key.Binding) tea.KeyMsg {
	msg, _ := strike(b.Keys()[0])
	return msg
}
