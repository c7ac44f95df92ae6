package query

import (
	"math"
	"math/big"
	"strings"

	"tartan/plaidapi"
)

// amounts is a range of amounts without their signs. Nil is open; above and below leave out the end.
type amounts struct {
	from, to     *big.Rat
	above, below bool
}

// span is amounts in one unit: both ends are in it.
type span struct{ from, to int64 }

// mostDigits is how long a number may be that stands for amounts, on each side of its point.
const mostDigits = 19

// beginning is the amounts that are written with the digits of a word first: 48 is those from 48.00
// to 48.99, 48.1 those from 48.10 to 48.19.
func beginning(word string) (amounts, bool) {
	word, ok := ungrouped(strings.TrimPrefix(word, "+"))
	whole, fraction, _ := strings.Cut(word, ".")
	if !ok || whole == "" {
		return amounts{}, false
	}
	from := number(word)
	step := new(big.Rat).SetFrac(big.NewInt(1), power(len(fraction)))
	return amounts{from: from, to: step.Add(step, from), below: true}, true
}

// limit reads >50, >=50, <20, <=20, =48.12, 40..60, ..60 and 40.. . It is no limit at all without
// such signs, and not ok when what should be an amount is none.
func limit(text string) (a amounts, is, ok bool) {
	from, to, dots := strings.Cut(text, "..")
	end := strings.TrimLeft(text, "<>=")
	switch sign := text[:len(text)-len(end)]; {
	case sign != "":
		r, ok := bound(end)
		switch sign {
		case ">":
			return amounts{from: r, above: true}, true, ok
		case ">=":
			return amounts{from: r}, true, ok
		case "<":
			return amounts{to: r, below: true}, true, ok
		case "<=":
			return amounts{to: r}, true, ok
		}
		return amounts{from: r, to: r}, true, ok && sign == "="
	case !dots || strings.Trim(text, "+-0123456789.,") != "" || text != ".." && !strings.ContainsAny(text, "0123456789"):
		return amounts{}, false, false
	}
	ok = from != "" || to != ""
	for _, side := range []struct {
		text string
		r    **big.Rat
	}{{from, &a.from}, {to, &a.to}} {
		if side.text != "" && ok {
			*side.r, ok = bound(side.text)
		}
	}
	return a, true, ok
}

// backwards reports whether nothing can be in the range, because it ends before it begins.
func (a amounts) backwards() bool { return a.from != nil && a.to != nil && a.from.Cmp(a.to) > 0 }

// bound is an amount that a range begins or ends with. A sign before it makes no difference.
func bound(text string) (*big.Rat, bool) {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	text, ok := ungrouped(text)
	if !ok || text == "" || text == "." {
		return nil, false
	}
	return number(text), true
}

// ungrouped is a number without the commas between its thousands: digits, and a point perhaps. It
// is not ok for anything else.
func ungrouped(text string) (string, bool) {
	whole, fraction, point := strings.Cut(text, ".")
	groups := strings.Split(whole, ",")
	for i, group := range groups {
		if strings.Trim(group, "0123456789") != "" || len(groups) > 1 && (group == "" || len(group) > 3 || i > 0 && len(group) < 3) {
			return "", false
		}
	}
	whole = strings.Join(groups, "")
	if strings.Trim(fraction, "0123456789") != "" || len(whole) > mostDigits || len(fraction) > mostDigits {
		return "", false
	}
	if point {
		return whole + "." + fraction, true
	}
	return whole, true
}

// number is what ungrouped gave, as a number.
func number(text string) *big.Rat {
	whole, fraction, _ := strings.Cut(text, ".")
	r, _ := new(big.Rat).SetString("0" + whole + "." + fraction + "0") // digits and a point
	return r
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
	if a.from != nil {
		if c := r.Cmp(a.from); c < 0 || c == 0 && a.above {
			return false
		}
	}
	if a.to == nil {
		return true
	}
	c := r.Cmp(a.to)
	return c < 0 || c == 0 && !a.below
}

// within reports whether all that is in the range is in a wider one.
func (a amounts) within(wider amounts) bool {
	if wider.from != nil {
		if a.from == nil {
			return false
		}
		if c := a.from.Cmp(wider.from); c < 0 || c == 0 && wider.above && !a.above {
			return false
		}
	}
	if wider.to == nil {
		return true
	}
	if a.to == nil {
		return false
	}
	c := a.to.Cmp(wider.to)
	return c < 0 || c == 0 && (!wider.below || a.below)
}

// in is the range counted in a unit of so many decimals.
func (a amounts) in(decimals uint8) span {
	s := span{0, math.MaxInt64}
	scale := new(big.Rat).SetInt(power(int(decimals)))
	if a.from != nil {
		units, part := floor(new(big.Rat).Mul(a.from, scale))
		if part || a.above {
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
