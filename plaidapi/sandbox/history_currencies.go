package sandbox

import "time"

// twoCurrencies is a life in Berlin on a salary from the United States: a
// dollar account, a euro account, and an exchange between them every month.
type twoCurrencies struct {
	street []payee // groceries, cafés, restaurants
}

// The accounts of twoCurrencies.
const (
	dollars = iota
	euros
)

// begin starts the life over.
func (c twoCurrencies) begin() func(*book) {
	berlin := town{city: "Berlin", zip: "10999"}
	c.street = []payee{
		berlin.shop("19047000", "Markthalle Nadelöhr"), berlin.shop("13005053", "Bäckerei Zwirn"),
		berlin.shop("19047000", "Bioladen Flachs"), berlin.shop("13005047", "Café Webstuhl"),
		berlin.shop("13005026", "Gasthaus Zur Spindel"), berlin.shop("13005003", "Imbiss Kelim"),
		berlin.shop("19043000", "Garn-Apotheke"), berlin.shop("19009000", "Buchhandlung Faden"),
	}
	return c.live
}

func (c *twoCurrencies) live(b *book) {
	c.inDollars(b)
	c.inEuros(b)
	switch b.dom {
	case 27:
		if missing := b.inflated(270000) - b.balances[euros]; missing > 0 {
			exchange(b, (missing/10000+1)*10000)
		}
	case 28:
		if rest := b.balances[dollars] - 400000; rest > 200000 {
			b.post(dollars, rest/50000*50000, paid("21002000", "Tailor & Twine Brokerage"))
		}
	}
}

func (c *twoCurrencies) inDollars(b *book) {
	d := b.dice("dollars")
	switch b.dom {
	case 2:
		b.post(dollars, 999, paid("18061000", "Purl Music"))
	case 8:
		b.post(dollars, b.inflated(1200), paid("18059000", "Weftcloud Storage"))
	case 21:
		b.post(dollars, b.inflated(1500), paid("12015003", "Public Radio Donation"))
	case 25:
		b.post(dollars, -b.inflated(430000), paid("21009000", "Meridian Software Payroll"))
	}
	if d.percent(12) {
		price := b.inflated(d.between(500, 6400))
		b.hold(hold{account: dollars, amount: price, final: price, to: paid("19019000", "Inkwell Ebooks")}, 2)
	}
	if b.month == time.April && b.dom == 9 {
		b.post(dollars, b.inflated(18500), paid("18020014", "Ledger & Lint Tax Help"))
	}
}

func (c *twoCurrencies) inEuros(b *book) {
	d := b.dice("euros")
	switch b.dom {
	case 1:
		b.post(euros, b.inflated(98000), paid("16002000", "Hausverwaltung Nadelstreif Miete"))
		b.post(euros, 5800, paid("22014000", "Stadtbahn Monatskarte"))
	case 4:
		b.post(euros, b.inflated(d.between(5200, 8800)), paid("18068005", "Stadtwerke Strom"))
	case 15:
		b.post(euros, 1999, paid("18063000", "Drahtfunk Mobil"))
	}
	if d.percent(70) {
		b.post(euros, b.inflated(d.between(280, 4200)), d.pick(c.street))
	}
}

// exchange buys euros with dollars at the month's rate; both rows name it.
func exchange(b *book, amount cents) {
	month := b.year*12 + int(b.month)
	// The rate wanders up and down within five years; it counts ten-thousandths.
	wave := month % 60
	d := throw(b.seed, "rate", month)
	rate := 10300 + 40*cents(min(wave, 60-wave)) + d.between(-90, 90)
	name := "Currency Exchange EUR " + decimal(amount, 100) + " @ " + decimal(rate, 10000)
	b.post(dollars, (amount*rate+5000)/10000, paid("21001000", name))
	b.post(euros, -amount, paid("21001000", name))
}
