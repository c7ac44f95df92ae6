package sandbox

import (
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func publicTokenFields() []field {
	return []field{
		str("institution_id").must(), strs("initial_products").must().some(), str("user_token"), str("user_id"),
		obj("options", web("webhook"), str("override_username").orNull(), str("override_password").orNull(),
			obj("transactions", date("start_date"), date("end_date"), num("days_requested", 1, historyDays)).orNull(),
			anything("statements").orNull(), anything("income_verification")),
	}
}

// createPublicToken is POST /sandbox/public_token/create: a login without Link.
// The passwords that would lead to a second factor do without it.
func (p *post) createPublicToken() *trouble {
	bank, ok := p.modern.directory.ofID(p.params.text("institution_id"))
	if !ok {
		return catalogued("INVALID_INSTITUTION")
	}
	products, problem := p.wantedProducts("initial_products")
	if problem != nil {
		return problem
	}
	if lacking := (products &^ bank.products).names(); len(lacking) > 0 {
		return troubled("PRODUCTS_NOT_SUPPORTED", "this institution does not support the following products: "+strings.Join(lacking, ", "))
	}
	username, password := p.options.text("override_username"), p.options.text("override_password")
	if username == "" {
		username = everyoneUser
	}
	if password == "" {
		password = everyonePassword
		if username == recordedUser || username == recordedSelections {
			password = goodPassword
		}
	}
	h, _, problem := p.modern.signIn(p.bank, bank, username, password, recordedPIN)
	if problem != nil {
		return problem
	}
	history, _ := p.options.object("transactions")
	ident := p.bank.newItem(h, bank.Type)
	ident.chosen = 1<<len(h.accounts(p.now)) - 1
	ident.products, ident.days = products, history.number("days_requested", usualDays)
	p.modern.links.mu.Lock()
	token := p.modern.links.publish(p.bank, ident, p.options.text("webhook"))
	p.modern.links.mu.Unlock()
	p.open().string("public_token", token)
	return p.done()
}

// resetLogin is POST /sandbox/item/reset_login: the bank wants its customer to
// sign in again.
func (p *post) resetLogin() *trouble {
	p.modern.items.change(p.item.identity, func(s *itemState) { s.broken, s.repaired = true, false })
	p.hook = p.item.webhook("ITEM", "ERROR", nil)
	p.open().bool("reset_login", true)
	return p.done()
}

func fireWebhookFields() []field {
	return []field{
		str("webhook_code").must().in(slices.Sorted(maps.Keys(webhookTypes()))),
		str("webhook_type").in([]string{"AUTH", "HOLDINGS", "INVESTMENTS_TRANSACTIONS", "ITEM", "LIABILITIES", "TRANSACTIONS", "ASSETS"}),
	}
}

// webhookTypes are the types of the webhooks that can be fired, by code.
func webhookTypes() map[string]string {
	return map[string]string{
		"DEFAULT_UPDATE": "TRANSACTIONS", "SYNC_UPDATES_AVAILABLE": "TRANSACTIONS", "RECURRING_TRANSACTIONS_UPDATE": "TRANSACTIONS",
		"NEW_ACCOUNTS_AVAILABLE": "ITEM", "PENDING_DISCONNECT": "ITEM", "LOGIN_REPAIRED": "ITEM", "USER_PERMISSION_REVOKED": "ITEM",
		"USER_ACCOUNT_REVOKED": "ITEM", "AUTHORIZATION_GRANTED": "ITEM", "ERROR": "ITEM", "SMS_MICRODEPOSITS_VERIFICATION": "AUTH", "PRODUCT_READY": "ASSETS",
	}
}

// disconnectDays is how long before consent ends PENDING_DISCONNECT comes.
const disconnectDays = 7

// fireWebhook is POST /sandbox/item/fire_webhook. PENDING_DISCONNECT also lets
// the Item's consent end in a week, so that a client can be seen to notice.
func (p *post) fireWebhook() *trouble {
	if p.item.state.webhook == "" {
		return catalogued("SANDBOX_WEBHOOK_INVALID")
	}
	code := p.params.text("webhook_code")
	kind := p.params.text("webhook_type")
	if kind == "" {
		kind = webhookTypes()[code]
	}
	p.modern.items.change(p.item.identity, func(s *itemState) {
		s.webhookSent = code
		if code == "PENDING_DISCONNECT" {
			s.consentEnds = p.now.AddDate(0, 0, disconnectDays)
		}
	})
	p.hook = p.item.webhook(kind, code, nil)
	p.open().bool("webhook_fired", true)
	return p.done()
}

func verificationFields() []field {
	return []field{
		str("account_id").must(),
		str("verification_status").must().in([]string{"automatically_verified", "verification_expired"}),
	}
}

// setVerificationStatus is POST /sandbox/item/set_verification_status.
func (p *post) setVerificationStatus() *trouble {
	id := p.params.text("account_id")
	if _, problem := p.chosenHere([]string{id}); problem != nil {
		return problem
	}
	p.modern.items.change(p.item.identity, func(s *itemState) {
		verified := map[string]string{id: p.params.text("verification_status")}
		for other, status := range s.verified {
			if other != id {
				verified[other] = status
			}
		}
		s.verified = verified
	})
	p.open()
	return p.done()
}

func createTransactionsFields() []field {
	return []field{{
		name: "transactions", kind: objectsField, required: true, least: 1, most: 10,
		of: []field{date("date_transacted").must(), date("date_posted").must(), amount("amount").must(), str("description").must(), str("iso_currency_code")},
	}}
}

// createdDays is how far back a transaction can be made.
const createdDays = 14

// createTransactions is POST /sandbox/transactions/create, for one user only.
func (p *post) createTransactions() *trouble {
	if p.item.login().Username != dynamicUser {
		return invalidField("transactions can be created only for Items of the user %s", dynamicUser)
	}
	list, _ := p.params["transactions"].([]any)
	today := dayOf(p.now)
	oldest := (today - createdDays).String()
	var rows []transaction
	home := p.item.person.accounts(p.now)[0].ID
	for at, one := range list {
		given := params(one.(map[string]any)) // checkFields has seen it
		made, posted := given.text("date_transacted"), given.text("date_posted")
		path := "transactions[" + strconv.Itoa(at) + "]"
		switch {
		case made < oldest || made > today.String() || posted < made:
			return invalidField("%s: date_transacted must be within the last %d days and date_posted not before it", path, createdDays)
		case given.text("iso_currency_code") != "" && given.text("iso_currency_code") != "USD":
			return invalidField("%s.iso_currency_code must be USD", path)
		}
		value, err := strconv.ParseFloat(given.text("amount"), 64)
		if err != nil || math.Abs(value) > 1e12 {
			return invalidField("%s.amount must be a number", path)
		}
		rows = append(rows, transaction{
			Account: home, Date: posted, Amount: cents(math.Round(value * 100)), Name: given.text("description"), Kind: "unresolved",
			Pending: posted > today.String(),
		})
		if rows[at].Pending {
			rows[at].Date = made
		}
	}
	p.item.state = p.modern.items.change(p.item.identity, func(s *itemState) {
		for _, row := range rows {
			row.ID = p.item.logID(len(s.log))
			s.log = append(s.log, change{row: row})
		}
	})
	p.hook = p.item.webhook("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", upToDate)
	p.open()
	return p.done()
}

// strike carries out a fault in the words of the modern wire. done is true when
// nothing is left to answer.
func (p *post) strike(w http.ResponseWriter, f Fault) (done bool) {
	if !f.wait(p.r.Context()) {
		return true
	}
	switch {
	case f.Error == "PRODUCT_NOT_READY" && p.path == "/transactions/sync":
		p.serve = (*post).syncNotReady // sync has its own way to say so
		return false
	case f.Error != "":
		p.fail(w, catalogued(f.Error))
	case f.Code != 0:
		p.fail(w, translate(code(f.Code)))
	case f.CutOff && !f.Hangup && !f.HTML:
		p.cutOff = true
		return false
	default:
		return f.disturb(w)
	}
	return true
}
