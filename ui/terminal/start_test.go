package terminal

import "testing"

// What two versions of a row share is counted as far as every terminal counts alike.
func TestCommonStart(t *testing.T) {
	for _, c := range []struct {
		old, new string
		cells    int
	}{
		{"tartan › Activity   1 of 9", "tartan › Activity   2 of 9", 20},
		{"▁▂▃ 1", "▁▂▃ 2", 4},
		{"a› b", "a· b", 0},         // what stands after a may join it
		{"a › b", "a › e\u0301", 4}, // a mark joins e, which both do not share
		{"a › e", "a › e\u0301", 4}, // a mark joins the e that both share
		{"a ››", "a ›\u0301", 2},    // likewise a sign
		{"日本 1", "日本 2", 0},         // no terminal need count these as we do
		{"a 👍 1", "a 👍 2", 1},
		{"\x1b[1ma\x1b[mb", "\x1b[1ma\x1b[mc", 1}, // styles take no cell
	} {
		if got := commonStart(c.old, c.new).cells; got != c.cells {
			t.Errorf("%q and %q share %d cells, want %d", c.old, c.new, got, c.cells)
		}
	}
}
