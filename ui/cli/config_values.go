package cli

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
)

// pause is how long; 0: for ever.
type pause time.Duration

// UnmarshalTOML reads "10m" or "never".
func (p *pause) UnmarshalTOML(value any) error {
	text, _ := value.(string)
	d, err := time.ParseDuration(text)
	switch {
	case text == "never":
		*p = 0
	case err != nil || d < time.Second:
		return errors.New(`lock_after takes a time such as "10m" or "1h30m", or "never"`)
	default:
		*p = pause(d)
	}
	return nil
}

// choice is a setting that is on or off.
type choice struct {
	name string
	into *bool
}

// UnmarshalTOML reads true or false.
func (c *choice) UnmarshalTOML(value any) error {
	b, ok := value.(bool)
	if !ok {
		return errors.New(c.name + " takes true or false")
	}
	*c.into = b
	return nil
}

// word is a setting that is one of a few words.
type word struct {
	name  string
	known []string
	into  *string
}

// UnmarshalTOML reads one of them.
func (w *word) UnmarshalTOML(value any) error {
	text, _ := value.(string)
	if !slices.Contains(w.known, text) {
		return errors.New(w.name + " takes " + either(w.known))
	}
	*w.into = text
	return nil
}

// either lists words that one is chosen of: "a", "b" or "c".
func either(words []string) string {
	last := len(words) - 1
	return `"` + strings.Join(words[:last], `", "`) + `" or "` + words[last] + `"`
}

// command is a program and its arguments.
type command []string

// UnmarshalTOML reads a list of words.
func (c *command) UnmarshalTOML(value any) error {
	words, ok := texts(value)
	if !ok {
		return errors.New(`passphrase_command takes a program and its arguments, such as ["pass", "show", "tartan"]`)
	}
	*c = words
	return nil
}

// texts is a list of texts, none of them empty; false for anything else.
func texts(value any) ([]string, bool) {
	list, _ := value.([]any)
	words := make([]string, len(list))
	for i := range list {
		words[i], _ = list[i].(string)
	}
	return words, len(words) > 0 && !slices.Contains(words, "")
}

// bindings are the keys of actions.
type bindings map[string][]string

// UnmarshalTOML reads a table of actions, each with a key or a list of keys. What a file does not
// name stays as another file has it.
func (b *bindings) UnmarshalTOML(value any) error {
	table, ok := value.(map[string]any)
	if !ok {
		return errors.New(`keys is a table: [keys], and under it lines such as filter = "f"`)
	}
	all := bindings{}
	for action, keys := range *b {
		all[action] = keys
	}
	for action, value := range table {
		keys, ok := texts(value)
		if key, single := value.(string); single {
			keys, ok = []string{key}, key != ""
		}
		if !ok || !plain(action) || slices.ContainsFunc(keys, noKey) {
			return errors.New("keys." + shown(action) + ` takes a key such as "f", or a list such as ["/", "ctrl+f"]; the space bar is "space"`)
		}
		all[action] = keys
	}
	*b = all
	return nil
}

// noKey reports whether a text can be no key's name.
func noKey(text string) bool {
	return len(text) > 24 || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsGraphic(r) || unicode.IsSpace(r) })
}
