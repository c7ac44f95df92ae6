package plaidapi

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDate(t *testing.T) {
	newYork := time.FixedZone("New York", -5*60*60)
	tests := []struct {
		got  Date
		want string
	}{
		{NewDate(2014, time.March, 27), "2014-03-27"},
		{NewDate(2016, time.February, 30), "2016-03-01"},
		{NewDate(1, time.January, 1), "0001-01-01"},
		{NewDate(9999, time.December, 31), "9999-12-31"},
		{NewDate(1969, time.December, 31), "1969-12-31"},
		{DateOf(time.Date(2026, time.March, 14, 23, 30, 0, 0, newYork)), "2026-03-14"},
		{0, ""},
	}
	for _, test := range tests {
		if test.got.String() != test.want {
			t.Errorf("got %s, want %s", test.got, test.want)
		}
	}
	for _, bad := range []string{"", "2026-3-14", "2026-02-30", "14.03.2026", "2026-03-14T00:00:00Z", " 2026-03-14"} {
		if d, err := ParseDate(bad); err == nil {
			t.Errorf("%q reads as %v", bad, d)
		}
	}
	if d := NewDate(2026, time.March, 14); d.Year() != 2026 || d.Month() != time.March || d.Day() != 14 {
		t.Errorf("%v has the parts %d %v %d", d, d.Year(), d.Month(), d.Day())
	}
}

func TestDateCountsDays(t *testing.T) {
	last := NewDate(9999, time.December, 31)
	rapid.Check(t, func(t *rapid.T) {
		d := Date(rapid.Int32Range(1, int32(last)).Draw(t, "day"))
		back, err := ParseDate(d.String())
		if err != nil || back != d || DateOf(d.Time()) != d {
			t.Fatalf("%d is %s, and that is %d, %v", d, d, back, err)
		}
		if d < last && !(d + 1).Time().Equal(d.Time().AddDate(0, 0, 1)) {
			t.Fatalf("the day after %s is %s", d, d+1)
		}
	})
}
