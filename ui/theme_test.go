package ui

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"tartan/ui/cli"
)

// looks are all looks of a number of colours.
func looks(p termenv.Profile) []Look {
	var all []Look
	for _, theme := range Themes() {
		for _, gains := range Gains() {
			for _, dark := range []bool{true, false} {
				all = append(all, Look{Profile: p, Dark: dark, Theme: theme, Gains: gains})
			}
		}
	}
	return all
}

// styles are those of a theme by their roles.
func (t *theme) styles() map[string]style {
	return map[string]style{
		"text": t.text, "strong": t.strong, "faint": t.faint, "accent": t.accent, "selected": t.selected,
		"attention": t.warning, "error": t.danger, "money_in": t.moneyIn, "money_out": t.moneyOut,
	}
}

// luminance is how bright a colour is, as WCAG 2 reckons.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	bits, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(b uint64) float64 {
		v := float64(b&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(bits>>16) + 0.7152*linear(bits>>8) + 0.0722*linear(bits)
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	x, y := luminance(t, a), luminance(t, b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// TestContrast: every colour of every theme can be read on the backgrounds that people have, also
// where a terminal of 256 colours comes as close as it can.
func TestContrast(t *testing.T) {
	grounds := map[bool][]string{
		true:  {"#000000", "#1e1e1e", "#282c34", "#002b36"}, // the last is Solarized's
		false: {"#ffffff", "#fdf6e3"},
	}
	seen := 0
	for _, profile := range []termenv.Profile{termenv.TrueColor, termenv.ANSI256} {
		for _, look := range looks(profile) {
			least := 4.5
			if look.Theme == highContrast && profile == termenv.TrueColor {
				least = 7
			}
			for role, words := range look.roles() {
				for _, word := range words {
					colour := profile.Color(word)
					if colour == nil {
						continue
					}
					hex := termenv.ConvertToRGB(colour).Hex()
					for _, ground := range grounds[look.Dark] {
						seen++
						if c := contrast(t, hex, ground); c < least {
							t.Errorf("%s of %s, %v, in %s (%s) on %s: %.2f to 1", role, look.Theme, profile.Name(), word, hex, ground, c)
						}
					}
				}
			}
		}
	}
	if seen < 200 {
		t.Errorf("only %d pairs were looked at", seen)
	}
}

// TestNoColour: without colours there is weight, and nothing else, whatever a person set.
func TestNoColour(t *testing.T) {
	weights := regexp.MustCompile(`^(\x1b\[[124](;[124])*m)?$`)
	for _, look := range looks(termenv.Ascii) {
		look.Roles = map[string][]string{"accent": {"#ff0000", "bold"}, "error": {"1"}, "text": {"12"}}
		th := themeFor(look)
		for role, s := range th.styles() {
			if !weights.MatchString(s.on) {
				t.Errorf("%s of %s is %q", role, look.Theme, s.on)
			}
		}
		if th.accent.on == "" || th.strong.on == "" {
			t.Errorf("%s has no weight: %+v", look.Theme, th)
		}
	}
}

func TestThemes(t *testing.T) {
	for _, c := range []struct {
		about string
		look  Look
		role  string
		want  string
	}{
		{"many colours, dark", Look{Dark: true}, "attention", "\x1b[38;2;217;164;65m"},
		{"many colours, light", Look{}, "attention", "\x1b[38;2;138;90;0m"},
		{"256 colours", Look{Profile: termenv.ANSI256, Dark: true}, "attention", "\x1b[38;5;179m"},
		{"sixteen", Look{Profile: termenv.ANSI, Dark: true}, "attention", "\x1b[33m"},
		{"an accent is bold too", Look{Profile: termenv.ANSI}, "accent", "\x1b[1;34m"},
		{"faint", Look{}, "faint", "\x1b[2m"},
		{"faint where there is none", Look{Profile: termenv.ANSI}, "faint", "\x1b[90m"},
		{"nothing is faint", Look{Theme: highContrast}, "faint", ""},
		{"mono has no colour", Look{Theme: mono}, "error", ""},
		{"mono has weight", Look{Theme: mono, Profile: termenv.ANSI}, "faint", "\x1b[2m"},
		{"mono for gains too", Look{Theme: mono, Gains: greenRed}, "money_in", ""},
		{"a sign is enough", Look{}, "money_in", ""},
		{"blue comes in", Look{Gains: blueAmber, Dark: true}, "money_in", "\x1b[38;2;122;162;200m"},
		{"amber goes out", Look{Gains: blueAmber, Profile: termenv.ANSI}, "money_out", "\x1b[33m"},
		{"green comes in", Look{Gains: greenRed, Profile: termenv.ANSI}, "money_in", "\x1b[32m"},
		{"red goes out", Look{Gains: greenRed, Profile: termenv.ANSI}, "money_out", "\x1b[31m"},
		{"a role of one's own", Look{Roles: map[string][]string{"error": {"underline", "#ff8000", "bold"}}}, "error", "\x1b[1;4;38;2;255;128;0m"},
		{"one of the sixteen", Look{Roles: map[string][]string{"accent": {"12"}}}, "accent", "\x1b[94m"},
		{"a role that is plain", Look{Roles: map[string][]string{"accent": nil}}, "accent", ""},
		{"strong is what is selected", Look{Roles: map[string][]string{"strong": {"underline"}}}, "selected", "\x1b[4m"},
		{"words nobody knows", Look{Roles: map[string][]string{"accent": {"loud", "", "#x", "-"}}}, "accent", ""},
		{"a theme nobody knows", Look{Theme: "x", Gains: "x", Profile: termenv.ANSI}, "error", "\x1b[31m"},
	} {
		th := themeFor(c.look)
		if got := th.styles()[c.role]; got.on != c.want || (got.off == "") != (got.on == "") {
			t.Errorf("%s: %s is %q", c.about, c.role, got)
		}
	}
}

// TestTextOfOnesOwnColour: it is there from the start of every line and after every other style,
// and ends with the line.
func TestTextOfOnesOwnColour(t *testing.T) {
	th := themeFor(Look{Roles: map[string][]string{"text": {"12"}}})
	got := th.finish("a " + th.strong.paint("b") + " c\nd")
	if want := "\x1b[94ma \x1b[1mb\x1b[0m\x1b[94m c\x1b[0m\n\x1b[94md\x1b[0m"; got != want {
		t.Errorf("%q", got)
	}
	th = themeFor(Look{})
	if got := th.finish("a\n…"); got != "a\n…" {
		t.Errorf("by itself: %q", got)
	}
}

// TestBackground: every screen is drawn in the colours of the background, also those that were there
// before it was known.
func TestBackground(t *testing.T) {
	th := themeFor(Look{Dark: true})
	e := env{theme: &th, look: &look{Look: Look{Dark: true}}, now: time.Now}
	root := &app{stack: stack{env: e}, frame: frame{theme: e.theme}}
	if msg := e.look.OnBackground()(false); msg != (Background{}) {
		t.Errorf("%v", msg)
	}
	root.route(Background{Dark: false})
	if light := themeFor(Look{}); *e.theme != light || *root.frame.theme != light || e.look.Dark {
		t.Errorf("%+v", e.theme)
	}
	if (Look{Profile: termenv.Ascii}).OnBackground() != nil {
		t.Error("without colours, somebody wants to know")
	}
}

// TestConfigAndThemesAgree: what the config files may choose is what there is to choose, and every
// role that may be coloured is.
func TestConfigAndThemesAgree(t *testing.T) {
	folder := t.TempDir()
	read := func() cli.Settings {
		s, err := cli.ReadSettings(folder, "main")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := read(); s.Theme != Themes()[0] || s.Gains != Gains()[0] {
		t.Errorf("by default %s, %s", s.Theme, s.Gains)
	}
	for key, values := range map[string][]string{"theme": Themes(), "gains": Gains()} {
		for _, value := range values {
			if err := cli.SetSetting(folder, "main", key, value); err != nil {
				t.Errorf("%s: %v", value, err)
			}
			if s := read(); s.Theme != value && s.Gains != value {
				t.Errorf("%s is not kept: %+v", value, s)
			}
		}
	}
	th := themeFor(Look{})
	for role := range th.styles() {
		if role == "selected" { // as strong
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, "config.toml"), []byte("[theme]\n"+role+" = \"bright blue underline\""), 0o600); err != nil {
			t.Fatal(err)
		}
		th := themeFor(Look{Roles: read().Roles})
		if s := th.styles()[role]; s.on != "\x1b[4;94m" {
			t.Errorf("%s is %q", role, s.on)
		}
	}
}
