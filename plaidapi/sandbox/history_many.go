package sandbox

import (
	"sort"
	"time"
)

const (
	manyDays  = 730 // two years
	manyUsual = 5000
	manyMost  = 1000000

	// Every sweepEvery rows the account is filled up again by what the others
	// since the last time took, so that its balance at any row follows from a
	// few rows before it.
	sweepEvery = 32
	manyFull   = cents(4000000)
)

// many is a person with one account of very many rows: always the same number
// in the last 730 days, as many each day as the day before or one more or
// less. Rows are numbered from 1970 on and each follows from its number, so
// that none are kept and any day is as near as today.
type many struct {
	profile
	seed  uint64
	count int64
	plan  account
	kinds [40]kind
	names [40][50]string // of shops: by kind, then by first word

	// kindOdds and firstOdds are positions in names, each as often as it is to
	// be met among 4,096.
	kindOdds, firstOdds [4096]uint8
}

// kind is what a shop is.
type kind struct {
	word, category string
	least, most    cents
}

func newMany(p profile, seed uint64, plan account, count int) *many {
	if count <= 0 {
		count = manyUsual
	}
	m := &many{profile: p, seed: seed, plan: plan, count: int64(min(count, manyMost)), kinds: manyKinds()}
	for i, k := range m.kinds {
		for j, first := range manyFirsts() {
			m.names[i][j] = first + " " + k.word
		}
	}
	zipf(m.kindOdds[:], len(m.names))
	zipf(m.firstOdds[:], len(m.names[0]))
	return m
}

// zipf fills the table with 0 to n-1, number i about 1/(i+1) as often as 0.
func zipf(table []uint8, n int) {
	var total float64
	for i := range n {
		total += 1 / float64(i+1)
	}
	at, sum := 0, 0.0
	for i := range n {
		sum += 1 / float64(i+1)
		for ; at < len(table) && float64(at) < sum/total*float64(len(table)); at++ {
			table[at] = uint8(i)
		}
	}
}

// first is the number of the first row of a day.
func (m *many) first(d day) int64 { return int64(d) * m.count / manyDays }

// amount is what row n takes, and the kind and first word of the shop that gets
// it. It is for rows that are not sweeps.
func (m *many) amount(n int64) (amount cents, kind, first uint8) {
	h := mix(m.seed ^ uint64(n)*0x9e3779b97f4a7c15)
	kind, first = m.kindOdds[h&4095], m.firstOdds[h>>12&4095]
	d := dice(h)
	return d.between(m.kinds[kind].least, m.kinds[kind].most), kind, first
}

// taken is what the rows before n took since the last sweep.
func (m *many) taken(n int64) cents {
	var sum cents
	for i := n - n%sweepEvery; i < n; i++ {
		amount, _, _ := m.amount(i)
		sum += amount
	}
	return sum
}

func (m *many) accounts(now time.Time) []account {
	a := m.plan
	money := manyFull - m.taken(m.first(dayOf(now)+1))
	a.Current, a.Available = &money, &money
	return []account{a}
}

func (m *many) transactions(now time.Time, from, to string, yield func(*transaction) bool) {
	end := dayOf(now) + 1
	start := end - manyDays
	if to != "" {
		end = start + day(sort.Search(manyDays, func(i int) bool { return (start + day(i)).String() > to }))
	}
	start += day(sort.Search(manyDays, func(i int) bool { return (start + day(i)).String() >= from }))

	var row transaction
	for d := end - 1; d >= start; d-- {
		date := d.String()
		for n := m.first(d+1) - 1; n >= m.first(d); n-- {
			m.fill(&row, n)
			row.Date = date
			if !yield(&row) {
				return
			}
		}
	}
}

// fill makes row n, but for its date.
func (m *many) fill(row *transaction, n int64) {
	*row = transaction{ID: opaqueID(m.seed, 0, uint64(n)), Account: m.plan.ID}
	if n%sweepEvery == sweepEvery-1 {
		row.Amount, row.Name, row.CategoryID = -m.taken(n), "Sweep from Reserve", "21001000"
		row.Kind, row.NameScore = "special", 1
		return
	}
	amount, kind, first := m.amount(n)
	row.Amount, row.Name, row.CategoryID = amount, m.names[kind][first], m.kinds[kind].category
	row.Kind, row.NameScore = kindOf(row.CategoryID), 0.8
}
