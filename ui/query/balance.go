package query

import "tartan/plaidapi"

// backwards is a balance on its way back in time: it takes posted transactions away, newest first.
// What is of one unit adds up as a number.
type backwards struct {
	balance plaidapi.Money // without what is in units
	lost    bool           // it cannot be known
	met     bool           // there is something in units
	unit    uint16
	units   int64
}

// take takes a row away. Pending ones were never in.
func (w *backwards) take(b *plaidapi.Batch, row uint32) {
	if b.Pending[row] || w.lost {
		return
	}
	unit, amount := b.Unit[row], b.Amounts[row]
	sum := w.units + amount
	switch {
	case unreadable(b, row):
		w.lost = true
	case b.Units[unit].Wide:
		w.settle(b)
		w.subtract(b.Money(int(row)))
	case w.met && unit == w.unit && (sum^amount)&(sum^w.units) >= 0: // int64 holds it
		w.units = sum
	default:
		w.settle(b)
		w.met, w.unit, w.units = true, unit, amount
	}
}

// settle takes the units from the balance.
func (w *backwards) settle(b *plaidapi.Batch) {
	if !w.met {
		return
	}
	u := b.Units[w.unit]
	m, err := plaidapi.NewMoney(w.units, int(u.Decimals), u.Currency)
	w.lost = w.lost || err != nil
	w.met = false
	w.subtract(m)
}

// subtract loses the balance when an amount is of another currency, or makes one that does not fit.
func (w *backwards) subtract(m plaidapi.Money) {
	balance, err := w.balance.Add(m.Neg())
	w.lost = w.lost || err != nil || m.Currency() != w.balance.Currency()
	w.balance = balance
}

// now is the balance as far as rows were taken.
func (w *backwards) now(b *plaidapi.Batch) (plaidapi.Money, bool) {
	w.settle(b)
	if w.lost {
		return plaidapi.Money{}, false
	}
	return w.balance, true
}

// Running are the balances of one account after each of its transactions.
type Running struct {
	view  *View
	marks []backwards // before each so many rows
}

// stride is how many rows there are from mark to mark: what is added up for one balance at most.
const stride = 256

// Running are the balances of one account after each of v's transactions: v is all transactions of
// that account in the order of the list, and current is the balance now, which has in it what is
// posted and nothing that is pending.
func (v *View) Running(current plaidapi.Money) *Running {
	r := &Running{view: v, marks: make([]backwards, 0, len(v.rows)/stride+1)}
	w := backwards{balance: current, lost: !current.Known()}
	for i, row := range v.rows {
		if i%stride == 0 {
			r.marks = append(r.marks, w)
		}
		w.take(&v.batch, row)
	}
	return r
}

// At is the balance after a transaction. There is none for a pending one, and none for those before
// an amount that nobody can read, that is of another currency, or that makes a balance that does not
// fit.
func (r *Running) At(i int) (plaidapi.Money, bool) {
	v, w := r.view, r.marks[i/stride]
	if v.batch.Pending[v.rows[i]] {
		return plaidapi.Money{}, false
	}
	for _, row := range v.rows[i/stride*stride : i] {
		w.take(&v.batch, row)
	}
	return w.now(&v.batch)
}
