package sandbox

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"
)

// Every class of text that can harm a screen stands among the names that are
// shown at any time.
func TestHostileNamesHaveEachClass(t *testing.T) {
	has := func(parts ...string) func(string) bool {
		return func(s string) bool {
			for _, part := range parts {
				if !strings.Contains(s, part) {
					return false
				}
			}
			return true
		}
	}
	marks := func(s string) bool {
		most, run := 0, 0
		for _, r := range s {
			if run++; !unicode.Is(unicode.Mn, r) {
				run = 0
			}
			most = max(most, run)
		}
		return most >= 60
	}
	among := func(table *unicode.RangeTable) func(string) bool {
		return func(s string) bool { return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(table, r) }) }
	}
	classes := map[string]func(string) bool{
		"CSI": has("\x1b["), "OSC, BEL": has("\x1b]", "\x07"), "OSC, ST": has("\x1b]", "\x1b\\"), "DCS": has("\x1bP"), "reset": has("\x1bc"),
		"C1 CSI": has("\u009b"), "C1 OSC": has("\u009d"), "NEL": has("\u0085"),
		"CR": has("\r"), "BEL": has("\x07"), "backspace": has("\b"), "tab": has("\t"), "newline": has("\n"), "NUL": has("\x00"), "DEL": has("\x7f"),
		"override": has("\u202e"), "isolate": has("\u2066"), "right mark": has("\u200f"), "line separator": has("\u2028"),
		"zero width": has("\u200b"), "joiner": has("\u200d"), "BOM": has("\ufeff"), "tags": has("\U000e0069"), "marks": marks,
		"Han": among(unicode.Han), "Arabic": among(unicode.Arabic), "Hebrew": among(unicode.Hebrew), "flag": has("🇩🇪"), "family": has("👨‍👩‍👧‍👦"),
		"long": func(s string) bool { return utf8.RuneCountInString(s) >= 600 }, "empty": func(s string) bool { return s == "" },
		"blank": func(s string) bool { return s != "" && strings.TrimSpace(s) == "" }, "prompt": has("Password:"), "table row": has("│"),
	}
	for _, now := range []time.Time{at(2026, time.March, 9), at(2028, time.September, 30)} {
		rows := rowsOf(named(t, Options{}, "hostile"), now, "", "")
		for class, is := range classes {
			found := false
			for _, row := range rows {
				if !utf8.ValidString(row.Name) {
					t.Fatalf("%q cannot be sent as JSON", row.Name)
				}
				found = found || is(row.Name)
			}
			if !found {
				t.Errorf("no name has %s", class)
			}
		}
	}
}

func TestHostileAmountsAndAccounts(t *testing.T) {
	p := named(t, Options{}, "hostile")
	now := at(2026, time.March, 9)
	var out, in, pending, uncategorised int
	for _, row := range rowsOf(p, now, "", "") {
		switch row.Amount {
		case 999_999_999_999:
			out++
		case -999_999_999_999:
			in++
		}
		if row.Pending {
			pending++
		}
		if row.CategoryID == "" {
			uncategorised++
		}
	}
	if out < 10 || in < 10 || pending == 0 || uncategorised == 0 {
		t.Errorf("%d out, %d in, %d pending, %d uncategorised", out, in, pending, uncategorised)
	}
	for _, a := range p.accounts(now) {
		if !strings.ContainsFunc(a.Name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("%q harms nobody", a.Name)
		}
	}
}
