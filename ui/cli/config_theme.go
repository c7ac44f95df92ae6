package cli

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// What can be chosen, the default first.
var (
	themes = []string{"tartan", "high-contrast", "mono"}
	gains  = []string{"sign only", "blue and amber", "green and red"}
	glyphs = []string{"unicode", ascii}
)

const ascii = "ascii"

// roles are what has a style of its own.
var roles = map[string]bool{
	"text": true, "faint": true, "strong": true, "accent": true, "attention": true, "error": true, "money_in": true, "money_out": true,
}

// inks are the words that a style is made of, each with what it is to the screens: the number of a
// colour, or a weight.
var inks = map[string]string{
	"black": "0", "red": "1", "green": "2", "yellow": "3", "blue": "4", "magenta": "5", "cyan": "6", "white": "7",
	"bright black": "8", "bright red": "9", "bright green": "10", "bright yellow": "11",
	"bright blue": "12", "bright magenta": "13", "bright cyan": "14", "bright white": "15",
	"bold": "bold", "faint": "faint", "underline": "underline", "default": "",
}

// theme reads the setting of that name into Settings.
type theme Settings

// UnmarshalTOML reads the name of a theme, or a table of roles with, if the theme is not the first,
// its name.
func (t *theme) UnmarshalTOML(value any) error {
	named := word{"theme", themes, &t.Theme}
	table, ok := value.(map[string]any)
	if !ok {
		t.Roles = nil
		if named.UnmarshalTOML(value) != nil {
			return errors.New("theme takes " + either(themes) + ", or is a table of colours: [theme]")
		}
		return nil
	}
	t.Theme, t.Roles = themes[0], map[string][]string{}
	for _, role := range slices.Sorted(maps.Keys(table)) {
		if role == "name" {
			named.name = "theme.name"
			if err := named.UnmarshalTOML(table[role]); err != nil {
				return err
			}
			continue
		}
		if !roles[role] {
			return errors.New("theme has " + shown(role) + ": " + instead(role, roles))
		}
		style, err := styled(role, table[role])
		if err != nil {
			return err
		}
		t.Roles[role] = style
	}
	return nil
}

// styled reads the style of a role: "bright blue bold".
func styled(role string, value any) ([]string, error) {
	text, _ := value.(string)
	words := strings.Fields(strings.ReplaceAll(text, "bright ", "bright_"))
	style, colours := make([]string, 0, len(words)), 0
	for _, word := range words {
		word = strings.Replace(word, "_", " ", 1)
		ink, known := inks[word]
		best := nearest(word, inks)
		switch {
		case hexColour(word):
			ink = word
			colours++
		case !known && best != "":
			return nil, errors.New("theme." + role + " has a colour that is not known: did you mean " + best + "?")
		case !known:
			colours = len(inks)
		case ink == "" || ink[0] <= '9':
			colours++
		}
		if ink != "" {
			style = append(style, ink)
		}
	}
	if len(words) == 0 || colours > 1 {
		return nil, errors.New("theme." + role + ` takes a colour, such as "blue", "bright black" or "#7aa2c8", and with it or alone bold, faint or underline`)
	}
	return style, nil
}

// hexColour reports whether a word is "#rrggbb".
func hexColour(word string) bool {
	digits, found := strings.CutPrefix(word, "#")
	_, err := strconv.ParseUint(digits, 16, 32)
	return found && len(digits) == 6 && err == nil
}
