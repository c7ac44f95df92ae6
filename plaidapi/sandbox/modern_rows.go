package sandbox

import (
	"strconv"
	"strings"
)

// rowWriter writes transactions without reflection and mostly from pieces that
// are ready: a first sync has very many of them.
type rowWriter struct {
	t          *text
	veil       *veil
	accounts   map[string]string // by origin: the row's members account_id and currencies
	categories financeCategories
	loans      []heldAccount
	version    string // of the personal finance categories
	original   bool   // with the bank's own description
}

// versions are those of the personal finance categories; the last one is given
// to whoever asks for none.
func versions() []string { return []string{"v1", "v2"} }

func (p *post) rowWriter(list []heldAccount) *rowWriter {
	w := &rowWriter{
		t: p.out, veil: p.item.veil(), accounts: map[string]string{}, categories: p.modern.categories,
		version: p.options.text("personal_finance_category_version"), original: p.options.flag("include_original_description"),
	}
	for _, h := range list {
		t := text{tight: true}
		t.open('{')
		t.string("account_id", h.ID)
		t.currency(h.Currency)
		w.accounts[h.origin] = string(t.b)
	}
	for _, h := range p.item.held(p.now) {
		if h.Type == "loan" {
			w.loans = append(w.loans, h)
		}
	}
	return w
}

// category finds a row's category. A payment of a loan is on the loan's own
// account, or names it.
func (w *rowWriter) category(tx *transaction) *financeCategory {
	if tx.CategoryID == loanPayment {
		for _, h := range w.loans {
			if tx.Account == h.origin || strings.HasPrefix(tx.Name, h.Name) {
				return w.categories.of(h.Subtype)
			}
		}
	}
	return w.categories.of(tx.CategoryID)
}

const (
	emptyPlace = `,"location":{"address":null,"city":null,"region":null,"postal_code":null,"country":null,"lat":null,"lon":null,"store_number":null}`
	emptyMeta  = `,"payment_meta":{"reference_number":null,"ppd_id":null,"payee":null,"by_order_of":null,"payer":null,"payment_method":null,"payment_processor":null,"reason":null}`
	emptyTimes = `,"authorized_datetime":null,"datetime":null,"transaction_code":null,"account_owner":null,"check_number":null,"logo_url":null,"website":null,"merchant_entity_id":null`
)

// row writes a transaction as an element of an array.
func (w *rowWriter) row(tx *transaction) {
	w.t.next()
	category := w.category(tx)
	b := append(w.t.b, w.accounts[tx.Account]...)
	b = append(b, `,"transaction_id":"`...)
	b = w.veil.append(b, tx.ID)
	b = append(b, `","amount":`...)
	b = appendCents(b, tx.Amount)
	b = append(b, `,"date":"`...)
	b = append(b, tx.Date...)
	b = append(b, `","authorized_date":`...)
	b = appendAuthorized(b, tx)
	b = append(b, `,"pending":`...)
	b = strconv.AppendBool(b, tx.Pending)
	b = append(b, `,"pending_transaction_id":`...)
	if tx.PendingID == "" {
		b = append(b, "null"...)
	} else {
		b = append(b, '"')
		b = w.veil.append(b, tx.PendingID)
		b = append(b, '"')
	}
	b = append(b, `,"payment_channel":"`...)
	b = append(b, channel(tx)...)
	b = append(b, `","transaction_type":"`...)
	b = append(b, tx.Kind...)
	b = append(b, `",`...)
	b = append(b, category.legacy...)
	b = append(b, `,"personal_finance_category":`...)
	b = append(b, category.written(w.version, tx.Amount)...)
	b = append(b, emptyTimes...)
	b = append(b, emptyMeta...)
	w.t.b = b
	w.names(tx)
	w.place(&tx.Place)
	w.t.b = append(w.t.b, '}')
}

// appendAuthorized writes the day of the purchase, where the bank tells it.
func appendAuthorized(b []byte, tx *transaction) []byte {
	if tx.PendingID != "" || tx.Kind == "special" || tx.Kind == "unresolved" {
		return append(b, "null"...)
	}
	b = append(b, '"')
	b = append(b, tx.Date...)
	return append(b, '"')
}

// channel is how a row was paid.
func channel(tx *transaction) string {
	switch {
	case tx.Kind == "digital":
		return "online"
	case tx.Kind == "place" && tx.Place.City != "":
		return "in store"
	}
	return "other"
}

// names writes who is on the other side, in the words of the bank and cleaned.
func (w *rowWriter) names(tx *transaction) {
	t := w.t
	t.b = append(t.b, `,"name":`...)
	t.quote(tx.Name)
	t.b = append(t.b, `,"original_description":`...)
	switch {
	case !w.original:
		t.b = append(t.b, "null"...)
	case tx.Original != "":
		t.quote(tx.Original)
	default:
		t.quote(tx.Name)
	}
	if tx.Name == "" || tx.Kind == "special" || tx.Kind == "unresolved" {
		t.b = append(t.b, `,"merchant_name":null,"counterparties":[]`...)
		return
	}
	t.b = append(t.b, `,"merchant_name":`...)
	t.quote(tx.Name)
	t.b = append(t.b, `,"counterparties":[{"name":`...)
	t.quote(tx.Name)
	t.b = append(t.b, `,"type":"merchant","entity_id":null,"website":null,"logo_url":null,"confidence_level":"HIGH"}]`...)
}

// place writes where it was. Every member is there, and null when unknown.
func (w *rowWriter) place(at *place) {
	t := w.t
	if *at == (place{}) {
		t.b = append(t.b, emptyPlace...)
		return
	}
	t.b = append(t.b, `,"location":{"address":`...)
	t.quoteOrNull(at.Address)
	t.b = append(t.b, `,"city":`...)
	t.quoteOrNull(at.City)
	t.b = append(t.b, `,"region":`...)
	t.quoteOrNull(at.State)
	t.b = append(t.b, `,"postal_code":`...)
	t.quoteOrNull(at.Zip)
	t.b = append(t.b, `,"country":`...)
	t.quoteOrNull(homeCountry(at.State, at.City))
	if at.HasCoordinates {
		t.b = append(t.b, `,"lat":`...)
		t.b = strconv.AppendFloat(t.b, at.Lat, 'f', -1, 64)
		t.b = append(t.b, `,"lon":`...)
		t.b = strconv.AppendFloat(t.b, at.Lon, 'f', -1, 64)
	} else {
		t.b = append(t.b, `,"lat":null,"lon":null`...)
	}
	t.b = append(t.b, `,"store_number":null}`...)
}

func (t *text) quoteOrNull(s string) {
	if s == "" {
		t.b = append(t.b, "null"...)
		return
	}
	t.quote(s)
}
