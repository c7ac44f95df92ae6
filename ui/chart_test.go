package ui

import (
	"strings"
	"testing"

	"tartan/plaidapi"
)

// series is money in dollars; "?" is not known.
func series(t testing.TB, figures string) []plaidapi.Money {
	var all []plaidapi.Money
	for f := range strings.FieldsSeq(figures) {
		m := plaidapi.Money{}
		if f != "?" {
			m = money(t, f, "USD")
		}
		all = append(all, m)
	}
	return all
}

func TestTrend(t *testing.T) {
	for _, c := range []struct {
		figures string
		cells   int
		want    string
	}{
		{"", 3, "   "},
		{"1 2", 0, ""},
		{"? ?", 2, "  "},
		{"5 5 5", 3, "▄▄▄"},
		{"0", 4, "▄▄▄▄"},
		{"1 2 3 4 5 6 7 8", 8, "▁▂▃▄▅▆▇█"},
		{"? 10 20", 3, " ▁█"},
		{"-80 -40 -10", 3, "█▄▁"}, // owed: how far from zero
		{"-10 0 10", 3, "▁▅█"},
		{"9 1 9 2 9 3", 3, "▁▅█"}, // the last of those that share a cell
		{"1 2", 4, "▁▁██"},
		{"99999999999.99 -99999999999.99", 2, "█▁"},
	} {
		if got := trend(series(t, c.figures), c.cells); got != c.want {
			t.Errorf("trend of %q in %d cells is %q, want %q", c.figures, c.cells, got, c.want)
		}
	}
}

func TestArea(t *testing.T) {
	for _, c := range []struct {
		figures      string
		cells, lines int
		want         string
	}{
		{"2900 2900 6000", 3, 2, "6k|  █\n0|███"},
		{"0 400 800", 3, 2, "800|  █\n0|▁██"},
		{"? 100", 2, 1, "100| █"},
		{"-3900 -1000 0", 3, 2, "-4k|█  \n0|█▄▁"},
		{"-100 0 100", 3, 4, "100|  █\n0|──█\n| ██\n-100|▁██"},
		{"? ?", 2, 2, "|\n|"},
		{"", 2, 1, "|"},
		{"5 6", 0, 1, "|"},
	} {
		rows, labels := area(series(t, c.figures), c.cells, c.lines)
		var got []string
		for i := range rows {
			got = append(got, labels[i]+"|"+rows[i])
		}
		if drawn := strings.Join(got, "\n"); drawn != c.want {
			t.Errorf("%q in %dx%d:\n%s\nwant\n%s", c.figures, c.cells, c.lines, drawn, c.want)
		}
	}
}

func TestRoundNumbers(t *testing.T) {
	for v, want := range map[float64]string{
		0: "1", 0.2: "1", 1: "1", 7.2: "8", 10: "10", 11: "12", 251: "300", 10_360: "12k", 999: "1k", 1000: "1k", 5203: "6k", 22_500: "25k", 1_000_001: "2M", 4e9: "4B", 3.1e13: "40T", 2e15: "2000T",
	} {
		if got := short(round(v)); got != want {
			t.Errorf("above %v stands %q, want %q", v, got, want)
		}
	}
}

func TestCalendar(t *testing.T) {
	for _, c := range []struct {
		first       plaidapi.Date
		days, cells int
		want        string
	}{
		{plaidapi.NewDate(2026, 8, 25), 90, 90, "Aug    Sep                           Oct                            Nov"},
		{plaidapi.NewDate(2026, 8, 31), 40, 20, "Sep            Oct"},
		{plaidapi.NewDate(2026, 11, 5), 10, 10, "Nov"},
		{plaidapi.NewDate(2026, 11, 5), 10, 2, ""},
		{plaidapi.NewDate(2026, 11, 5), 0, 0, ""},
	} {
		if got := calendar(c.first, c.days, c.cells); got != c.want {
			t.Errorf("from %v, %d days in %d cells: %q, want %q", c.first, c.days, c.cells, got, c.want)
		}
	}
}

// Whatever the figures and the room, a chart is as large as asked.
func TestChartsFit(t *testing.T) {
	all := series(t, "1 ? -99999999999.99 5 99999999999.99 0 0.01 ? 7")
	for from := range all {
		for cells := 1; cells < 30; cells++ {
			for lines := 1; lines < 6; lines++ {
				rows, labels := area(all[from:], cells, lines)
				for _, row := range rows {
					if width(row) != cells {
						t.Fatalf("%d cells: %q", cells, row)
					}
				}
				if len(rows) != lines || len(labels) != lines {
					t.Fatalf("%d rows and %d labels in %d lines", len(rows), len(labels), lines)
				}
			}
			if line := trend(all[from:], cells); width(line) != cells {
				t.Fatalf("%d cells: %q", cells, line)
			}
		}
	}
}
