package plaidapi

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/govalues/decimal"
)

// Currency is an ISO 4217 code such as "USD", or the bank's own word for what has none.
type Currency string

// Digits is how many decimals an amount of c is written with: 2 unless the currency has others.
func (c Currency) Digits() int {
	switch c {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	}
	return 2
}

// Money is an exact decimal amount with its currency. Money in is positive, money out and money
// owed are negative. The zero Money is no amount: what a bank sent and nobody can read. Two equal amounts of different scale
// (1.5 and 1.50) are equal by Cmp, not by ==.
type Money struct {
	amount   decimal.Decimal
	currency Currency
}

// ErrAmount reports text that is no amount tartan can hold exactly: not a number, or over 19 digits.
var ErrAmount = errors.New("plaidapi: not an exact amount")

// ErrCurrencies reports an attempt to add amounts of different currencies.
var ErrCurrencies = errors.New("plaidapi: amounts of different currencies")

// ParseMoney reads an amount from the digits of a JSON number ("-12.5", "200", "1e2"). It never
// rounds: what does not fit in 19 significant digits is ErrAmount.
func ParseMoney(digits string, currency Currency) (Money, error) {
	if !fits(digits) {
		return Money{}, ErrAmount
	}
	d, err := decimal.Parse(digits)
	if err != nil {
		return Money{}, ErrAmount // without the cause, which may quote any text
	}
	return Money{d, currency}, nil
}

// NewMoney is an amount counted in units of so many decimals: 1234, 2 and "USD" are 12.34 USD. It
// fails with ErrAmount for decimals outside 0 to 19.
func NewMoney(units int64, decimals int, currency Currency) (Money, error) {
	d, err := decimal.New(units, decimals)
	if err != nil {
		return Money{}, ErrAmount
	}
	return Money{d, currency}, nil
}

// units is m as NewMoney takes it, with as few decimals as m and its currency allow: equal amounts
// of a currency are equal units. It is not ok for what an int64 does not hold.
func (m Money) units() (units int64, decimals uint8, ok bool) {
	d := m.amount
	if m.Known() {
		d = d.Trim(m.currency.Digits()).Pad(m.currency.Digits())
	}
	units, decimals = int64(d.Coef()), uint8(d.Scale()) // 0 to 19
	if d.Coef() > math.MaxInt64 {
		return 0, decimals, false
	}
	if d.IsNeg() {
		units = -units
	}
	return units, decimals, true
}

// Zero is nothing of a currency, to begin a sum with.
func Zero(c Currency) Money { return Money{currency: c} }

// Known reports whether m is an amount at all.
func (m Money) Known() bool { return m != Money{} }

// fits reports whether a number has at most 19 digits that carry value, and at most 19 decimals, so
// that nothing is rounded.
func fits(s string) bool {
	mantissa, power, _ := strings.Cut(strings.ToLower(s), "e")
	whole, fraction, _ := strings.Cut(strings.TrimLeft(mantissa, "+-"), ".")
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	exponent, err := strconv.Atoi(power)
	if power != "" && err != nil {
		return false
	}
	decimals := len(fraction) - exponent
	if whole == "" {
		fraction = strings.TrimLeft(fraction, "0")
	}
	digits := len(whole) + len(fraction)
	return digits == 0 || digits <= decimal.MaxPrec && decimals <= decimal.MaxScale
}

// Currency is what the amount is counted in.
func (m Money) Currency() Currency { return m.currency }

// Sign is -1 for money out or owed, 1 for money in, 0 for nothing.
func (m Money) Sign() int { return m.amount.Sign() }

// Neg turns money in into money out. The wires' adapters use it to flip Plaid's signs, once.
func (m Money) Neg() Money { return Money{m.amount.Neg(), m.currency} }

// Abs is the amount without its sign.
func (m Money) Abs() Money { return Money{m.amount.Abs(), m.currency} }

// Add sums two amounts of one currency. It fails with ErrCurrencies, or with ErrAmount when the
// sum does not fit. The zero Money adds nothing.
func (m Money) Add(other Money) (Money, error) {
	if !m.Known() {
		return other, nil
	}
	if !other.Known() {
		return m, nil
	}
	if m.currency != other.currency {
		return Money{}, ErrCurrencies
	}
	sum, err := m.amount.AddExact(other.amount, max(m.amount.Scale(), other.amount.Scale()))
	if err != nil {
		return Money{}, fmt.Errorf("%w: %v", ErrAmount, err)
	}
	return Money{sum, m.currency}, nil
}

// Cmp orders by amount alone: -1, 0 or 1. Amounts of different currencies are not comparable in
// value; their order is only a stable one, by number.
func (m Money) Cmp(other Money) int { return m.amount.Cmp(other.amount) }

// Decimal writes the amount in plain digits with at least the currency's decimals: "-1234.50".
// No digit that counts is ever dropped: 0.125 USD is "0.125".
func (m Money) Decimal() string {
	return m.amount.Trim(m.currency.Digits()).Pad(m.currency.Digits()).String()
}

// MarshalText is String, so that an amount in JSON or a log is not lost; what nobody can read is empty.
func (m Money) MarshalText() ([]byte, error) {
	if !m.Known() {
		return nil, nil
	}
	return []byte(m.String()), nil
}

// String is Decimal with the currency behind it: "-1234.50 USD".
func (m Money) String() string {
	if m.currency == "" {
		return m.Decimal()
	}
	return m.Decimal() + " " + string(m.currency)
}
