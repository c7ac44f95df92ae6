package sandbox

import "strconv"

// opener opens the accounts of one login.
type opener struct {
	seed     uint64
	currency string
	bank     institution
}

// account opens an account; its id, full number and routing number follow from
// the person, the bank and the last four digits.
func (o opener) account(kind, subtype, name, number string) account {
	a := account{
		ID: o.id("account " + number), Item: o.id("item"), User: o.id("user"),
		Name: name, Number: number, Type: kind, Subtype: subtype,
		Currency: o.currency, InstitutionType: o.bank.Type,
	}
	if kind == "depository" {
		a.FullNumber = "99000" + strconv.FormatUint(10+hash(o.bank.Name)%90, 10) + number
		a.Routing = routing(o.bank.Type)
		a.WireRouting = a.Routing
	}
	return a
}

// card opens a credit card.
func (o opener) card(name, number string, limit cents) account {
	a := o.account("credit", "credit card", name, number)
	a.Limit = &limit
	return a
}

func (o opener) id(of string) string { return opaqueID(o.seed, hash(of), 0) }

// routing is a routing number with a right check digit, from a range that no
// bank was ever given: 99 and the bank's six digits.
func routing(bank string) string {
	digits := ("99" + bank + "000000")[:8]
	sum := 0
	for i, weight := range [...]int{3, 7, 1, 3, 7, 1, 3, 7} {
		sum += weight * int(digits[i]-'0')
	}
	return digits + strconv.Itoa((10-sum%10)%10)
}
