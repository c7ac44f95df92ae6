package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

// The last keys leave first, but for help and the way back; the months share their words.
func TestFooterKeys(t *testing.T) {
	k := newKeys(nil)
	all := []key.Binding{k.open, k.filter, k.prevMonth, k.nextMonth, k.sort, k.pick, k.category, as(only(k.back), "back"), k.help}
	for _, c := range []struct {
		width      int
		keys       []key.Binding
		said, want string
	}{
		{120, all, "", "enter open    / filter    [ ] month    s sort    space select    c category    esc back    ? help"},
		{100, all, "", "enter open   / filter   [ ] month   s sort   space select   c category   esc back   ? help"},
		{80, all, "", "enter open  / filter  [ ] month  s sort  space select  esc back  ? help"},
		{60, all, "", "enter open  / filter  [ ] month  s sort  esc back  ? help"},
		{40, all, "", "enter open  / filter  esc back  ? help"},
		{40, []key.Binding{as(k.submit, "continue"), k.link, as(k.back, "back"), k.help}, "", "enter continue  a link a bank  ? help"},
		{40, all, "Choose one first.", "Choose one first.  esc back  ? help"},
		{40, all, "Choose one of them first, please.", "Choose one of them first, please."},
		{40, []key.Binding{as(k.submit, strings.Repeat("x", 60))}, "", "enter " + strings.Repeat("x", 33) + "…"},
	} {
		f := frame{theme: &theme{}, keys: k, width: c.width, height: 24}
		if got := stripped(f.footer(chrome{keys: c.keys}, c.said)); got != c.want {
			t.Errorf("in %d cells, %q:\n%s\nwant\n%s", c.width, c.said, got, c.want)
		}
	}
}
