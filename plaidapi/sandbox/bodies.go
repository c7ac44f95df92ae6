package sandbox

// account writes one account; product decides what it tells beyond balances.
// Members are in alphabetical order, as recorded.
func (t *text) account(a *account, product string, currencies bool) {
	t.open('{')
	t.string("_id", a.ID)
	t.string("_item", a.Item)
	t.string("_user", a.User)
	t.object("balance")
	t.optionalCents("available", a.Available)
	t.optionalCents("current", a.Current)
	t.close('}')
	if currencies {
		t.string("currencyCode", a.Currency)
	}
	t.string("institution_type", a.InstitutionType)
	t.object("meta")
	t.optionalCents("limit", a.Limit)
	t.string("name", a.Name)
	t.string("number", a.Number)
	t.optionalString("official_name", a.OfficialName)
	t.close('}')
	switch product {
	case "auth":
		t.object("numbers")
		if a.FullNumber != "" {
			t.string("account", a.FullNumber)
			t.string("routing", a.Routing)
			t.string("wireRouting", a.WireRouting)
		}
		t.close('}')
	case "risk":
		t.recordedRisk()
	}
	t.optionalString("subtype", a.Subtype)
	t.string("type", a.Type)
	t.close('}')
}

// accounts writes the accounts of an item. A bank that keeps accounts in more
// than one currency names the currency of each, as no recorded one did.
func (t *text) accounts(list []account, product string) {
	currencies := false
	for _, a := range list {
		currencies = currencies || a.Currency != list[0].Currency
	}
	t.array("accounts")
	for i := range list {
		t.next()
		t.account(&list[i], product, currencies)
	}
	t.close(']')
}

// transaction writes one row; hierarchy names its category, original asks for
// the bank's own words.
func (t *text) transaction(tx *transaction, hierarchy []string, original bool) {
	t.open('{')
	t.string("_account", tx.Account)
	t.string("_id", tx.ID)
	t.optionalString("_pendingTransaction", tx.PendingID)
	t.cents("amount", tx.Amount)
	t.string("date", tx.Date)
	t.string("name", tx.Name)
	if original {
		if tx.Original != "" {
			t.string("original_description", tx.Original)
		} else {
			t.string("original_description", tx.Name)
		}
	}
	t.object("meta")
	t.location(&tx.Place)
	t.close('}')
	t.bool("pending", tx.Pending)
	t.object("type")
	t.string("primary", tx.Kind)
	t.close('}')
	if tx.CategoryID != "" {
		t.strings("category", hierarchy)
		t.string("category_id", tx.CategoryID)
	}
	t.object("score")
	t.locationScore(&tx.Place)
	t.float("name", tx.NameScore)
	t.close('}')
	t.close('}')
}

func (t *text) location(p *place) {
	t.object("location")
	t.optionalString("address", p.Address)
	t.optionalString("city", p.City)
	if p.HasCoordinates {
		t.object("coordinates")
		t.float("lat", p.Lat)
		t.float("lon", p.Lon)
		t.close('}')
	}
	t.optionalString("state", p.State)
	t.optionalString("zip", p.Zip)
	t.close('}')
}

// locationScore is full certainty of every part of the location but its coordinates.
func (t *text) locationScore(p *place) {
	t.object("location")
	for _, part := range [...]struct{ key, value string }{
		{"address", p.Address}, {"city", p.City}, {"state", p.State}, {"zip", p.Zip},
	} {
		if part.value != "" {
			t.int(part.key, 1)
		}
	}
	t.close('}')
}

// contact writes the info object.
func (t *text) contact(c contact) {
	t.object("info")
	t.details("emails", c.Emails)
	t.array("addresses")
	for _, a := range c.Addresses {
		t.next()
		t.open('{')
		t.bool("primary", a.Primary)
		t.object("data")
		t.string("zip", a.Zip)
		t.string("state", a.State)
		t.string("city", a.City)
		t.string("street", a.Street)
		t.close('}')
		t.close('}')
	}
	t.close(']')
	t.details("phone_numbers", c.Phones)
	t.strings("names", c.Names)
	t.close('}')
}

func (t *text) details(k string, list []detail) {
	t.array(k)
	for _, d := range list {
		t.next()
		t.open('{')
		t.bool("primary", d.Primary)
		t.string("type", d.Type)
		t.string("data", d.Data)
		t.close('}')
	}
	t.close(']')
}

func (t *text) optionalString(k, v string) {
	if v != "" {
		t.string(k, v)
	}
}

func (t *text) optionalCents(k string, v *cents) {
	if v != nil {
		t.cents(k, *v)
	}
}
