package legacy

import (
	"context"
	"errors"
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// The directory is read in pages of the largest size that every server took, and up to what a
// person can scroll; beyond that, people search. A server may send smaller pages than it was asked
// for.
const (
	directoryPage  = 500
	directoryPages = 100
	directoryRows  = 2000
)

// Institutions lists the main institutions and then the long tail, up to 2,000 of them; or, for a
// query, what the server finds for it, best first.
func (b *Bank) Institutions(ctx context.Context, query string) ([]plaidapi.Institution, error) {
	if query = strings.TrimSpace(query); query != "" {
		return b.search(ctx, query)
	}
	reply, err := b.client.Institutions(ctx)
	if err != nil {
		return nil, err
	}
	d := directory{seen: map[string]bool{}}
	d.add(b, reply.Institutions)
	offset := 0
	for pages := 0; pages < directoryPages && len(d.rows) < directoryRows; pages++ {
		page, err := b.client.InstitutionsAll(ctx, PageRequest{Count: directoryPage, Offset: offset})
		if notForUs(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		known := len(d.rows)
		d.add(b, page.Results)
		offset += len(page.Results)
		if len(d.rows) == known || offset >= page.TotalCount {
			break
		}
	}
	return d.rows[:min(len(d.rows), directoryRows)], nil
}

// notForUs reports keys, or a server, for which there is no long tail.
func notForUs(err error) bool {
	var e *Error
	return errors.As(err, &e) && (e.Code == 1104 || errors.Is(e, ResourceNotFound))
}

// directory collects institutions, each once.
type directory struct {
	rows []plaidapi.Institution
	seen map[string]bool // by type
}

func (d *directory) add(b *Bank, list []Institution) {
	for _, i := range list {
		if i.Type == "" || d.seen[i.Type] {
			continue
		}
		d.seen[i.Type] = true
		d.rows = append(d.rows, listed(i))
		b.remember(i.Type, i.CurrencyCode)
	}
}

// listed reads an institution of the lists.
func listed(i Institution) plaidapi.Institution {
	out := plaidapi.Institution{
		ID: i.Type, Wire: plaidapi.Legacy, Name: inert.Name(i.Name), Site: host(i.URL),
		Fields: signIn(i.Credentials.Username, i.Credentials.Password, i.Credentials.PIN),
	}
	for _, p := range i.Products {
		out.Products = append(out.Products, plaidapi.Product(p))
	}
	for _, m := range i.MFA {
		if kind, ok := factor(m); ok && !slices.Contains(out.Factors, kind) {
			out.Factors = append(out.Factors, kind)
		}
	}
	return out
}

// signIn is the form of an institution: user name, password and, where it asks for one, a PIN.
func signIn(username, password, pin string) []plaidapi.Field {
	fields := []plaidapi.Field{
		{Label: label(username, "Username")},
		{Label: label(password, "Password"), Secret: true},
	}
	if pin != "" {
		fields = append(fields, plaidapi.Field{Label: label(pin, "PIN"), Secret: true})
	}
	return fields
}

// label makes a label harmless, and says something where the bank says nothing.
func label(sent, otherwise string) string {
	if sent == "" {
		return otherwise
	}
	return inert.Name(sent)
}

// factor reads one of the wire's words for a second factor, such as "questions(3)".
func factor(word string) (plaidapi.Kind, bool) {
	name, _, _ := strings.Cut(word, "(")
	switch name {
	case "questions":
		return plaidapi.Question, true
	case "list":
		return plaidapi.Device, true
	case "code":
		return plaidapi.Code, true
	case "selections":
		return plaidapi.Selection, true
	}
	return 0, false
}

// search asks the server's typeahead. It does not tell second factors.
func (b *Bank) search(ctx context.Context, query string) ([]plaidapi.Institution, error) {
	reply, err := b.client.InstitutionSearch(ctx, SearchRequest{Query: query})
	if err != nil {
		return nil, err
	}
	all := make([]plaidapi.Institution, 0, len(reply.Results))
	for _, r := range reply.Results {
		if r.Type != "" {
			all = append(all, found(r))
		}
	}
	return all, nil
}

// found reads an institution of the search.
func found(r SearchResult) plaidapi.Institution {
	out := plaidapi.Institution{ID: r.Type, Wire: plaidapi.Legacy, Name: inert.Name(r.Name), Site: host(r.AccountSetup)}
	for _, p := range []struct {
		name plaidapi.Product
		has  bool
	}{
		{plaidapi.Connect, r.Products.Connect},
		{plaidapi.Auth, r.Products.Auth},
		{plaidapi.Balance, r.Products.Balance},
		{plaidapi.Info, r.Products.Info},
		{plaidapi.Income, r.Products.Income},
		{plaidapi.Risk, r.Products.Risk},
	} {
		if p.has {
			out.Products = append(out.Products, p.name)
		}
	}
	var username, password, pin string
	for _, f := range r.Fields {
		switch f.Name {
		case "username":
			username = f.Label
		case "password":
			password = f.Label
		case "pin":
			pin = label(f.Label, "PIN")
		}
	}
	out.Fields = signIn(username, password, pin)
	return out
}
