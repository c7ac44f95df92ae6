package plaidapi

import (
	"errors"
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoney(t *testing.T) {
	tests := []struct {
		digits   string
		currency Currency
		want     string // empty: ErrAmount
	}{
		{"200", "USD", "200.00 USD"},
		{"-12.5", "USD", "-12.50 USD"},
		{"0.125", "USD", "0.125 USD"},
		{"-0.00", "USD", "0.00 USD"},
		{"1e2", "USD", "100.00 USD"},
		{"1.5E-3", "EUR", "0.0015 EUR"},
		{"1234", "JPY", "1234 JPY"},
		{"1.5", "KWD", "1.500 KWD"},
		{"7", "", "7.00"},
		{"1234567890123456.789", "USD", "1234567890123456.789 USD"},
		{"000000000000000000000001.50", "USD", "1.50 USD"},
		{"12345678901234567890", "USD", ""},
		{"0.12345678901234567891", "USD", ""},
		{"1e30", "USD", ""},
		{"", "USD", ""},
		{"null", "USD", ""},
		{"1,000.00", "USD", ""},
		{"NaN", "USD", ""},
		{"0x10", "USD", ""},
		{" 1", "USD", ""},
	}
	for _, test := range tests {
		m, err := ParseMoney(test.digits, test.currency)
		if test.want == "" {
			if !errors.Is(err, ErrAmount) {
				t.Errorf("%q: %v, %v", test.digits, m, err)
			}
			continue
		}
		if err != nil || m.String() != test.want {
			t.Errorf("%q: %v, %v, want %s", test.digits, m, err, test.want)
		}
	}
}

// digits draws the text of an amount that fits, and what it is worth.
func digits(t *rapid.T) (string, *big.Rat) {
	s := fmt.Sprintf("%d.%0*d", rapid.Int64Range(-1e12, 1e12).Draw(t, "whole"),
		rapid.IntRange(1, 6).Draw(t, "places"), rapid.IntRange(0, 9).Draw(t, "fraction"))
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return s, r
}

func value(t *rapid.T, m Money) *big.Rat {
	r, ok := new(big.Rat).SetString(m.Decimal())
	if !ok {
		t.Fatalf("%q is no number", m.Decimal())
	}
	return r
}

func TestMoneyIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		currency := rapid.SampledFrom([]Currency{"USD", "JPY", "KWD", ""}).Draw(t, "currency")
		a, wantA := digits(t)
		b, wantB := digits(t)
		x, err1 := ParseMoney(a, currency)
		y, err2 := ParseMoney(b, currency)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		sum, err := x.Add(y)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case value(t, x).Cmp(wantA) != 0:
			t.Fatalf("%s became %s", a, x)
		case value(t, sum).Cmp(new(big.Rat).Add(wantA, wantB)) != 0:
			t.Fatalf("%s + %s = %s", x, y, sum)
		case value(t, x.Neg()).Cmp(new(big.Rat).Neg(wantA)) != 0, x.Neg().Neg().Cmp(x) != 0:
			t.Fatalf("-%s = %s", x, x.Neg())
		case value(t, x.Abs()).Cmp(new(big.Rat).Abs(wantA)) != 0:
			t.Fatalf("|%s| = %s", x, x.Abs())
		case x.Cmp(y) != wantA.Cmp(wantB), x.Sign() != wantA.Sign():
			t.Fatalf("order of %s and %s", x, y)
		case sum.Currency() != currency && sum != (Money{}):
			t.Fatalf("%s has lost its currency", sum)
		}
		if _, fraction, _ := strings.Cut(x.Decimal(), "."); len(fraction) < currency.Digits() {
			t.Fatalf("%s has fewer than %d decimals", x, currency.Digits())
		}
		back, err := ParseMoney(x.Decimal(), currency)
		if err != nil || back.Cmp(x) != 0 {
			t.Fatalf("%s reads back as %s, %v", x, back, err)
		}
	})
}

func TestAddRefuses(t *testing.T) {
	dollar, _ := ParseMoney("1", "USD")
	euro, _ := ParseMoney("1", "EUR")
	if _, err := dollar.Add(euro); !errors.Is(err, ErrCurrencies) {
		t.Errorf("two currencies: %v", err)
	}
	most, err := ParseMoney(strings.Repeat("9", 19), "USD")
	if err != nil {
		t.Fatal(err)
	}
	if sum, err := most.Add(dollar); !errors.Is(err, ErrAmount) {
		t.Errorf("what does not fit: %v, %v", sum, err)
	}
	for _, sum := range []func() (Money, error){
		func() (Money, error) { return Money{}.Add(euro) }, func() (Money, error) { return euro.Add(Money{}) },
	} {
		if got, err := sum(); err != nil || got != euro {
			t.Errorf("the zero Money: %v, %v", got, err)
		}
	}
}

func TestNewMoney(t *testing.T) {
	tests := []struct {
		units    int64
		decimals int
		want     string // empty: ErrAmount
	}{
		{1234, 2, "12.34 USD"},
		{-5, 3, "-0.005 USD"},
		{7, 0, "7.00 USD"},
		{1, 19, "0.0000000000000000001 USD"},
		{math.MinInt64, 2, "-92233720368547758.08 USD"},
		{1, 20, ""},
		{1, -1, ""},
	}
	for _, test := range tests {
		m, err := NewMoney(test.units, test.decimals, "USD")
		if test.want == "" {
			if !errors.Is(err, ErrAmount) {
				t.Errorf("%d, %d: %v, %v", test.units, test.decimals, m, err)
			}
			continue
		}
		if err != nil || m.String() != test.want {
			t.Errorf("%d, %d: %v, %v, want %s", test.units, test.decimals, m, err, test.want)
		}
	}
}

func TestUnits(t *testing.T) {
	tests := []struct {
		digits   string
		currency Currency
		units    int64
		decimals uint8
		ok       bool
	}{
		{"12.34", "USD", 1234, 2, true},
		{"-12.3400", "USD", -1234, 2, true},
		{"0.125", "USD", 125, 3, true},
		{"1500", "JPY", 1500, 0, true},
		{"1.5", "KWD", 1500, 3, true},
		{"1e18", "USD", 1_000_000_000_000_000_000, 0, true},
		{"9223372036854775807", "USD", math.MaxInt64, 0, true},
		{"9223372036854775808", "USD", 0, 0, false},
	}
	for _, test := range tests {
		m, err := ParseMoney(test.digits, test.currency)
		if err != nil {
			t.Fatal(err)
		}
		if units, decimals, ok := m.units(); units != test.units || decimals != test.decimals || ok != test.ok {
			t.Errorf("%s %s: %d with %d decimals, %v", test.digits, test.currency, units, decimals, ok)
		}
	}
	if units, decimals, ok := (Money{}).units(); units != 0 || decimals != 0 || !ok {
		t.Errorf("no amount: %d with %d decimals, %v", units, decimals, ok)
	}
}
