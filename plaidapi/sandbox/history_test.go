package sandbox

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// days are todays that are awkward: ends of months and years, a leap day, a
// time of travel, and long ago.
func days() []time.Time {
	return []time.Time{
		at(2016, time.February, 29),
		at(2019, time.December, 31),
		at(2025, time.July, 4),
		at(2026, time.January, 1),
		at(2031, time.May, 31),
	}
}

func seeds() []uint64 { return []uint64{0, 1 << 60} }

// cast is one person of each sort.
func cast(o Options) []person { return people(o)[:7] }

func TestSameSeedAndDayAreTheSame(t *testing.T) {
	for _, now := range days() {
		list, again := cast(Options{Seed: 7}), cast(Options{Seed: 7})
		for i, p := range list {
			// Later that day, after another day was asked for.
			again[i].accounts(now.AddDate(0, 0, 9))
			later := now.Add(7 * time.Hour)
			if !slices.Equal(rowsOf(p, now, "", ""), rowsOf(again[i], later, "", "")) {
				t.Errorf("%s on %s: two histories", p.login().Username, now)
			}
			for j, a := range p.accounts(now) {
				b := again[i].accounts(later)[j]
				if a.ID != b.ID || *a.Current != *b.Current {
					t.Errorf("%s on %s: account %d differs", p.login().Username, now, j)
				}
			}
		}
	}
}

func TestTodayIsTheDayWhereTheClockIs(t *testing.T) {
	p := named(t, Options{}, "everyday")
	east := time.Date(2026, 3, 10, 1, 0, 0, 0, time.FixedZone("", 9*3600)) // still the 9th in Greenwich
	if !slices.Equal(rowsOf(p, east, "", ""), rowsOf(p, at(2026, time.March, 10), "", "")) {
		t.Error("the zone of the clock is lost")
	}
}

// A day later and forty, all that was posted is as it was; what was pending is
// posted once, under another id.
func TestALaterDayOnlyAppends(t *testing.T) {
	for _, now := range days() {
		for _, p := range cast(Options{Seed: 3}) {
			before := rowsOf(p, now, "", "")
			for _, n := range []int{1, 40} {
				checkAppended(t, p, before, now, now.AddDate(0, 0, n), n)
			}
		}
	}
}

func checkAppended(t *testing.T, p person, before []transaction, now, later time.Time, n int) {
	t.Helper()
	today := now.Format(time.DateOnly)
	after := rowsOf(p, later, "", "")
	byID, replaced := map[string]transaction{}, map[string]int{}
	for _, row := range after {
		if _, twice := byID[row.ID]; twice {
			t.Fatalf("%s: id %s stands twice", p.login().Username, row.ID)
		}
		byID[row.ID] = row
		replaced[row.PendingID]++
	}
	oldest := "9999"
	if len(after) > 0 {
		oldest = after[len(after)-1].Date
	}
	kept := 0
	for _, row := range before {
		got, there := byID[row.ID]
		switch {
		case row.Pending && n >= 2:
			if there || replaced[row.ID] != 1 {
				t.Fatalf("%s: %q of %s is still there (%v) or posted %d times", p.login().Username, row.Name, row.Date, there, replaced[row.ID])
			}
		case row.Pending:
		case row.Date < oldest: // let go with its month
		default:
			kept++
			if got != row {
				t.Fatalf("%s: %+v became %+v", p.login().Username, row, got)
			}
		}
	}
	// Nothing is slipped in among the days that were over.
	for _, row := range after {
		if row.Date <= today && !row.Pending {
			kept--
		}
	}
	if kept != 0 {
		t.Fatalf("%s: %d rows of the past were added or lost after %d days", p.login().Username, -kept, n)
	}
}

func TestTwoYearsNewestFirst(t *testing.T) {
	for _, now := range days() {
		for _, p := range cast(Options{}) {
			rows := rowsOf(p, now, "", "")
			if len(rows) == 0 {
				continue
			}
			if !slices.IsSortedFunc(rows, func(a, b transaction) int { return strings.Compare(b.Date, a.Date) }) {
				t.Fatalf("%s: not newest first", p.login().Username)
			}
			first, last := rows[len(rows)-1].Date, rows[0].Date
			if first > now.AddDate(0, 0, -725).Format(time.DateOnly) || first < now.AddDate(0, -25, 0).Format(time.DateOnly) {
				t.Errorf("%s on %s begins on %s", p.login().Username, now, first)
			}
			if last > now.Format(time.DateOnly) || last < now.AddDate(0, 0, -5).Format(time.DateOnly) {
				t.Errorf("%s on %s ends on %s", p.login().Username, now, last)
			}
		}
	}
}

// What a balance changes by is what was posted in between, also when the months
// that are shown move on.
func TestBalancesAreOpeningAndSum(t *testing.T) {
	for _, seed := range seeds() {
		for _, p := range cast(Options{Seed: seed, Transactions: 3000}) {
			for _, now := range days() {
				checkBalances(t, p, now)
			}
		}
	}
}

func checkBalances(t *testing.T, p person, now time.Time) {
	t.Helper()
	then := now.AddDate(0, 0, -200)
	sums, pending := map[string]cents{}, map[string]cents{}
	for _, row := range rowsOf(p, now, then.AddDate(0, 0, 1).Format(time.DateOnly), "") {
		if row.Pending {
			pending[row.Account] += row.Amount
		} else {
			sums[row.Account] += row.Amount
		}
	}
	before := p.accounts(then)
	for i, a := range p.accounts(now) {
		owed, was := *a.Current, *before[i].Current
		if a.Type == "depository" {
			owed, was = -owed, -was
		}
		if owed != was+sums[a.ID] {
			t.Errorf("%s, %q: %d is not %d and %d", p.login().Username, a.Name, owed, was, sums[a.ID])
		}
		switch a.Type {
		case "depository":
			if *a.Available != *a.Current-pending[a.ID] {
				t.Errorf("%s, %q: available %d of %d", p.login().Username, a.Name, *a.Available, *a.Current)
			}
		case "credit":
			if *a.Available != *a.Limit-*a.Current-pending[a.ID] {
				t.Errorf("%s, %q: available %d of %d, owed %d", p.login().Username, a.Name, *a.Available, *a.Limit, *a.Current)
			}
		}
	}
}

func TestDatesRestrictAsAFilterWould(t *testing.T) {
	now := at(2026, time.June, 5)
	ranges := [][2]string{
		{"", ""},
		{"2026-01-01", ""},
		{"", "2025-02-28"},
		{"2026-02-03", "2026-02-03"},
		{"2025-12-20", "2026-01-10"},
		{"2026-05-01", "2026-04-01"},
		{"2027-01-01", ""},
		{"", "2001-01-01"},
		{"2026-06-05", "2030-01-01"},
		{"2024-06-01", "2024-06-30"},
	}
	for _, p := range cast(Options{}) {
		all := rowsOf(p, now, "", "")
		for _, r := range ranges {
			var want []transaction
			for _, row := range all {
				if row.Date >= r[0] && (r[1] == "" || row.Date <= r[1]) {
					want = append(want, row)
				}
			}
			if got := rowsOf(p, now, r[0], r[1]); !slices.Equal(got, want) {
				t.Errorf("%s %v: %d rows, want %d", p.login().Username, r, len(got), len(want))
			}
		}
		n := 0
		p.transactions(now, "", "", func(*transaction) bool { n++; return n < 3 })
		if n != min(3, len(all)) {
			t.Errorf("%s: %d rows after being stopped at 3", p.login().Username, n)
		}
	}
}

func TestBeforeTheFirstDayNothingHasHappened(t *testing.T) {
	p := named(t, Options{}, "everyday")
	if rows := rowsOf(p, at(2009, time.May, 5), "", ""); len(rows) != 0 {
		t.Errorf("%d rows", len(rows))
	}
	if got := firstDay.String(); got != "2012-01-01" {
		t.Errorf("firstDay is %s", got)
	}
}
