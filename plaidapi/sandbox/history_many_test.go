package sandbox

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestVeryManyIsExact(t *testing.T) {
	for _, c := range []struct{ asked, want int }{{0, 5000}, {1, 1}, {31, 31}, {733, 733}, {5000, 5000}, {123457, 123457}, {2000000, 1000000}} {
		p := named(t, Options{Transactions: c.asked}, "many")
		for _, now := range []time.Time{at(2016, time.February, 29), at(2026, time.March, 9)} {
			n := 0
			p.transactions(now, "", "", func(*transaction) bool { n++; return true })
			if n != c.want {
				t.Errorf("%d asked on %s: %d rows", c.asked, now, n)
			}
		}
	}
}

func TestVeryManyAreSpreadEvenly(t *testing.T) {
	p := named(t, Options{Transactions: 20000}, "many")
	now := at(2026, time.March, 9)
	perDay, names := map[string]int{}, map[string]int{}
	words := map[string]int{}
	ids := map[string]bool{}
	for _, row := range rowsOf(p, now, "", "") {
		perDay[row.Date]++
		ids[row.ID] = true
		if row.Amount > 0 {
			names[row.Name]++
			for word := range strings.FieldsSeq(row.Name) {
				words[word]++
			}
		}
	}
	if len(perDay) != 730 || len(ids) != 20000 {
		t.Errorf("%d days, %d ids", len(perDay), len(ids))
	}
	for date, n := range perDay {
		if n != 27 && n != 28 {
			t.Errorf("%d rows on %s", n, date)
		}
	}
	if names["Acme Market"] < 500 || words["Coffee"] < 1500 || words["Zibeline"] < 20 || words["Zibeline"] > 200 || len(names) < 1200 {
		t.Errorf("common %d, coffee %d, rare %d, names %d", names["Acme Market"], words["Coffee"], words["Zibeline"], len(names))
	}
}

// After each sweep the account is as full as it was, so that it never empties.
func TestSweepsFillUp(t *testing.T) {
	p := named(t, Options{Transactions: 4001}, "many")
	now := at(2026, time.March, 9)
	money := *p.accounts(now)[0].Current
	if money > manyFull || money < manyFull*6/10 {
		t.Errorf("balance %d", money)
	}
	sweeps := 0
	for _, row := range rowsOf(p, now, "", "") { // newest first: money is what was there after row
		if row.Name == "Sweep from Reserve" {
			sweeps++
			if money != manyFull {
				t.Fatalf("%d after the sweep of %s", money, row.Date)
			}
		}
		money += row.Amount
		if money < 0 {
			t.Fatalf("%d before %s", money, row.Date)
		}
	}
	if sweeps != 125 && sweeps != 126 {
		t.Errorf("%d sweeps", sweeps)
	}
}

func TestVeryManyOfAnyRange(t *testing.T) {
	p := named(t, Options{Transactions: 3001}, "many")
	now := at(2026, time.March, 9)
	all := rowsOf(p, now, "", "")
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		from, to := now.AddDate(0, 0, -r.IntN(800)).Format(time.DateOnly), now.AddDate(0, 0, -r.IntN(800)).Format(time.DateOnly)
		want := 0
		for _, row := range all {
			if from <= row.Date && row.Date <= to {
				want++
			}
		}
		if got := len(rowsOf(p, now, from, to)); got != want {
			t.Errorf("%s to %s: %d rows, want %d", from, to, got, want)
		}
	}
}

func BenchmarkAMillionRows(b *testing.B) {
	p := houndstooth(0, manyMost)
	for b.Loop() {
		p.transactions(at(2026, time.March, 9), "", "", func(*transaction) bool { return true })
	}
}

// One day among a million rows costs what its 1,370 rows do.
func BenchmarkOneDayOfAMillion(b *testing.B) {
	p := houndstooth(0, manyMost)
	for b.Loop() {
		p.transactions(at(2026, time.March, 9), "2024-08-01", "2024-08-01", func(*transaction) bool { return true })
	}
}

func BenchmarkAnEverydayLife(b *testing.B) {
	now := at(2026, time.March, 9)
	for b.Loop() {
		everyday(0).accounts(now)
	}
}

func BenchmarkPeople(b *testing.B) {
	for b.Loop() {
		people(Options{})
	}
}
