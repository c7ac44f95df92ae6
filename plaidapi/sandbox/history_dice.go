package sandbox

import (
	"math/bits"
	"time"
)

// day is a calendar day, counted from 1970-01-01. It has no clock and no zone.
type day int

// firstDay is where every life begins to be played. It never moves: what
// happens on a day follows from the days before it, back to this one, and so
// it is the same however long ago it was.
const firstDay day = 15340 // 2012-01-01

// dayOf is the calendar day of t where t is.
func dayOf(t time.Time) day { return dayAt(t.Date()) }

// dayAt is the day of that date; months and days overflow as in [time.Date].
func dayAt(y int, m time.Month, d int) day {
	return day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// String is the day as YYYY-MM-DD.
func (d day) String() string { return d.time().Format(time.DateOnly) }

// dice are the chances of one topic on one day: they roll the same for the same
// seed, topic and day, whatever else is rolled.
type dice uint64

// throw makes the dice of a topic; n is mostly a day.
func throw(seed uint64, topic string, n int) dice {
	return dice(mix(seed ^ hash(topic) ^ mix(uint64(n))))
}

func (d *dice) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	return mix(uint64(*d))
}

// below rolls 0 to n-1.
func (d *dice) below(n int) int {
	hi, _ := bits.Mul64(d.next(), uint64(n))
	return int(hi)
}

// between rolls lo to hi, both possible.
func (d *dice) between(lo, hi cents) cents { return lo + cents(d.below(int(hi-lo+1))) }

// percent is true n times in a hundred.
func (d *dice) percent(n int) bool { return d.below(100) < n }

// favourite rolls 0 to n-1, the low ones more often: people have habits.
func (d *dice) favourite(n int) int { return min(d.below(n), d.below(n)) }

// mix spreads every bit of x over all of them (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// idLength and idLetters are those of the ids that the service gave out.
const (
	idLength  = 37
	idLetters = "01345678ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

// opaqueID is the id of thing n of a kind, the same for the same seed.
func opaqueID(seed uint64, kind uint64, n uint64) string {
	var id [idLength]byte
	d := dice(mix(seed^kind) ^ n*0xd1342543de82ef95)
	for i := 0; i < idLength; {
		// One number is good for nine letters; each product's high word is the
		// next letter and its low word what is left.
		for left, end := d.next(), min(i+9, idLength); i < end; i++ {
			var letter uint64
			letter, left = bits.Mul64(left, uint64(len(idLetters)))
			id[i] = idLetters[letter]
		}
	}
	return string(id[:])
}
