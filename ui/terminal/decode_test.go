package terminal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"
)

// decodeAll decodes input that arrives in the given reads, with no long pause before the end.
func decodeAll(reads ...string) []tea.Msg {
	var d decoder
	var msgs []tea.Msg
	take := func() {
		for msg := d.next(); msg != nil; msg = d.next() {
			msgs = append(msgs, msg)
		}
	}
	for _, r := range reads {
		d.feed([]byte(r))
		take()
	}
	if d.patience() >= 0 {
		d.stall()
		take()
	}
	return msgs
}

func names(msgs []tea.Msg) string {
	var s []string
	for _, m := range msgs {
		s = append(s, fmt.Sprint(m))
	}
	return strings.Join(s, ", ")
}

func TestDecodeKeys(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"jjj", "j, j, j"},
		{"/ube\r", "/, u, b, e, enter"},
		{"typed ahead\n", "t, y, p, e, d,  , a, h, e, a, d, enter"},
		{" \t\x7f\x00\x03\x0c", " , tab, backspace, ctrl+@, ctrl+c, ctrl+l"},
		{"ü€👍", "ü, €, 👍"},
		{"\x1b", "esc"},
		{"\x1b\x1b", "esc, esc"},
		{"\x1b\x1b[A", "esc, up"},
		{"\x1bx\x1b\x7f\x1bü\x1b[", "alt+x, alt+backspace, alt+ü, alt+["},
		{"\x1bO", "alt+O"},
		{"\x1b]", "alt+]"},
		{"\x1bP", "alt+P"},
		{"\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1bOB", "up, down, right, left, up, down"},
		{"\x1b[1;2A\x1b[1;3A\x1b[1;5A\x1b[1;6A\x1b[1;7A", "shift+up, alt+up, ctrl+up, ctrl+shift+up, alt+ctrl+up"},
		{"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~\x1bOH\x1b[1;5F", "home, end, home, end, home, end, home, ctrl+end"},
		{"\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[5;5~\x1b[3;5~", "insert, delete, pgup, pgdown, ctrl+pgup, delete"},
		{"\x1bOP\x1b[11~\x1b[[A\x1b[[E\x1b[15~\x1b[24~\x1b[1;2P\x1b[15;2~\x1b[34~", "f1, f1, f1, f5, f5, f12, f13, f17, f20"},
		{"\x1b[Z", "shift+tab"},
		{"a\xffb\xc3\x28\xed\xa0\x80", "a, b, ("},
		{"\u0085x\u009b", "x"}, // C1 controls
	} {
		if got := names(decodeAll(c.in)); got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
}

// TestDecodeDrops: what terminals answer, and what no one knows, is no key.
func TestDecodeDrops(t *testing.T) {
	for _, in := range []string{
		"\x1b[?62;4c", "\x1b[>1;4000;19c", "\x1b[24;80R", "\x1b[0n", "\x1b[?2026;2$y", "\x1b[8;40;120t",
		"\x1b]10;rgb:ffff/ffff/ffff\x07", "\x1b]11;?\x1b\\", "\x1b]11;rgb:ff/ff\x07", "\x1b]11;rgb:ff/ff/fffff\x07",
		"\x1bP11;rgb:ff/ff/ff\x1b\\", "\x1b]11;rgb:ff/ff/ff" + strings.Repeat("/", 100) + "\x07", "\x1bP1+r544e=787465\x1b\\",
		"\x1b_Gi=1;OK\x1b\\", "\x1b[I", "\x1b[O", "\x1b[97;5u", "\x1b[999~", "\x1b[1;99A", "\x1b[12", "\x1b[[Z",
		"\x1b[<0;1M", "\x1b[<0;0;1M", "\x1b[M\x1f!!", "\x1b[200~\x1b[201~", "\x1b[99999999999999999999~",
	} {
		if got := names(decodeAll(in + "x")); got != "x" && got != "" {
			t.Errorf("%q then x: %s", in, got)
		}
		if got := names(decodeAll("a", in, "")); got != "a" {
			t.Errorf("a, then %q: %s", in, got)
		}
	}
}

// TestDecodeBackground: the one answer that is wanted, in every form that terminals give it.
func TestDecodeBackground(t *testing.T) {
	for in, want := range map[string]string{
		"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\x":    "true, x",
		"\x1b]11;rgb:ffff/ffff/ffff\x07x":      "false, x",
		"\x1b]11;rgb:fd/f6/e3\x07":             "false",
		"\x1b]11;rgba:0000/2b2b/3636/ffff\x07": "true",
		"\x1b]11;rgb:0/0/f\x1b\\":              "true",
	} {
		for cut := range in {
			if got := names(decodeAll(in[:cut], in[cut:])); got != want {
				t.Errorf("%q cut at %d: %s, want %s", in, cut, got, want)
			}
		}
	}
}

// TestDecodeGoesOn: broken sequences swallow no key for long.
func TestDecodeGoesOn(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"\x1b[12\x03", "ctrl+c"},
		{"\x1b]unfinished\x03", "ctrl+c"},
		{"\x1b]unfinished\x1b[A", "up"},
		{"\x1b[" + strings.Repeat("1;", 500) + "\x03", "ctrl+c"},
		{"\x1b[200~never ends\x03", "[never ends\x03]"},
	} {
		got := names(decodeAll(c.in))
		if !strings.HasSuffix(got, c.want) {
			t.Errorf("%q: %s, want %s at the end", c.in, got, c.want)
		}
	}
	if got := decodeAll("\x1bP" + strings.Repeat("x", maxReply+10)); len(got) == 0 {
		t.Error("an endless reply swallows everything")
	}
}

func TestDecodeMouse(t *testing.T) {
	for _, c := range []struct {
		in   string
		want tea.MouseMsg
	}{
		{"\x1b[<0;5;7M", tea.MouseMsg{X: 4, Y: 6, Button: tea.MouseButtonLeft}},
		{"\x1b[<2;1;1m", tea.MouseMsg{Button: tea.MouseButtonRight, Action: tea.MouseActionRelease}},
		{"\x1b[<64;300;200M", tea.MouseMsg{X: 299, Y: 199, Button: tea.MouseButtonWheelUp}},
		{"\x1b[<69;1;1M", tea.MouseMsg{Shift: true, Button: tea.MouseButtonWheelDown}},
		{"\x1b[<50;2;2M", tea.MouseMsg{X: 1, Y: 1, Ctrl: true, Button: tea.MouseButtonRight, Action: tea.MouseActionMotion}},
		{"\x1b[<35;2;2M", tea.MouseMsg{X: 1, Y: 1, Button: tea.MouseButtonNone, Action: tea.MouseActionMotion}},
		{"\x1b[<128;1;1M", tea.MouseMsg{Button: tea.MouseButtonBackward}},
		{"\x1b[M\x20\x21\x22", tea.MouseMsg{X: 0, Y: 1, Button: tea.MouseButtonLeft}},
		{"\x1b[M\x23\x21\x21", tea.MouseMsg{Button: tea.MouseButtonNone, Action: tea.MouseActionRelease}},
		{"\x1b[M\x60\x21\x21", tea.MouseMsg{Button: tea.MouseButtonWheelUp}},
	} {
		got := decodeAll(c.in)
		if len(got) != 1 || got[0] != tea.Msg(c.want) {
			t.Errorf("%q: %#v, want %#v", c.in, got, c.want)
		}
	}
}

func TestDecodePaste(t *testing.T) {
	text := "a, ü and q\r\x03\x1b[A"
	whole := pasteBegin + text + "\xff" + pasteEnd + "q"
	for cut := range whole {
		msgs := decodeAll(whole[:cut], whole[cut:])
		if len(msgs) != 2 || fmt.Sprint(msgs[1]) != "q" {
			t.Fatalf("cut at %d: %q", cut, msgs)
		}
		key := msgs[0].(tea.KeyMsg)
		if !key.Paste || key.Type != tea.KeyRunes || string(key.Runes) != text {
			t.Fatalf("cut at %d: %#v", cut, key)
		}
	}
	long := decodeAll(slices.Collect(chunks(pasteBegin+strings.Repeat("€", maxPaste)+pasteEnd+"x", 4096))...)
	if len(long) != 2 {
		t.Fatalf("%d messages for a long paste and a key", len(long))
	}
	if n := len(string(long[0].(tea.KeyMsg).Runes)); n > maxPaste || n < maxPaste-3 {
		t.Errorf("kept %d bytes of a long paste, want %d", n, maxPaste)
	}
}

func chunks(s string, size int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for c := range slices.Chunk([]byte(s), size) {
			if !yield(string(c)) {
				return
			}
		}
	}
}

// TestDecodeAnyCut: where reads end makes no difference.
func TestDecodeAnyCut(t *testing.T) {
	events := []string{
		"a", "ü", "👍", " ", "\r", "\x03", "\x1b[A", "\x1b[1;5C", "\x1bOP", "\x1b[3~", "\x1b[<64;10;10M", "\x1b[<0;1;1m",
		"\x1b[M !!", "\x1b[?1;2c", "\x1b]0;x\x07", "\x1b]11;rgb:f/f/f\x07", "\x1bPx\x1b\\", "\x1b[200~paste \x1b[A\r\x1b[201~", "\x1bx", "\xff",
	}
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOf(rapid.SampledFrom(events)).Draw(t, "events"), "")
		want := names(decodeAll(in))
		var reads []string
		for rest := in; rest != ""; {
			n := rapid.IntRange(1, min(9, len(rest))).Draw(t, "read")
			reads, rest = append(reads, rest[:n]), rest[n:]
		}
		if got := names(decodeAll(reads...)); got != want {
			t.Fatalf("%q: %s, want %s", reads, got, want)
		}
	})
}

// FuzzDecode: any bytes end in a finite number of messages, all of valid text.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("\x1b[200~\x1b[<\x1bP\x1b]\x1b[M\xff"))
	f.Fuzz(func(t *testing.T, in []byte) {
		msgs := decodeAll(string(in))
		if len(msgs) > len(in) {
			t.Errorf("%d messages from %d bytes", len(msgs), len(in))
		}
		for _, m := range msgs {
			if k, ok := m.(tea.KeyMsg); ok && bytes.ContainsRune([]byte(string(k.Runes)), '\uFFFD') && !bytes.ContainsRune(in, '\uFFFD') {
				t.Errorf("invalid text in %#v", k)
			}
		}
	})
}

func BenchmarkDecodeWheel(b *testing.B) {
	in := []byte(strings.Repeat("\x1b[<64;10;10M", 2000))
	for b.Loop() {
		var d decoder
		d.feed(in)
		for d.next() != nil {
		}
	}
}

// Half a key is waited for: a slow line cuts an arrow key in two, and a typed Esc is told by the pause.
func TestHalfAKeyIsWaitedFor(t *testing.T) {
	for _, half := range []string{"\x1b", "\x1b[", "\x1b[1;", "\xc3"} {
		var d decoder
		d.feed([]byte(half))
		if msg := d.next(); msg != nil || d.patience() != 40*time.Millisecond {
			t.Errorf("%q: %v at once, then %v of patience", half, msg, d.patience())
		}
	}
	if got := names(decodeAll("\x1b", "[", "A")); got != "up" {
		t.Errorf("an arrow key in three parts is %s", got)
	}
}
