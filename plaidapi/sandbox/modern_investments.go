package sandbox

import "slices"

func investmentTransactionsFields() []field {
	return []field{
		date("start_date").must(), date("end_date").must(),
		obj("options", strs("account_ids"), num("count", 1, mostRows), num("offset", 0, anyNumber), flag("async_update")),
	}
}

// investments are the accounts of the call that can hold securities, and what
// the person's hold.
func (p *post) investments() ([]heldAccount, portfolio, *trouble) {
	list, problem := p.chosenHere(p.options.strings("account_ids"))
	if problem != nil {
		return nil, nil, problem
	}
	list = slices.DeleteFunc(list, func(h heldAccount) bool { return h.Type != "investment" })
	e, ok := p.item.person.(*estate)
	if len(list) == 0 || !ok {
		return nil, nil, catalogued("NO_INVESTMENT_ACCOUNTS")
	}
	held := slices.DeleteFunc(slices.Clone(e.portfolio), func(one position) bool {
		return !slices.ContainsFunc(list, func(h heldAccount) bool { return h.origin == one.account })
	})
	return list, held, nil
}

// holdings is POST /investments/holdings/get.
func (p *post) holdings() *trouble {
	list, held, problem := p.investments()
	if problem != nil {
		return problem
	}
	today, v := dayOf(p.now), p.item.veil()
	t := p.open()
	p.writeInvestmentAccounts(list)
	t.array("holdings")
	for _, one := range held {
		price, units := one.price(today), one.held(today)
		t.next()
		t.open('{')
		t.string("account_id", v.over(one.account))
		t.string("security_id", one.id())
		t.cents("institution_price", price)
		t.string("institution_price_as_of", today.String())
		t.null("institution_price_datetime")
		t.cents("institution_value", value(units, price))
		if one.kind == "cryptocurrency" {
			t.null("cost_basis") // what nobody wrote down
		} else {
			t.cents("cost_basis", one.cost(today))
		}
		t.thousandths("quantity", units)
		t.currency("USD")
		t.null("vested_quantity")
		t.null("vested_value")
		t.close('}')
	}
	t.close(']')
	p.writeSecurities(held)
	t.key("item")
	p.writeItem(p.item, nil, false)
	t.bool("is_investments_fallback_item", false)
	return p.done()
}

// investmentTransactions is POST /investments/transactions/get. It tells the
// total, and never that there is more.
func (p *post) investmentTransactions() *trouble {
	list, held, problem := p.investments()
	if problem != nil {
		return problem
	}
	from, to := p.params.text("start_date"), p.params.text("end_date")
	if from > to {
		return invalidField("start_date must not be after end_date")
	}
	first, _ := parseDay(from) // checkFields has read them
	last, _ := parseDay(to)
	last, first = min(last, dayOf(p.now)), max(first, dayOf(p.now)-day(historyDays))
	offset, count := p.options.number("offset", 0), p.options.number("count", defaultCount)
	v := p.item.veil()
	t := p.open()
	t.key("item")
	p.writeItem(p.item, nil, false)
	p.writeInvestmentAccounts(list)
	t.array("investment_transactions")
	total := 0
	held.moves(first, last, func(m move) {
		if offset <= total && total < offset+count {
			p.writeMove(m, v)
		}
		total++
	})
	t.close(']')
	p.writeSecurities(held)
	t.int("total_investment_transactions", total)
	t.bool("is_investments_fallback_item", false)
	return p.done()
}

func (p *post) writeMove(m move, v *veil) {
	t := p.out
	t.next()
	t.open('{')
	t.string("investment_transaction_id", opaqueID(p.item.key(), hash(m.account+m.security.name+m.kind), uint64(m.date)))
	t.string("account_id", v.over(m.account))
	t.string("security_id", m.id())
	t.string("date", m.date.String())
	t.null("transaction_datetime")
	t.string("name", m.name)
	t.thousandths("quantity", m.units)
	t.cents("amount", m.amount)
	t.cents("price", m.price)
	t.cents("fees", 0)
	t.string("type", m.kind)
	t.string("subtype", m.subtype)
	t.currency("USD")
	t.close('}')
}

func (p *post) writeInvestmentAccounts(list []heldAccount) {
	t := p.out
	t.array("accounts")
	for _, h := range list {
		t.next()
		t.open('{')
		p.writeAccount(h, true)
		t.close('}')
	}
	t.close(']')
}

func (p *post) writeSecurities(held portfolio) {
	t, today := p.out, dayOf(p.now)
	told := map[string]bool{}
	t.array("securities")
	for _, one := range held {
		if told[one.id()] {
			continue
		}
		told[one.id()] = true
		t.next()
		t.open('{')
		t.string("security_id", one.id())
		for _, none := range [...]string{"isin", "cusip", "sedol", "institution_security_id", "institution_id", "proxy_security_id", "market_identifier_code", "cfi_code", "update_datetime", "option_contract"} {
			t.null(none)
		}
		t.string("name", one.security.name)
		t.stringOrNull("ticker_symbol", one.ticker)
		t.bool("is_cash_equivalent", one.kind == "cash")
		t.string("type", one.kind)
		t.string("subtype", one.subtype)
		t.cents("close_price", one.price(today-1))
		t.string("close_price_as_of", (today - 1).String())
		t.currency("USD")
		t.stringOrNull("sector", one.sector)
		t.stringOrNull("industry", one.industry)
		if one.yield == 0 {
			t.null("fixed_income")
		} else {
			t.object("fixed_income")
			t.object("yield_rate")
			t.cents("percentage", one.yield)
			t.string("type", "coupon")
			t.close('}')
			t.string("maturity_date", "2031-02-15")
			t.string("issue_date", "2021-02-15")
			t.cents("face_value", 10000)
			t.close('}')
		}
		t.close('}')
	}
	t.close(']')
}
