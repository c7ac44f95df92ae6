package sandbox

import (
	"strconv"
	"time"
)

// household is an everyday life: who is paid what, and which account plays
// which part. Where there is no card, card equals checking; where there is no
// loan, loan is negative.
type household struct {
	checking, saver, card, loan int

	names   []string // of the accounts, as the bank's own transfers call them
	payroll []payee
	pay     cents // of each payroll, twice a month, in money of 2012
	home    town

	street    street
	places    [4]destination
	statement cents // what the card's last statement asks for
}

// begin starts the life over.
func (h household) begin() func(*book) {
	h.street, h.places = newStreet(h.home), destinations()
	return h.live
}

func (h *household) live(b *book) {
	h.income(b)
	h.bills(b)
	away := h.travel(b)
	if !away {
		h.errands(b)
		h.fun(b)
	}
	h.payCard(b)
	h.borrow(b)
	h.save(b)
}

// income is pay on the 15th and the last day of the month, or on the Friday
// before, and the tax refund.
func (h *household) income(b *book) {
	for _, due := range [...]int{15, b.last} {
		switch time.Weekday((int(b.weekday) + due - b.dom + 35) % 7) {
		case time.Saturday:
			due--
		case time.Sunday:
			due -= 2
		}
		if b.dom == due {
			for _, from := range h.payroll {
				b.post(h.checking, -b.inflated(h.pay), from)
			}
		}
	}
	if b.month == time.April && b.dom == 18 {
		d := b.dice("tax")
		b.post(h.checking, -d.between(21000, 98000), paid("20001000", "US Treasury Tax Refund"))
	}
}

// bills are what comes every month. Gas is for heating, electricity for the
// summer's cooling too.
func (h *household) bills(b *book) {
	gas := [...]cents{96, 92, 74, 48, 26, 15, 12, 12, 16, 34, 62, 88}[b.month-1]
	power := [...]cents{71, 66, 58, 51, 54, 78, 104, 110, 82, 56, 60, 69}[b.month-1]
	d := b.dice("bills")
	switch b.dom {
	case 1:
		b.post(h.checking, b.inflated(115000), paid("16002000", "Willow Court Apartments Rent"))
		b.post(h.card, h.price(b), paid("18061000", "Weftlight Premium"))
	case 3:
		b.post(h.card, b.inflated(2900), paid("17018000", "Iron Selvedge Gym"))
	case 5:
		b.post(h.checking, b.inflated(power*d.between(92, 108)), paid("18068005", "Riverside Power & Light"))
	case 6:
		b.post(h.card, b.inflated(999), paid("18061000", "Selvage Video"))
	case 9:
		b.post(h.checking, b.inflated(gas*d.between(90, 110)), paid("18068004", "Valley Gas"))
	case 11:
		b.post(h.checking, b.inflated(4900), paid("18031000", "Skein Internet"))
	case 14:
		b.post(h.card, b.inflated(799), paid("18061000", "Purl Music"))
	case 17:
		b.post(h.checking, b.inflated(4400), paid("18063000", "Bellwire Mobile"))
	case 19:
		b.post(h.checking, b.inflated(8900), paid("18030000", "Sheltered Oak Insurance"))
	case 23:
		if b.month%3 == 0 {
			b.post(h.checking, b.inflated(d.between(7200, 9900)), paid("18068001", "Riverside Water"))
		}
	}
}

// price is what the subscription costs this month. It rises by a dollar every
// 24 months and is charged on the 1st: the 25 charges that are shown at any
// time hold one rise.
func (h *household) price(b *book) cents {
	const every = 24
	months := (b.year-2012)*12 + int(b.month) - 1 + int(b.seed%every)
	return 899 + 100*cents(months/every)
}

// errands are what a working week is made of.
func (h *household) errands(b *book) {
	working := b.weekday != time.Saturday && b.weekday != time.Sunday
	d := b.dice("errands")
	if d.percent(30) {
		b.post(h.card, b.inflated(d.between(1800, 9400)), d.pick(h.street.groceries))
	}
	if working && d.percent(50) {
		b.post(h.checking, b.inflated(d.between(295, 640)), d.pick(h.street.coffee))
	}
	if working && d.percent(45) {
		b.post(h.checking, 275, h.street.transit[0])
	}
	if d.percent(11) {
		pump := b.inflated(d.between(2400, 4800))
		b.hold(hold{account: h.card, amount: pump, final: pump, to: d.pick(h.street.petrol)}, 1)
	}
	if d.percent(5) {
		b.post(h.checking, b.inflated(d.between(450, 3800)), d.pick(h.street.pharmacies))
	}
	if d.percent(9) {
		b.post(h.checking, cents(d.below(4)+1)*2000, payee{name: "ATM Withdrawal", category: "21012002", place: place{City: h.home.city, State: h.home.state}})
	}
	if d.percent(1) {
		b.post(h.checking, cents(d.between(20, 120))*100, paid("21012001", "Check #"+strconv.Itoa(1001+int(b.day-firstDay))))
	}
}

// fun is meals, shops and parcels. There is a meal every other day, and its
// bill is pending for two: some bill is pending at all times.
func (h *household) fun(b *book) {
	d := b.dice("fun")
	if b.day%2 == 0 {
		bill, tip := b.inflated(d.between(1100, 3900)), d.between(15, 22)
		if b.weekday == time.Friday || b.weekday == time.Saturday {
			bill *= 2
		}
		b.hold(hold{account: h.card, amount: bill, final: bill + (bill*tip+50)/100, to: d.pick(h.street.restaurants)}, 2)
	}
	if d.percent(14) {
		b.post(h.card, b.inflated(d.between(900, 9800)), d.pick(h.street.shops))
	}
	if d.percent(11) {
		parcel := b.inflated(d.between(700, 7600))
		b.hold(hold{account: h.card, amount: parcel, final: parcel, to: d.pick(h.street.online)}, 1)
	}
	if (b.weekday == time.Friday || b.weekday == time.Saturday) && d.percent(35) {
		b.post(h.card, b.inflated(d.between(850, 2600)), h.street.rides[0])
	}
}
