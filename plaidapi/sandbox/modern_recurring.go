package sandbox

import (
	"cmp"
	"slices"
	"time"
)

func recurringFields() []field {
	return []field{
		strs("account_ids"),
		obj("options", flag("include_personal_finance_category"), str("personal_finance_category_version").in(versions())),
	}
}

// stream is one payment that comes again and again.
type stream struct {
	rows      []transaction // oldest first
	frequency string
	every     int // days, about
}

// recurring is POST /transactions/recurring/get: what the Item's rows show of
// payments at regular times.
func (p *post) recurring() *trouble {
	list, problem := p.chosenHere(p.params.strings("account_ids"))
	if problem != nil {
		return problem
	}
	w := p.rowWriter(list)
	version := cmp.Or(w.version, "v2")
	in, out := p.streams(w)
	t := p.open()
	t.array("inflow_streams")
	for _, s := range in {
		p.writeStream(w, s, version)
	}
	t.close(']')
	t.array("outflow_streams")
	for _, s := range out {
		p.writeStream(w, s, version)
	}
	t.close(']')
	t.string("updated_datetime", instant(p.now))
	t.string("personal_finance_category_version", version)
	return p.done()
}

// streams finds the regular payments among the posted rows, by their account
// and name; those that bring money come first.
func (p *post) streams(w *rowWriter) (in, out []stream) {
	type payer struct {
		account, name string
		in            bool
	}
	found := map[payer][]transaction{}
	var order []payer
	p.rows("", dayOf(p.now).String(), func(tx *transaction) {
		if _, shown := w.accounts[tx.Account]; !shown || tx.Pending || tx.Name == "" {
			return
		}
		key := payer{tx.Account, tx.Name, tx.Amount < 0}
		if found[key] == nil {
			order = append(order, key)
		}
		found[key] = append(found[key], *tx)
	})
	for _, key := range order {
		rows := found[key]
		slices.Reverse(rows)
		s, regular := newStream(rows)
		switch {
		case !regular:
		case key.in:
			in = append(in, s)
		default:
			out = append(out, s)
		}
	}
	return in, out
}

// newStream tells whether rows come at regular times: three or more, all gaps
// close to the middle one.
func newStream(rows []transaction) (stream, bool) {
	if len(rows) < 3 {
		return stream{}, false
	}
	gaps := make([]int, 0, len(rows)-1)
	for i := 1; i < len(rows); i++ {
		before, _ := parseDay(rows[i-1].Date)
		after, _ := parseDay(rows[i].Date)
		gaps = append(gaps, int(after-before))
	}
	slices.Sort(gaps)
	middle := gaps[len(gaps)/2]
	for _, f := range [...]struct {
		name               string
		least, most, every int
	}{
		{"WEEKLY", 6, 8, 7},
		{"BIWEEKLY", 14, 14, 14},
		{"SEMI_MONTHLY", 12, 18, 15},
		{"MONTHLY", 25, 34, 30},
		{"ANNUALLY", 350, 380, 365},
	} {
		if f.least <= middle && middle <= f.most && gaps[0] >= f.least && gaps[len(gaps)-1] <= f.most {
			return stream{rows, f.name, f.every}, true
		}
	}
	return stream{}, false
}

func (p *post) writeStream(w *rowWriter, s stream, version string) {
	first, last := s.rows[0], s.rows[len(s.rows)-1]
	category := w.category(&last)
	end, _ := parseDay(last.Date)
	active := int(dayOf(p.now)-end) <= s.every+s.every/2
	t := p.out
	t.next()
	t.b = append(t.b, w.accounts[last.Account]...) // {"account_id":…, and the currencies
	t.b = append(t.b, ',')
	t.b = append(t.b, category.legacy...)
	t.depth, t.empty = t.depth+1, false
	t.string("stream_id", opaqueID(p.item.key(), hash("stream "+last.Account+last.Name), 0))
	t.string("description", last.Name)
	if last.Kind == "special" {
		t.null("merchant_name")
	} else {
		t.string("merchant_name", last.Name)
	}
	t.string("first_date", first.Date)
	t.string("last_date", last.Date)
	if active {
		t.string("predicted_next_date", s.next(end))
	} else {
		t.null("predicted_next_date")
	}
	t.string("frequency", s.frequency)
	t.array("transaction_ids")
	var sum cents
	for i := range s.rows {
		sum += s.rows[i].Amount
		t.next()
		t.quote(w.veil.over(s.rows[i].ID))
	}
	t.close(']')
	currency := p.currencyOf(last.Account)
	t.streamAmount("average_amount", sum/cents(len(s.rows)), currency)
	t.streamAmount("last_amount", last.Amount, currency)
	t.bool("is_active", active)
	if active {
		t.string("status", "MATURE")
	} else {
		t.string("status", "TOMBSTONED")
	}
	t.key("personal_finance_category")
	t.b = append(t.b, category.written(version, last.Amount)...)
	t.bool("is_user_modified", false)
	t.close('}')
}

// next is when the stream is expected again.
func (s stream) next(last day) string {
	switch s.frequency {
	case "MONTHLY":
		y, m, dom := last.time().Date()
		return min(dayAt(y, m+1, dom), dayAt(y, m+2, 0)).String() // the 30th follows the 31st
	case "ANNUALLY":
		return dayOf(last.time().AddDate(1, 0, 0)).String()
	}
	return dayOf(last.time().Add(time.Duration(s.every) * 24 * time.Hour)).String()
}

// currencyOf is the currency of an account, by its origin.
func (p *post) currencyOf(origin string) string {
	for _, h := range p.item.held(p.now) {
		if h.origin == origin {
			return h.Currency
		}
	}
	return ""
}

func (t *text) streamAmount(k string, amount cents, currency string) {
	t.object(k)
	t.cents("amount", amount)
	t.currency(currency)
	t.close('}')
}
