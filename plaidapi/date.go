package plaidapi

import (
	"errors"
	"time"
)

// Date is a calendar day without a clock or a zone: what a bank prints beside an amount. Dates
// compare with < and ==. The zero Date is no date at all.
type Date int32

// epoch is the day before Date 1: counting from it keeps zero free and every date of a bank positive.
var epoch = time.Date(0, 12, 31, 0, 0, 0, 0, time.UTC)

const secondsPerDay = 24 * 60 * 60

// errDate does not repeat what was sent instead of a date: it may be anything.
var errDate = errors.New("plaidapi: not a date of the form YYYY-MM-DD")

// NewDate is the given day; days and months out of range carry over as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf is the day of t where t is: 23:30 in New York is still that day.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	midnight := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Date((midnight.Unix() - epoch.Unix()) / secondsPerDay)
}

// ParseDate reads YYYY-MM-DD, the only form the wires use in replies.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, errDate
	}
	return DateOf(t), nil
}

// Time is midnight UTC of that day.
func (d Date) Time() time.Time {
	return time.Unix(epoch.Unix()+int64(d)*secondsPerDay, 0).UTC()
}

// Year, Month and Day are the parts of the date.
func (d Date) Year() int         { return d.Time().Year() }
func (d Date) Month() time.Month { return d.Time().Month() }
func (d Date) Day() int          { return d.Time().Day() }

// String is YYYY-MM-DD, or nothing for the zero Date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText is String: YYYY-MM-DD.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
