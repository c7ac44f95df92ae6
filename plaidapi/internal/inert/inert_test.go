package inert

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestName(t *testing.T) {
	long := strings.Repeat("a", 600)
	tests := []struct{ about, in, want string }{
		{"plain", "Gregorys Coffee", "Gregorys Coffee"},
		{"empty", "", ""},
		{"spaces stay", "  two  spaces ", "  two  spaces "},
		{"accents, composed and not", "Café Cafe\u0301", "Café Cafe\u0301"},
		{"CJK", "東京銀行 한국은행", "東京銀行 한국은행"},
		{"Arabic and Hebrew", "بنك القاهرة בנק", "بنك القاهرة בנק"},
		{"Persian keeps its non-joiner", "می\u200cخواهم", "می\u200cخواهم"},
		{"Devanagari keeps its joiner", "क्\u200dष", "क्\u200dष"},
		{"family emoji", "👨\u200d👩\u200d👧 café", "👨\u200d👩\u200d👧 café"},
		{"rainbow flag", "🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"},
		{"skin tone", "👍🏽", "👍🏽"},
		{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"ideographic variation", "葛\U000E0100", "葛\U000E0100"},
		{"tab and newline", "a\tb\nc", "a b c"},
		{"escape sequence", "a\x1b[31mred", "a�[31mred"},
		{"carriage return and bell", "a\r\ab", "a�b"},
		{"DEL", "a\x7fb", "a�b"},
		{"C1 as a character", "a\u009b31m", "a�31m"},
		{"C1 as a byte", "a\x9b31m", "a�31m"},
		{"cut UTF-8", "a\xe2\x82", "a�"},
		{"bidi override", "safe\u202etxt.exe", "safe�txt.exe"},
		{"bidi isolates and marks", "\u2066a\u2069\u200e\u061cb", "�a�b"},
		{"zero width", "pay\u200bpal\ufeff", "pay�pal�"},
		{"word joiner, soft hyphen, grapheme joiner", "a\u2060b\u00adc\u034fd", "a�b�c�d"},
		{"Hangul filler", "\u3164\u115fA", "�A"},
		{"Braille blank", "a\u2800b", "a�b"},
		{"tags", "🏴\U000E0067\U000E007F", "🏴�"},
		{"line separators", "a\u2028b\u2029c", "a�b�c"},
		{"noncharacters", "a\ufdd0\uffffb", "a�b"},
		{"private use", "a\ue000b", "a�b"},
		{"unassigned", "a\u0378b", "a�b"},
		{"joiner among Latin letters", "pay\u200dpal", "pay�pal"},
		{"joiner at the end", "👨\u200d", "👨�"},
		{"non-joiner in an emoji", "👨\u200c👩", "👨�👩"},
		{"selector on a letter", "a\ufe0fb", "a�b"},
		{"selector on a digit without a keycap", "1\ufe0f", "1�"},
		{"mark with no letter", "\u0301a", "�a"},
		{"mark on a space", "a \u0301", "a �"},
		{"five marks", "e\u0301\u0301\u0301\u0301\u0301x", "e\u0301\u0301\u0301\u0301x"},
		{"a run is one mark", "a" + strings.Repeat("\u200b", 500) + "b", "a�b"},
		{"a mark of theirs joins the run", "a��b", "a�b"},
		{"too long", long, strings.Repeat("a", 511) + "…"},
		{"just long enough", long[:512], long[:512]},
		{"cut inside an emoji", long[:511] + "👨\u200d👩", long[:511] + "…"},
		{"marks do not count as letters", strings.Repeat("e\u0301", 512), strings.Repeat("e\u0301", 512)},
	}
	for _, test := range tests {
		if got := Name(test.in); got != test.want {
			t.Errorf("%s: %+q, want %+q", test.about, got, test.want)
		}
	}
}

func TestMessageLength(t *testing.T) {
	if got := Message(strings.Repeat("é", 3000)); utf8.RuneCountInString(got) != 2000 {
		t.Errorf("a message keeps %d letters, want 2000", utf8.RuneCountInString(got))
	}
}

func TestPlainTextCostsNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { Name("Online Transfer to Sav ...9606") }); n != 0 {
		t.Errorf("%v allocations for plain ASCII, want 0", n)
	}
}

func FuzzName(f *testing.F) {
	for _, seed := range []string{"abc", "\x1b]0;x\a", "👨\u200d👩", "e\u0301\u0301", "\xff\u202e", "1\ufe0f\u20e3", "क्\u200dष"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		out := Name(in)
		if !utf8.ValidString(out) {
			t.Fatalf("%+q gives invalid UTF-8", in)
		}
		if again := Name(out); again != out {
			t.Fatalf("%+q gives %+q, and that gives %+q", in, out, again)
		}
		letters, marks := 0, 0
		for i, r := range out {
			alone := i == 0
			switch {
			case joiner(r), selector(r):
				if alone {
					t.Fatalf("%+q begins with an invisible character", out)
				}
			case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), unicode.Is(unicode.Zl, r),
				unicode.Is(unicode.Zp, r), unicode.Is(unicode.Noncharacter_Code_Point, r), r != Mark && hidden(r):
				t.Fatalf("%+q lets %U through", in, r)
			case combining(r):
				if marks++; alone || marks > marksPerLetter {
					t.Fatalf("%+q piles up marks", out)
				}
			default:
				letters, marks = letters+1, 0
			}
		}
		if letters > nameLetters {
			t.Fatalf("%d letters", letters)
		}
	})
}

func BenchmarkName(b *testing.B) {
	for b.Loop() {
		Name("Online Transfer from External Sav ...3092")
	}
}
