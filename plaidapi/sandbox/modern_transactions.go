package sandbox

import (
	"slices"
	"strings"
	"time"
)

func transactionsFields() []field {
	return []field{
		date("start_date").must(), date("end_date").must(),
		obj("options", strs("account_ids"), num("count", 1, mostRows), num("offset", 0, anyNumber), flag("include_original_description").orNull(),
			flag("include_personal_finance_category_beta"), flag("include_personal_finance_category"), flag("include_logo_and_counterparty_beta"),
			str("personal_finance_category_version").in(versions()), num("days_requested", 1, 730)),
	}
}

// whole tells of an Item whose rows all come at any time and never change: that
// of the recorded user, whose data is of 2014.
func (i item) whole() bool {
	_, ok := i.person.(recorded)
	return ok
}

// since is the first day of the history that was asked for when the Item was linked.
func (i item) since(today day) string {
	if i.whole() {
		return ""
	}
	return (today - day(i.days)).String()
}

// parseDay reads what a day's String wrote.
func parseDay(s string) (day, bool) {
	t, err := time.Parse(dayForm, s)
	return dayOf(t), err == nil
}

// transactions is POST /transactions/get.
func (p *post) transactions() *trouble {
	list, problem := p.chosenHere(p.options.strings("account_ids"))
	if problem != nil {
		return problem
	}
	from, to := p.params.text("start_date"), p.params.text("end_date")
	if from > to {
		return invalidField("start_date must not be after end_date")
	}
	offset, count := p.options.number("offset", 0), p.options.number("count", defaultCount)
	w := p.rowWriter(list)
	t := p.open()
	p.writeAccounts(list, nil)
	t.array("transactions")
	total := 0
	p.rows(from, to, func(tx *transaction) {
		if _, shown := w.accounts[tx.Account]; !shown {
			return
		}
		if offset <= total && total < offset+count {
			w.row(tx)
		}
		total++
	})
	t.close(']')
	t.int("total_transactions", total)
	t.key("item")
	p.writeItem(p.item, nil, false)
	return p.done()
}

// rows yields the Item's rows of those days as they are now, newest first.
func (p *post) rows(from, to string, yield func(*transaction)) {
	from = max(from, p.item.since(dayOf(p.now)))
	extra, gone := p.item.logged()
	before := func(date string) {
		for len(extra) > 0 && extra[0].Date >= date {
			if row := extra[0]; row.Date >= from && row.Date <= to {
				yield(&row)
			}
			extra = extra[1:]
		}
	}
	p.item.transactions(p.now, from, to, func(tx *transaction) bool {
		before(tx.Date)
		if !gone[tx.ID] {
			yield(tx)
		}
		return p.r.Context().Err() == nil
	})
	before("")
}

// logged is what the log leaves behind: rows to add, newest first, and the ids
// of those that are not to be shown as the person has them.
func (i item) logged() (extra []transaction, gone map[string]bool) {
	gone = map[string]bool{}
	for _, one := range i.state.log {
		extra = slices.DeleteFunc(extra, func(tx transaction) bool { return tx.ID == one.row.ID })
		if one.removed || one.modified {
			gone[one.row.ID] = true
		}
		if !one.removed {
			extra = append(extra, one.row)
		}
	}
	slices.SortStableFunc(extra, func(x, y transaction) int { return strings.Compare(y.Date, x.Date) })
	return extra, gone
}

// refresh is POST /transactions/refresh. The practice bank is never behind, so
// that only the user whose transactions are made by hand has news: what was
// pending posts, a row turns up, and an old amount is corrected by 1.00.
func (p *post) refresh() *trouble {
	if p.item.login().Username == dynamicUser {
		p.item.state = p.modern.items.change(p.item.identity, func(s *itemState) { p.stir(s) })
		p.hook = p.item.webhook("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", upToDate)
	}
	p.open()
	return p.done()
}

// upToDate is what a webhook says of rows that are all there.
func upToDate(t *text) {
	t.bool("initial_update_complete", true)
	t.bool("historical_update_complete", true)
}

// stir adds to the log what a refresh brings.
func (p *post) stir(s *itemState) {
	i := p.item
	i.state = *s
	extra, _ := i.logged()
	for _, row := range extra {
		if row.Pending {
			posted := row
			posted.ID, posted.Pending, posted.PendingID = i.logID(len(s.log)+1), false, row.ID
			s.log = append(s.log, change{removed: true, row: row}, change{row: posted})
		}
	}
	home := i.person.accounts(p.now)[0].ID
	today := dayOf(p.now)
	s.log = append(s.log, change{row: transaction{
		ID: i.logID(len(s.log)), Account: home, Date: today.String(), Amount: 420 + cents(len(s.log)), Name: "Bobbin Coffee",
		CategoryID: "13005043", Kind: "place", Pending: true,
	}})
	i.transactions(p.now, "", (today - pendingDays).String(), func(tx *transaction) bool {
		if tx.Account != home || slices.ContainsFunc(s.log, func(c change) bool { return c.row.ID == tx.ID }) {
			return true
		}
		row := *tx
		row.Amount += 100
		s.log = append(s.log, change{modified: true, row: row})
		return false
	})
}

// logID is the id of an entry's row.
func (i identity) logID(number int) string { return opaqueID(i.key(), hash("log"), uint64(number)) }
