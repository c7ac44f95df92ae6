package sandbox

import (
	"strconv"
	"unicode/utf8"
)

// text builds one JSON text in the layout of the original service: indented by
// two spaces, empty objects and arrays on one line, no newline at the end. It
// appends to one buffer without reflection, because an account may have a
// million rows.
type text struct {
	b     []byte
	depth int
	empty bool // the innermost object or array has no member yet
	tight bool // without any white space: the modern wire's layout

	sink func([]byte) error // where overflow sends what is ready; may be nil
}

// reset forgets what was built and keeps the buffer.
func (t *text) reset() { t.b, t.depth, t.empty, t.tight = t.b[:0], 0, false, false }

// overflow sends what has been built so far once it is long. An error needs no
// answer: the connection is gone, and so is the reader of what follows.
func (t *text) overflow() {
	if len(t.b) >= streamFrom && t.sink != nil {
		_ = t.sink(t.b)
		t.b = t.b[:0]
	}
}

func (t *text) open(bracket byte) {
	t.b = append(t.b, bracket)
	t.depth++
	t.empty = true
}

func (t *text) close(bracket byte) {
	t.depth--
	if !t.empty {
		t.newline()
	}
	t.empty = false
	t.b = append(t.b, bracket)
}

const spaces = "\n                                "

func (t *text) newline() {
	if t.tight {
		return
	}
	t.b = append(t.b, spaces[:1+min(2*t.depth, len(spaces)-1)]...)
}

// next starts the next element of an array.
func (t *text) next() {
	if !t.empty {
		t.b = append(t.b, ',')
	}
	t.empty = false
	t.newline()
}

// key starts the next member of an object. Keys are our own and need no escapes.
func (t *text) key(k string) {
	t.next()
	t.b = append(t.b, '"')
	t.b = append(t.b, k...)
	t.b = append(t.b, `":`...)
	if !t.tight {
		t.b = append(t.b, ' ')
	}
}

func (t *text) object(k string) { t.key(k); t.open('{') }
func (t *text) array(k string)  { t.key(k); t.open('[') }

func (t *text) string(k, v string)        { t.key(k); t.quote(v) }
func (t *text) bool(k string, v bool)     { t.key(k); t.b = strconv.AppendBool(t.b, v) }
func (t *text) int(k string, v int)       { t.key(k); t.b = strconv.AppendInt(t.b, int64(v), 10) }
func (t *text) float(k string, v float64) { t.key(k); t.b = strconv.AppendFloat(t.b, v, 'f', -1, 64) }
func (t *text) null(k string)             { t.key(k); t.b = append(t.b, "null"...) }
func (t *text) cents(k string, v cents)   { t.key(k); t.b = appendCents(t.b, v) }
func (t *text) strings(k string, v []string) {
	t.array(k)
	for _, s := range v {
		t.next()
		t.quote(s)
	}
	t.close(']')
}

// stringOrNull writes null for the empty string.
func (t *text) stringOrNull(k, v string) {
	if v == "" {
		t.null(k)
		return
	}
	t.string(k, v)
}

// quote appends s as JavaScript's JSON.stringify does: nothing but quotes,
// backslashes and control characters is escaped. Bytes that are not UTF-8
// become U+FFFD.
func (t *text) quote(s string) {
	t.b = append(t.b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				t.b = append(t.b, s[start:i]...)
				t.b = append(t.b, "\uFFFD"...)
				start = i + 1
			}
			i += n
		case c >= ' ' && c != '"' && c != '\\':
			i++
		default:
			t.b = append(t.b, s[start:i]...)
			t.escape(c)
			i++
			start = i
		}
	}
	t.b = append(t.b, s[start:]...)
	t.b = append(t.b, '"')
}

func (t *text) escape(c byte) {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		t.b = append(t.b, '\\', c)
	case '\b':
		t.b = append(t.b, `\b`...)
	case '\t':
		t.b = append(t.b, `\t`...)
	case '\n':
		t.b = append(t.b, `\n`...)
	case '\f':
		t.b = append(t.b, `\f`...)
	case '\r':
		t.b = append(t.b, `\r`...)
	default:
		t.b = append(t.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
	}
}

// appendCents writes an amount as the shortest decimal: 200, 1203.4, -0.93.
func appendCents(b []byte, v cents) []byte {
	u := uint64(v)
	if v < 0 {
		b = append(b, '-')
		u = -u
	}
	b = strconv.AppendUint(b, u/100, 10)
	rest := u % 100
	if rest == 0 {
		return b
	}
	b = append(b, '.', byte('0'+rest/10))
	if rest%10 != 0 {
		b = append(b, byte('0'+rest%10))
	}
	return b
}
