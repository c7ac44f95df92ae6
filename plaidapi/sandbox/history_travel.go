package sandbox

import (
	"strconv"
	"time"
)

// destination is a foreign place and its money.
type destination struct {
	city, country string // country as on a card slip
	currency      string
	rate          cents // US cents for one unit of the currency
	dollar        cents // units that buy what a dollar buys at home, roughly
	airline       string
	hotel         payee
	spend         []payee
}

func destinations() [4]destination {
	return [4]destination{
		{"Lisboa", "PT", "EUR", 109, 1, "Caravel Airways", paid("22012003", "Hotel Azulejo"), []payee{
			paid("13005009", "Tasca do Cais"), paid("13005047", "Café da Graça"), paid("17001008", "Museu do Tecido"), paid("22014000", "Metro Lisboa"),
		}},
		{"Edinburgh", "GB", "GBP", 127, 1, "Thistle Air", paid("22012006", "The Kilted Fox B&B"), []payee{
			paid("13005027", "The Woolpack Inn"), paid("13005030", "Leith Fish Bar"), paid("17023002", "Castle Rock Tickets"), paid("19012008", "Royal Mile Tartans"),
		}},
		{"Oaxaca", "MX", "MXN", 6, 18, "Aerolíneas Agave", paid("22012003", "Casa Cochinilla"), []payee{
			paid("13005015", "Comedor La Rueca"), paid("19003000", "Telares del Valle"), paid("13005043", "Café Huipil"), paid("22016000", "Taxi Sitio 5"),
		}},
		{"København", "DK", "DKK", 15, 7, "Nordlys Air", paid("22012003", "Hotel Væver"), []payee{
			paid("13005010", "Smørrebrød & Søn"), paid("13005053", "Bageriet Nål"), paid("17001008", "Tekstilmuseet"), paid("17010000", "Byens Cykler"),
		}},
	}
}

// travel is one journey a summer, booked in spring, with a part of the hotel
// paid back later; and now and then something ordered from abroad. It tells
// whether the day is spent away.
func (h *household) travel(b *book) (away bool) {
	if d := b.dice("from abroad"); b.dom == 4+int(b.month)%9 {
		b.buyAbroad(h.card, destination{city: "Stornoway", country: "GB", currency: "GBP", rate: 127}, paid("19019000", "Hebridean Weavers"), d.between(1900, 7900))
	}
	d := throw(b.seed, "journey", b.year)
	where := h.places[(b.year+d.below(2)*2)%4]
	leave := dayAt(b.year, time.May, 20) + day(d.below(70))
	nights := 6 + day(d.below(6))

	spending := b.dice("away")
	room := b.inflated(spending.between(9800, 13900))
	switch b.day {
	case leave - 45:
		fare := b.inflated(spending.between(58000, 92000))
		b.hold(hold{account: h.card, amount: fare, final: fare, to: paid("22001000", where.airline)}, 1)
	case leave:
		b.post(h.card, b.inflated(spending.between(900, 2400)), paid("13005047", "Gate 14 Café"))
	case leave + nights:
		b.buyAbroad(h.card, where, where.hotel, room*cents(nights)*where.dollar)
	case leave + nights + 10:
		b.post(h.card, -b.inflated(spending.between(4000, 9900)), paid(where.hotel.category, where.hotel.name+" Refund"))
	}
	if b.day < leave || b.day > leave+nights {
		return false
	}
	for range 1 + spending.below(3) {
		b.buyAbroad(h.card, where, spending.pick(where.spend), b.inflated(spending.between(600, 4200))*where.dollar)
	}
	return true
}

// buyAbroad is a purchase in foreign money: pending for two days, and then posted
// at that day's rate, with a fee. Its name tells the foreign amount.
func (b *book) buyAbroad(account int, where destination, to payee, foreign cents) {
	d := b.dice("rate")
	amount := foreign * where.rate / 100
	final := amount * d.between(985, 1015) / 1000
	to.name += " " + where.city + " " + where.country + " " + where.currency + " " + decimal(foreign, 100)
	to.place = place{City: where.city}
	b.hold(hold{account: account, amount: amount, final: final, foreign: true, to: to}, 2)
}

// decimal is n hundredths, or whatever part of one unit says, in digits; n is
// not below zero.
func decimal(n, unit int64) string {
	return strconv.FormatInt(n/unit, 10) + "." + strconv.FormatInt(unit+n%unit, 10)[1:]
}
