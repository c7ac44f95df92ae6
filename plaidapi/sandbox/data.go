package sandbox

import "crypto/sha256"

// plain answers with everything a product tells but transactions.
func (c *call) plain(h holder, product string) {
	t := c.out
	t.open('{')
	t.accounts(h.accounts(c.now), product)
	switch product {
	case "info":
		t.contact(h.contact())
	case "income":
		t.recordedIncome()
	}
	t.string("access_token", h.token)
	t.close('}')
}

// connect answers with accounts and transactions.
func (c *call) connect(h holder, w window) {
	t := c.out
	t.open('{')
	t.accounts(h.accounts(c.now), "connect")
	t.array("transactions")
	c.rows(h, w, func(tx *transaction) {
		t.next()
		t.transaction(tx, c.bank.categories.hierarchy(tx.CategoryID), w.original)
		t.overflow()
	})
	t.close(']')
	t.string("access_token", h.token)
	t.close('}')
}

// rows yields the transactions of h that are inside the window. The recorded
// item has no window of its own: its data of 2014 came back whole.
func (c *call) rows(h holder, w window, yield func(*transaction)) {
	from := w.from
	if from == "" && w.to == "" && !h.isRecorded() {
		from = c.now.AddDate(0, 0, -defaultDays).Format(dayForm)
	}
	h.transactions(c.now, from, w.to, func(tx *transaction) bool {
		if (w.account == "" || tx.Account == w.account) && (w.pending || !tx.Pending) {
			yield(tx)
		}
		return c.r.Context().Err() == nil
	})
}

// bankAccountToken is a made-up token for a payment service, the same each time
// for one account.
func bankAccountToken(accountID string) string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum := sha256.Sum256([]byte(accountID))
	token := []byte("btok_")
	for _, b := range sum[:20] {
		token = append(token, letters[int(b)%len(letters)])
	}
	return string(token)
}
