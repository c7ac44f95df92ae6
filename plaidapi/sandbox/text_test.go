package sandbox

import (
	"encoding/json"
	"testing"
	"unicode/utf8"
)

func TestAppendCents(t *testing.T) {
	for v, want := range map[cents]string{
		0: "0", 1: "0.01", 10: "0.1", 100: "1", 20000: "200", -93: "-0.93", -80000: "-800",
		120342: "1203.42", 120340: "1203.4", -304244: "-3042.44",
		-1 << 63: "-92233720368547758.08", 1<<63 - 1: "92233720368547758.07",
	} {
		if got := string(appendCents(nil, v)); got != want {
			t.Errorf("%d: %s, want %s", v, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"":                   `""`,
		"Café <b>&\u2028":    "\"Café <b>&\u2028\"",
		"a\"b\\c":            `"a\"b\\c"`,
		"\b\t\n\f\r":         `"\b\t\n\f\r"`,
		"\x1b[31m\x00\x7f":   "\"\\u001b[31m\\u0000\x7f\"",
		"\x80ab\xff":         "\"\uFFFDab\uFFFD\"",
		"\u202eltr\u2066 漢字": "\"\u202eltr\u2066 漢字\"",
	} {
		var b text
		b.quote(in)
		if got := string(b.b); got != want {
			t.Errorf("%q: %s, want %s", in, got, want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("plain")
	f.Add("\xe2\x28\xa1\"\\\x01")
	f.Fuzz(func(t *testing.T, s string) {
		var b text
		b.quote(s)
		var back string
		if err := json.Unmarshal(b.b, &back); err != nil {
			t.Fatalf("%q gives %s: %v", s, b.b, err)
		}
		if utf8.ValidString(s) && back != s {
			t.Fatalf("%q came back as %q", s, back)
		}
	})
}

func TestTextLayout(t *testing.T) {
	var b text
	b.open('{')
	b.array("none")
	b.close(']')
	b.object("empty")
	b.close('}')
	b.array("rows")
	b.next()
	b.open('{')
	b.int("n", 1)
	b.null("nil")
	b.close('}')
	b.next()
	b.quote("x")
	b.close(']')
	b.float("f", 0.2)
	b.stringOrNull("s", "")
	b.close('}')
	const want = `{
  "none": [],
  "empty": {},
  "rows": [
    {
      "n": 1,
      "nil": null
    },
    "x"
  ],
  "f": 0.2,
  "s": null
}`
	if string(b.b) != want {
		t.Errorf("got\n%s\nwant\n%s", b.b, want)
	}
}
