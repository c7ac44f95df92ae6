package sandbox

import "time"

// payCard closes the card's statement on the 25th and pays it on the 12th.
func (h *household) payCard(b *book) {
	if h.card == h.checking {
		return
	}
	switch {
	case b.dom == 25:
		h.statement = -b.balances[h.card]
	case b.dom == 12 && h.statement > 0:
		b.move(h.checking, h.card, h.statement,
			paid("16001000", h.names[h.card]+" Payment"), paid("16001000", "Payment Thank You"))
		h.statement = 0
	}
}

// borrow keeps a car on credit: every six years a new one, interest on the
// 1st, a payment on the 10th until it is paid off.
func (h *household) borrow(b *book) {
	if h.loan < 0 {
		return
	}
	const price, payment = 1850000, 30400
	owed := -b.balances[h.loan]
	switch {
	case b.dom == 2 && b.month == time.March && b.year%6 == 2:
		b.post(h.loan, price, paid("19005007", "Harbor Motors"))
	case b.dom == 1 && owed > 0:
		b.post(h.loan, (owed*49+6000)/12000, paid("15002000", "Interest Charged"))
	case b.dom == 10 && owed > 0:
		b.move(h.checking, h.loan, min(payment, owed),
			paid("16003000", h.names[h.loan]+" Payment"), paid("16003000", "Payment Received"))
	}
}

// save moves what is left over to the saver and what is missing back, and
// takes large savings elsewhere once a year. No account ends a day below zero.
func (h *household) save(b *book) {
	if b.dom == 16 {
		h.transfer(b, h.checking, h.saver, 25000)
	}
	if left := b.balances[h.checking] - 300000; b.dom == 28 && left > 150000 {
		h.transfer(b, h.checking, h.saver, left/10000*10000)
	}
	if missing := 30000 - b.balances[h.checking]; missing > 0 {
		h.transfer(b, h.saver, h.checking, (missing/50000+1)*50000)
	}
	if b.dom == b.last {
		b.post(h.saver, -b.balances[h.saver]*15/12000, paid("15001000", "Interest Payment"))
	}
	if rest := b.balances[h.saver] - 1500000; b.month == time.January && b.dom == 8 && rest > 500000 {
		b.post(h.saver, rest/100000*100000, paid("21002000", "Tailor & Twine Brokerage"))
	}
}

func (h *household) transfer(b *book, from, to int, amount cents) {
	b.move(from, to, amount,
		paid("21001000", "Online Transfer to "+h.names[to]), paid("21001000", "Online Transfer from "+h.names[from]))
}
