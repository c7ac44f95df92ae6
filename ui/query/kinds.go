package query

// isLeftOut reports whether a row, or its account, is left out of totals.
func (v *View) isLeftOut(row uint32) bool {
	return v.facts.rows[row].LeftOut || v.facts.accounts[v.batch.Accounts[v.batch.Account[row]]].LeftOut
}

// isTransfer reports whether a row is one side of a transfer between the person's own accounts.
func (v *View) isTransfer(uint32) bool { return false }
