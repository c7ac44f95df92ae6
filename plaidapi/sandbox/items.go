package sandbox

import (
	"slices"
	"strings"
)

// add is POST /P: sign in to a bank (legacy-api §2.2).
func (c *call) add() code {
	if c.params.text("access_token") != "" {
		return tokenDisallowed
	}
	kind := c.params.text("type")
	if kind == "" {
		return typeMissing
	}
	bank, ok := c.bank.directory.toAdd(kind)
	if !ok {
		return institutionUnavailable
	}
	if !bank.offers(c.product) {
		return productUnavailable
	}
	h, problem := c.bank.signIn(bank, c.credential("username"), c.credential("password"), c.credential("pin"))
	if problem != fine {
		return problem
	}
	if _, problem = c.window(c.product); problem != fine {
		return problem // before anything is asked
	}
	c.bank.sessions.start(h.token)
	c.bank.handed.made(h.token, h.factor() == "")
	if h.factor() != "" {
		return c.challenge(h, c.optionFlag("list"))
	}
	return c.linked(h, c.product)
}

// step is POST and PATCH /P/step: answer a challenge (legacy-api §2.3 and 3).
func (c *call) step() code { return c.stepOf(c.product) }

func (c *call) stepOf(product string) code {
	h, problem := c.holder()
	if problem != fine {
		return problem
	}
	done, problem := c.answer(h)
	if !done {
		return problem
	}
	c.bank.handed.finished(h.token)
	return c.linked(h, product)
}

// linked answers with the data of a new or renewed item, and sees to the
// webhook that follows a connect whose transactions were left for later.
func (c *call) linked(h holder, product string) code {
	w, problem := c.window(product)
	if problem != fine {
		return problem
	}
	later := c.optionFlag("login_only") || c.optionFlag("login")
	if product == "connect" && !later {
		c.connect(h, w)
		return fine
	}
	c.plain(h, product)
	if product == "connect" {
		c.hook = c.initialPull(h, w)
	}
	return fine
}

// fetch is POST and GET /P/get and GET /P (legacy-api §2.4).
func (c *call) fetch() code {
	h, problem := c.reader()
	if problem != fine {
		return problem
	}
	if !h.has(c.product) {
		return productUnavailable
	}
	if c.product != "connect" {
		c.plain(h, c.product)
		return fine
	}
	w, problem := c.window(c.product)
	if problem != fine {
		return problem
	}
	c.connect(h, w)
	if h.renews != "" && h.reachesBeginning(w, c.now) {
		c.bank.sessions.end(h.token)
	}
	return fine
}

// update is PATCH /P: new credentials, or a new webhook (legacy-api §2.5).
func (c *call) update() code {
	h, problem := c.holder()
	if problem != fine {
		return problem
	}
	username, password, pin := c.credential("username"), c.credential("password"), c.credential("pin")
	if username == "" && password == "" && pin == "" {
		if c.option("webhook") == "" {
			return credentialsMissing
		}
		c.plain(h, c.product)
		c.hook = c.acknowledged(h)
		return fine
	}
	if !h.isRecorded() && username != "" && username != h.login().Username {
		return invalidPatchUsername
	}
	who, problem := c.bank.signIn(h.institution(), username, password, pin)
	if problem == credentialsMissing {
		return invalidCredentials
	}
	if problem != fine {
		return problem
	}
	who.token = h.token
	if h.renews != "" {
		who.token = h.renews
	}
	if who.factor() != "" {
		return c.challenge(who, c.optionFlag("list"))
	}
	c.plain(who, c.product)
	return fine
}

// remove is DELETE /P. The token works on all the same: official suites delete
// a test token and go on using it.
func (c *call) remove() code {
	h, problem := c.holder()
	if problem != fine {
		return problem
	}
	c.bank.handed.removed(h.token)
	c.out.open('{')
	c.out.string("message", "Successfully removed from your account")
	c.out.close('}')
	return fine
}

// balance is GET and POST /balance.
func (c *call) balance() code {
	h, problem := c.reader()
	if problem != fine {
		return problem
	}
	c.plain(h, "balance")
	return fine
}

// upgrade is POST /upgrade. No bank asks anything: the sandbox never did.
func (c *call) upgrade() code {
	h, problem := c.reader()
	if problem != fine {
		return problem
	}
	product := c.params.text("upgrade_to")
	switch {
	case product == "":
		return upgradeMissing
	case !slices.Contains(products, product):
		return invalidUpgrade
	case !h.has(product):
		return productUnavailable
	}
	return c.linked(h, product)
}

// upgradeStep is POST /upgrade/step. Which product the step belongs to may be
// left out; connect is then taken.
func (c *call) upgradeStep() code {
	product := c.params.text("upgrade_to")
	if product == "" {
		product = "connect"
	}
	if _, problem := c.holder(); problem != fine {
		return problem
	}
	if !slices.Contains(products, product) {
		return invalidUpgrade
	}
	return c.stepOf(product)
}

// exchange is POST /exchange_token (legacy-api §2.9).
func (c *call) exchange() code {
	public := c.params.text("public_token")
	if public == "" {
		return publicTokenMissing
	}
	words := strings.Split(unescape(public), ",") // one client percent-encoded it even inside JSON
	if len(words) != 3 || words[0] != "test" || words[2] != "connected" {
		return notForTestKeys
	}
	h, ok := c.bank.withToken("test_" + words[1])
	if !ok {
		return badPublicToken
	}
	id := c.params.text("account_id")
	if id != "" {
		accounts := h.accounts(c.now)
		at := slices.IndexFunc(accounts, func(a account) bool { return a.ID == id })
		if at < 0 {
			return accountUnknown
		}
		if accounts[at].Type != "depository" {
			return notDepository
		}
	}
	c.out.open('{')
	c.out.bool("sandbox", true)
	c.out.string("access_token", h.token)
	if id != "" {
		c.out.string("account_id", id)
		c.out.string("stripe_bank_account_token", bankAccountToken(id))
	}
	c.out.close('}')
	return fine
}
