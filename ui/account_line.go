package ui

import (
	"math/big"
	"strconv"
	"strings"

	"tartan/plaidapi"
)

// named is how wide account names are where there is room.
const named = 22

// accountLine is name, last digits, what there is to say, and the balance. The note is left out
// where room, the width of the screen, is small, and where it would cost the name; the digits where
// the name would have none.
func (e *env) accountLine(a plaidapi.Account, cells, room int, mixed bool) string {
	figure := "no balance"
	if a.Current != nil {
		figure = e.balance(*a.Current) + code(*a.Current, mixed)
	}
	digits := " " + mask(a.Mask)
	end := right(figure, max(16, width(figure)))
	if noted := e.note(a) + "   " + end; room >= medium && width(noted) <= cells-named-width(digits)-1 {
		end = noted
	}
	names := min(named, cells-width(end)-width(digits)-1)
	if cells < 50 || names < 8 {
		return ends(a.Name, figure, cells)
	}
	return ends(left(a.Name, names)+digits, end, cells)
}

// note is what else there is to say of an account's balance.
func (e *env) note(a plaidapi.Account) string {
	switch {
	case a.Type == plaidapi.Credit && a.Limit != nil && a.Limit.Sign() > 0:
		return e.limit(a.Current, *a.Limit)
	case a.Type == plaidapi.Credit, a.Available == nil, a.Current == nil, !a.Available.Known():
	case a.Available.Cmp(*a.Current) != 0:
		return e.balance(*a.Available) + " available"
	}
	return ""
}

// limit says how much of a card's limit is owed.
func (e *env) limit(current *plaidapi.Money, limit plaidapi.Money) string {
	whole := strings.TrimSuffix(balance(limit), ".00")
	if e.look.hidden {
		return concealed + " limit"
	}
	if current == nil || current.Sign() >= 0 || current.Currency() != limit.Currency() {
		return whole + " limit"
	}
	if share := hundredths(current.Abs(), limit); share <= 100 {
		return strconv.Itoa(share) + "% of " + whole + " limit"
	}
	return "over the " + whole + " limit"
}

// hundredths is a part of a whole in per cent, rounded down; above the whole it may be any number
// over 100.
func hundredths(part, whole plaidapi.Money) int {
	p, ok := new(big.Rat).SetString(part.Decimal())
	w, ok2 := new(big.Rat).SetString(whole.Decimal())
	if !ok || !ok2 || w.Sign() <= 0 {
		return 0
	}
	if p.Cmp(w) > 0 {
		return 101
	}
	p.Quo(p.Mul(p, big.NewRat(100, 1)), w)
	return int(new(big.Int).Quo(p.Num(), p.Denom()).Int64())
}

// dots stand for a chart while amounts are hidden.
func dots(cells int) string { return strings.Repeat("·", max(cells, 0)) }
