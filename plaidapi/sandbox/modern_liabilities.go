package sandbox

import "time"

// owing is what an account with debt shows of itself.
type owing struct {
	heldAccount
	payment      *transaction // the last one
	statement    cents        // what was owed on the last statement's day
	paidInterest cents        // this year
	paid         cents        // this year, interest included
}

// The days of a month on which a card's statement closes and is due; as those
// of a household.
const (
	statementDay = 25
	dueDay       = 12
)

// statementOn is the day of the last statement before now, and dueAfter when it
// is to be paid.
func statementOn(today day) day {
	y, m, dom := today.time().Date()
	if dom <= statementDay {
		m--
	}
	return dayAt(y, m, statementDay)
}

func dueAfter(statement day) day {
	y, m, _ := statement.time().Date()
	return dayAt(y, m+1, dueDay)
}

// nextOn is the next such day of a month, today included.
func nextOn(today day, dom int) day {
	y, m, now := today.time().Date()
	if now > dom {
		m++
	}
	return dayAt(y, m, dom)
}

// debts reads the rows of the accounts with debt, of which there may be none.
func (p *post) debts(list []heldAccount) []owing {
	today := dayOf(p.now)
	y, _, _ := today.time().Date()
	yearStart, statement := dayAt(y, time.January, 1).String(), statementOn(today).String()
	all := map[string]*owing{}
	for _, h := range list {
		if h.Type != "credit" && h.Type != "loan" {
			continue
		}
		o := &owing{heldAccount: h}
		if h.Current != nil {
			o.statement = *h.Current
		}
		all[h.origin] = o
	}
	p.rows("", today.String(), func(tx *transaction) {
		o, ok := all[tx.Account]
		if !ok || tx.Pending {
			return
		}
		if tx.Date > statement {
			o.statement -= tx.Amount
		}
		pays := tx.Amount < 0 && len(tx.CategoryID) == 8 && tx.CategoryID[:2] == "16"
		if pays && o.payment == nil {
			row := *tx
			o.payment = &row
		}
		if tx.Date >= yearStart && pays {
			o.paid -= tx.Amount
		}
		if tx.Date >= yearStart && tx.CategoryID == "15002000" {
			o.paidInterest += tx.Amount
		}
	})
	var found []owing
	for _, h := range list {
		if o, ok := all[h.origin]; ok {
			found = append(found, *o)
		}
	}
	return found
}

// liabilities is POST /liabilities/get. Of loans the wire knows those for homes
// and studies.
func (p *post) liabilities() *trouble {
	list, problem := p.chosenHere(p.options.strings("account_ids"))
	if problem != nil {
		return problem
	}
	debts := p.debts(list)
	if len(debts) == 0 {
		return catalogued("NO_LIABILITY_ACCOUNTS")
	}
	t := p.open()
	p.writeAccounts(list, nil)
	t.key("item")
	p.writeItem(p.item, nil, false)
	t.object("liabilities")
	p.writeDebts("credit", debts, "credit card", p.writeCard)
	p.writeDebts("mortgage", debts, "mortgage", p.writeMortgage)
	p.writeDebts("student", debts, "student", p.writeStudent)
	t.close('}')
	return p.done()
}

// writeDebts writes one kind of debt, and null where there is none.
func (p *post) writeDebts(name string, debts []owing, subtype string, write func(owing)) {
	t := p.out
	any := false
	for _, o := range debts {
		if o.Subtype != subtype {
			continue
		}
		if !any {
			t.array(name)
			any = true
		}
		t.next()
		t.open('{')
		t.string("account_id", o.ID)
		write(o)
		t.close('}')
	}
	if any {
		t.close(']')
		return
	}
	t.null(name)
}

// writePayment writes the last payment, whose members all debts share.
func (t *text) writePayment(o owing) {
	if o.payment == nil {
		t.null("last_payment_amount")
		t.null("last_payment_date")
		return
	}
	t.cents("last_payment_amount", -o.payment.Amount)
	t.string("last_payment_date", o.payment.Date)
}

func (p *post) writeCard(o owing) {
	t, today := p.out, dayOf(p.now)
	statement := statementOn(today)
	asked := max(o.statement, 0)
	t.array("aprs")
	for _, apr := range [...]struct {
		kind string
		rate cents
		base cents
	}{{"purchase_apr", 2149, asked}, {"cash_apr", 2799, 0}, {"balance_transfer_apr", 1924, 0}} {
		t.next()
		t.open('{')
		t.cents("apr_percentage", apr.rate)
		t.string("apr_type", apr.kind)
		t.cents("balance_subject_to_apr", apr.base)
		t.cents("interest_charge_amount", 0) // the card is paid in full every month
		t.close('}')
	}
	t.close(']')
	t.bool("is_overdue", false)
	t.writePayment(o)
	t.string("last_statement_issue_date", statement.String())
	t.cents("last_statement_balance", o.statement)
	t.cents("minimum_payment_amount", min(asked, max(3500, asked/100)))
	if due := dueAfter(statement); due >= today {
		t.string("next_payment_due_date", due.String())
	} else {
		t.null("next_payment_due_date") // until the next statement
	}
}

func (p *post) writeMortgage(o owing) {
	t, today := p.out, dayOf(p.now)
	home := p.item.contact().Addresses[0]
	t.string("account_number", "3120194154"+o.Number)
	t.cents("current_late_fee", 2500)
	t.cents("escrow_balance", 314160)
	t.bool("has_pmi", false)
	t.bool("has_prepayment_penalty", false)
	t.object("interest_rate")
	t.cents("percentage", mortgageRate)
	t.string("type", "fixed")
	t.close('}')
	t.writePayment(o)
	t.string("loan_type_description", "conventional")
	t.string("loan_term", "30 year")
	t.string("maturity_date", "2042-01-04")
	t.cents("next_monthly_payment", mortgagePayment)
	t.string("next_payment_due_date", nextOn(today, mortgageDay).String())
	t.string("origination_date", firstDay.String())
	t.cents("origination_principal_amount", mortgagePrincipal)
	t.cents("past_due_amount", 0)
	t.object("property_address")
	t.string("street", home.Street)
	t.string("city", home.City)
	t.string("region", home.State)
	t.string("postal_code", home.Zip)
	t.string("country", country)
	t.close('}')
	t.cents("ytd_interest_paid", o.paidInterest)
	t.cents("ytd_principal_paid", o.paid-o.paidInterest)
}

func (p *post) writeStudent(o owing) {
	t, today := p.out, dayOf(p.now)
	t.string("account_number", "4277075694"+o.Number)
	t.strings("disbursement_dates", []string{"2008-08-28", "2009-08-28", "2010-01-12"})
	t.string("expected_payoff_date", "2037-06-21")
	t.string("guarantor", "DEPT OF ED")
	t.cents("interest_rate_percentage", studentRate)
	t.bool("is_overdue", false)
	t.writePayment(o)
	t.cents("last_statement_balance", o.statement)
	t.string("last_statement_issue_date", statementOn(today).String())
	t.string("loan_name", "Consolidation")
	t.object("loan_status")
	t.string("end_date", "2037-06-21")
	t.string("type", "repayment")
	t.close('}')
	t.cents("minimum_payment_amount", studentPayment)
	t.string("next_payment_due_date", nextOn(today, studentDay).String())
	t.string("origination_date", "2008-08-28")
	t.cents("origination_principal_amount", studentPrincipal)
	t.cents("outstanding_interest_amount", 0)
	t.string("payment_reference_number", "4277075694")
	t.object("pslf_status")
	t.null("estimated_eligibility_date")
	t.null("payments_made")
	t.null("payments_remaining")
	t.close('}')
	t.object("repayment_plan")
	t.string("description", "Standard Repayment")
	t.string("type", "standard")
	t.close('}')
	t.string("sequence_number", "1")
	t.object("servicer_address")
	t.string("street", "123 Relaxation Road")
	t.string("city", "San Matias")
	t.string("region", "CA")
	t.string("postal_code", "99415")
	t.string("country", country)
	t.close('}')
	t.cents("ytd_interest_paid", o.paidInterest)
	t.cents("ytd_principal_paid", o.paid-o.paidInterest)
}
