package modern

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// The directory has about 10,000 institutions, and few calls for it are allowed in a minute
// (modern-api §8): it is read as far as a person can scroll; beyond that, people search.
const (
	directoryPage  = 500
	directoryPages = 4
)

// Institutions lists institutions that have transactions, up to 2,000; or, for a query, the ten that
// fit best.
func (b *Bank) Institutions(ctx context.Context, query string) ([]plaidapi.Institution, error) {
	wanted := []plaidapi.Product{plaidapi.Transactions}
	if query = strings.TrimSpace(query); query != "" {
		reply, err := b.client.InstitutionSearch(ctx, InstitutionSearchRequest{Query: query, CountryCodes: b.o.Countries, Products: wanted})
		if err != nil {
			return nil, err
		}
		return listed(nil, reply.Institutions), nil
	}
	var all []plaidapi.Institution
	for page := range directoryPages {
		reply, err := b.client.Institutions(ctx, InstitutionsRequest{
			Count: directoryPage, Offset: page * directoryPage, CountryCodes: b.o.Countries, Options: InstitutionsOptions{Products: wanted},
		})
		if err != nil {
			return nil, err
		}
		all = listed(all, reply.Institutions)
		if (page+1)*directoryPage >= reply.Total {
			break
		}
	}
	return all, nil
}

// Institution reads one institution with its site and health, for somebody about to sign in.
func (b *Bank) Institution(ctx context.Context, id string) (plaidapi.Institution, error) {
	reply, err := b.client.Institution(ctx, InstitutionRequest{
		ID: id, CountryCodes: b.o.Countries,
		Options: InstitutionDetailOptions{IncludeOptionalMetadata: true, IncludeStatus: true},
	})
	if err != nil {
		return plaidapi.Institution{}, err
	}
	if reply.Institution.ID == "" {
		return plaidapi.Institution{}, incomplete("institutions get_by_id", reply.Answer, errNothing)
	}
	return institution(&reply.Institution), nil
}

// listed adds institutions to those that came before, each once.
func listed(all []plaidapi.Institution, came []Institution) []plaidapi.Institution {
	seen := make(map[string]bool, len(all)+len(came))
	for i := range all {
		seen[all[i].ID] = true
	}
	all = slices.Grow(all, len(came))
	for i := range came {
		if id := came[i].ID; id != "" && !seen[id] {
			seen[id] = true
			all = append(all, institution(&came[i]))
		}
	}
	return all
}

// institution reads an institution. Its own page asks for a password, so it has no Fields.
func institution(i *Institution) plaidapi.Institution {
	out := plaidapi.Institution{
		ID: i.ID, Wire: plaidapi.Modern, Name: inert.Name(i.Name), Site: host(i.URL), Products: i.Products,
	}
	if i.Status != nil && i.Status.ItemLogins != nil {
		out.Health = health(i.Status.ItemLogins)
	}
	return out
}

// health reads how well sign-in works.
func health(s *ProductStatus) plaidapi.Health {
	h := plaidapi.Health{}
	switch s.Status {
	case "DEGRADED":
		h.State = plaidapi.Slow
	case "DOWN":
		h.State = plaidapi.Down
	default:
		return h
	}
	h.Since = moment(s.LastStatusChange)
	return h
}

// host is the host name of a bank's URL, for showing and for comparing; empty when it has none.
func host(site string) string {
	u, err := url.Parse(site)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		return ""
	}
	return inert.Name(strings.ToLower(u.Hostname()))
}
