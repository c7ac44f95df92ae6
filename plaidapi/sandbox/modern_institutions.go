package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// modernBank is an institution as the modern wire knows it.
type modernBank struct {
	institution
	id       string
	products productSet
}

// modernDirectory is every institution, in the order of the legacy one.
type modernDirectory struct {
	all    []modernBank
	byID   map[string]int
	byType map[string]int
}

func newModernDirectory(banks []institution) modernDirectory {
	d := modernDirectory{byID: map[string]int{}, byType: map[string]int{}}
	ids := modernIDs()
	for at, bank := range banks {
		m := modernBank{institution: bank, id: bank.ID}
		if id, ok := ids[bank.Type]; ok {
			m.id = id
		}
		for _, p := range [...]struct{ legacy, modern string }{
			{"connect", "transactions"}, {"auth", "auth"}, {"info", "identity"}, {"connect", "investments"}, {"connect", "liabilities"},
		} {
			if bank.offers(p.legacy) {
				m.products |= setOf([]string{p.modern})
			}
		}
		d.all = append(d.all, m)
		d.byID[m.id], d.byType[bank.Type] = at, at
	}
	return d
}

// modernIDs are the ids of institutions that have another one today, by type.
// Banks whose namesakes are known from Plaid's own Sandbox have their ids.
func modernIDs() map[string]string {
	return map[string]string{
		"bofa": "ins_1", "chase": "ins_56", "wells": "ins_4", "citi": "ins_5", "us": "ins_6", "usaa": "ins_7", "capone360": "ins_9",
		"amex": "ins_10", "schwab": "ins_11", "fidelity": "ins_12", "pnc": "ins_13", "td": "ins_14", "nfcu": "ins_15", "suntrust": "ins_16", "svb": "ins_17",
		"900001": "ins_109511", "900002": "ins_109509", "900003": "ins_109508", "900005": "ins_109512",
	}
}

// PageID is the id, for the page.
func (b modernBank) PageID() string { return b.id }

func (d *modernDirectory) ofType(kind string) (modernBank, bool) {
	at, ok := d.byType[kind]
	if !ok {
		return modernBank{}, false
	}
	return d.all[at], true
}

func (d *modernDirectory) ofID(id string) (modernBank, bool) {
	at, ok := d.byID[id]
	if !ok {
		return modernBank{}, false
	}
	return d.all[at], true
}

// country is where all banks of the practice bank are.
const country = "US"

func countries() []string {
	return []string{"US", "GB", "ES", "NL", "FR", "IE", "CA", "DE", "IT", "PL", "DK", "NO", "SE", "EE", "LT", "LV", "PT", "BE", "AT", "FI"}
}

func countriesField() field { return strs("country_codes").must().some().in(countries()) }

func institutionsFields() []field {
	return []field{
		num("count", 1, mostRows).must(), num("offset", 0, anyNumber).must(), countriesField(),
		obj("options", strs("products").orNull(), strs("routing_numbers").orNull(), flag("oauth").orNull(), flag("include_optional_metadata"),
			flag("include_auth_metadata"), flag("include_payment_initiation_metadata")),
	}
}

func searchFields() []field {
	return []field{
		str("query").must(), strs("products").orNull(), countriesField(),
		obj("options", flag("oauth").orNull(), flag("include_optional_metadata"), flag("include_auth_metadata").orNull(),
			flag("include_payment_initiation_metadata").orNull(), anything("payment_initiation").orNull()),
	}
}

func institutionFields() []field {
	return []field{
		str("institution_id").must(), countriesField(),
		obj("options", flag("include_optional_metadata"), flag("include_status"), flag("include_auth_metadata"), flag("include_payment_initiation_metadata")),
	}
}

// institutions is POST /institutions/get.
func (p *post) institutions() *trouble {
	found := p.matching(p.options.strings("products"), p.options.strings("routing_numbers"), "")
	start := min(p.params.number("offset", 0), len(found))
	end := min(start+p.params.number("count", 0), len(found))
	t := p.open()
	t.array("institutions")
	for _, bank := range found[start:end] {
		t.next()
		p.writeInstitution(bank, false)
	}
	t.close(']')
	t.int("total", len(found))
	return p.done()
}

// mostFound is how many institutions a search tells of.
const mostFound = 10

// searchInstitutions is POST /institutions/search.
func (p *post) searchInstitutions() *trouble {
	found := p.matching(p.params.strings("products"), nil, p.params.text("query"))
	t := p.open()
	t.array("institutions")
	for _, bank := range found[:min(mostFound, len(found))] {
		t.next()
		p.writeInstitution(bank, false)
	}
	t.close(']')
	return p.done()
}

// matching are the banks that have all the products, one of the routing numbers
// and the query in their name. No bank uses OAuth.
func (p *post) matching(products, numbers []string, query string) []modernBank {
	if !slices.Contains(p.params.strings("country_codes"), country) || p.options.flag("oauth") {
		return nil
	}
	var found []modernBank
	for _, bank := range p.modern.directory.all {
		lacks := slices.ContainsFunc(products, func(name string) bool { return !bank.has(name) })
		if lacks || numbers != nil && !slices.Contains(numbers, routing(bank.Type)) || !bank.named(query) {
			continue
		}
		found = append(found, bank)
	}
	return found
}

// has tells whether a bank is listed with the product.
func (b modernBank) has(product string) bool {
	return product == "balance" || b.products.has(product) || product == "recurring_transactions" && b.products.has("transactions")
}

// named tells whether every word of the query begins a word of the name.
func (b modernBank) named(query string) bool {
	words := strings.Fields(strings.ToLower(b.Name))
	for _, wanted := range strings.Fields(strings.ToLower(query)) {
		if !slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, wanted) }) {
			return false
		}
	}
	return true
}

// oneInstitution is POST /institutions/get_by_id.
func (p *post) oneInstitution() *trouble {
	bank, ok := p.modern.directory.ofID(p.params.text("institution_id"))
	if !ok || !slices.Contains(p.params.strings("country_codes"), country) {
		return catalogued("INVALID_INSTITUTION")
	}
	p.open().key("institution")
	p.writeInstitution(bank, p.options.flag("include_status"))
	return p.done()
}

func (p *post) writeInstitution(bank modernBank, status bool) {
	t := p.out
	t.open('{')
	t.string("institution_id", bank.id)
	t.string("name", bank.Name)
	names := append(bank.products.names(), "balance")
	if bank.products.has("transactions") {
		names = append(names, "recurring_transactions", "transactions_refresh")
	}
	t.strings("products", names)
	t.strings("country_codes", []string{country})
	t.strings("routing_numbers", []string{routing(bank.Type)})
	t.strings("dtc_numbers", nil)
	t.bool("oauth", false)
	if p.options.flag("include_optional_metadata") {
		t.stringOrNull("url", bank.URL)
		l := lookOf(bank.Type)
		t.string("primary_color", l.hex())
		if bank.longtail() {
			t.null("logo")
		} else {
			t.string("logo", l.logo())
		}
	}
	if status {
		p.writeHealth(bank)
	}
	t.close('}')
}

// hex is the main colour as #rrggbb.
func (l look) hex() string {
	var r, g, b int
	fmt.Sscanf(l.primary, "rgba(%d,%d,%d,", &r, &g, &b)
	return fmt.Sprintf("#%02x%02x%02x", r, g, b)
}

// writeHealth writes how a bank fares: one is always down, all others are well.
func (p *post) writeHealth(bank modernBank) {
	down := bank.Type == failuresBank().Type
	since := p.now.Add(-6 * time.Hour).Truncate(time.Hour)
	t := p.out
	t.object("status")
	for _, part := range [...]struct{ name, product string }{
		{"item_logins", ""},
		{"transactions_updates", "transactions"},
		{"auth", "auth"},
		{"identity", "identity"},
		{"investments_updates", "investments"},
		{"liabilities_updates", "liabilities"},
	} {
		if part.product != "" && !bank.products.has(part.product) {
			continue
		}
		t.object(part.name)
		state, success, fault, refresh := "HEALTHY", 0.98, 0.01, "NORMAL"
		if down {
			state, success, fault, refresh = "DOWN", 0.05, 0.94, "STOPPED"
		}
		t.string("status", state)
		t.string("last_status_change", instant(since))
		t.object("breakdown")
		t.float("success", success)
		t.float("error_plaid", 0.01)
		t.float("error_institution", fault)
		if strings.HasSuffix(part.name, "_updates") {
			t.string("refresh_interval", refresh)
		}
		t.close('}')
		t.close('}')
	}
	t.array("health_incidents")
	if down {
		t.next()
		t.open('{')
		t.string("title", "Sign-in and refreshing fail")
		t.string("start_date", instant(since))
		t.null("end_date")
		t.array("incident_updates")
		t.next()
		t.open('{')
		t.string("description", "The bank does not answer. It has been told.")
		t.string("status", "INVESTIGATING")
		t.string("updated_date", instant(since))
		t.close('}')
		t.close(']')
		t.close('}')
	}
	t.close(']')
	t.close('}')
}
