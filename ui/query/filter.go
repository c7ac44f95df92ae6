package query

import (
	"math"
	"math/big"
	"strings"

	"tartan/plaidapi"
)

// Filter says which transactions are looked for: those that fulfil all of it. The zero Filter is
// all of them.
type Filter struct {
	// Account is the one account, or with an empty Account all accounts of the Item. The zero
	// AccountKey is every account.
	Account plaidapi.AccountKey
	// Words are each to be somewhere in the name, the bank's text or the category. Capital letters
	// and accents make no difference. A word that is a number also matches amounts, in or out, that
	// begin with it: 48 those from 48.00 to 48.99, 48.1 those from 48.10 to 48.19, 48.12 itself.
	Words []string
	// Min and Max, if set, are what an amount is at least and at most, in or out. Signs and
	// currencies make no difference.
	Min, Max *plaidapi.Money
}

// Words is the Filter for what a person typed: words with spaces between them.
func Words(query string) Filter {
	var f Filter
	for _, word := range strings.Fields(query) {
		if word = fold(word); word != "" {
			f.Words = append(f.Words, word)
		}
	}
	return f
}

// Within reports whether all that f finds is found by wider too, so that f may be looked for in
// what wider found. It may say no where it is so.
func (f Filter) Within(wider Filter) bool {
	a, w := f.Account, wider.Account
	if w != (plaidapi.AccountKey{}) && a != w && (w.Account != "" || a.Item != w.Item) {
		return false
	}
	if wider.Min != nil && (f.Min == nil || f.Min.Abs().Cmp(wider.Min.Abs()) < 0) ||
		wider.Max != nil && (f.Max == nil || f.Max.Abs().Cmp(wider.Max.Abs()) > 0) {
		return false
	}
	for _, word := range wider.Words {
		if !f.has(word) {
			return false
		}
	}
	return true
}

// has reports whether what matches f's words matches this one too.
func (f Filter) has(word string) bool {
	for _, own := range f.Words {
		_, number := numberRange(own)
		if own == word || !number && strings.Contains(own, word) {
			return true
		}
	}
	return false
}

// amounts is a range of amounts without their signs: from, and up to or below to. Nil is open.
type amounts struct {
	from, to *big.Rat
	below    bool
}

// span is amounts in one unit: both ends are in it.
type span struct{ from, to int64 }

// numberRange is the amounts that a word stands for which is a number.
func numberRange(word string) (amounts, bool) {
	whole, fraction, _ := strings.Cut(word, ".")
	const most = 19 // digits of an amount
	if whole == "" || len(whole) > most || len(fraction) > most ||
		strings.Trim(whole, "0123456789") != "" || strings.Trim(fraction, "0123456789") != "" {
		return amounts{}, false
	}
	from, ok := new(big.Rat).SetString(whole + "." + fraction + "0")
	if !ok {
		return amounts{}, false
	}
	step := new(big.Rat).SetFrac(big.NewInt(1), power(len(fraction)))
	return amounts{from, step.Add(step, from), true}, true
}

// exact is an amount without its sign as a number.
func exact(m plaidapi.Money) *big.Rat {
	r, _ := new(big.Rat).SetString(m.Abs().Decimal()) // digits and a point
	return r
}

// power is 10 to the n.
func power(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// has reports whether an amount, without its sign, is in the range.
func (a amounts) has(r *big.Rat) bool {
	if a.from != nil && r.Cmp(a.from) < 0 {
		return false
	}
	if a.to == nil {
		return true
	}
	c := r.Cmp(a.to)
	return c < 0 || c == 0 && !a.below
}

// in is the range counted in a unit of so many decimals.
func (a amounts) in(decimals uint8) span {
	s := span{0, math.MaxInt64}
	scale := new(big.Rat).SetInt(power(int(decimals)))
	if a.from != nil {
		units, part := floor(new(big.Rat).Mul(a.from, scale))
		if part {
			units.Add(units, big.NewInt(1))
		}
		if !units.IsInt64() {
			return span{1, 0}
		}
		s.from = units.Int64()
	}
	if a.to != nil {
		units, part := floor(new(big.Rat).Mul(a.to, scale))
		if a.below && !part {
			units.Sub(units, big.NewInt(1))
		}
		if units.IsInt64() {
			s.to = units.Int64()
		}
	}
	return s
}

// floor is the whole part of a number that is not negative, and whether there is another part.
func floor(r *big.Rat) (*big.Int, bool) {
	whole, rest := new(big.Int).QuoRem(r.Num(), r.Denom(), new(big.Int))
	return whole, rest.Sign() != 0
}
