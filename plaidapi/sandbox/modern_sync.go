package sandbox

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
)

func syncFields() []field {
	return []field{
		str("cursor"), num("count", 1, mostRows),
		obj("options", flag("include_original_description").orNull(), flag("include_personal_finance_category"), flag("include_logo_and_counterparty_beta"),
			str("personal_finance_category_version").in(versions()), num("days_requested", 1, 730), str("account_id")),
	}
}

// defaultCount is the length of a page when the request does not say.
const defaultCount = 100

// cursor is where a client stands. Between rounds to is 0: all news up to the
// day from and the log's entry logFrom are known to the client. In a round the
// rows of the days after from up to to are sent, newest first, and then the
// round's tail: what became of the rows sent before, and the log.
type cursor struct {
	item, scope    uint32 // whose it is, and of which account
	from, to       uint32 // days; from 0 is the beginning
	logFrom, logTo uint32
	at, skip       uint32 // the rows left are of the day at and before, but for the first skip; at is 0 once all are sent
	tail           uint32 // entries of the tail that have been sent
}

// words are the parts of c in the order in which they are written.
func (c *cursor) words() [9]*uint32 {
	return [...]*uint32{&c.item, &c.scope, &c.from, &c.to, &c.logFrom, &c.logTo, &c.at, &c.skip, &c.tail}
}

func (c cursor) String() string {
	var raw []byte
	for _, word := range c.words() {
		raw = binary.BigEndian.AppendUint32(raw, *word)
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// parseCursor reads what String wrote. It takes no cursor of a day far from
// now: every day up to it would have to be played.
func parseCursor(s string, today day) (c cursor, ok bool) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(raw) != 4*len(c.words()) {
		return c, false
	}
	for at, word := range c.words() {
		*word = binary.BigEndian.Uint32(raw[4*at:])
	}
	latest := uint32(today) + 366
	return c, c.from <= latest && c.to <= latest && c.at <= c.to && (c.to == 0 || c.from <= c.to && c.logFrom <= c.logTo)
}

// round is one page of a sync under way.
type round struct {
	p        *post
	c        cursor
	rows     *rowWriter
	left     int // rows that fit on the page
	sent     bool
	more     bool
	modified []transaction
	removed  []transaction
}

// sync is POST /transactions/sync (modern-api §7).
func (p *post) sync() *trouble {
	list, problem := p.syncScope()
	if problem != nil {
		return problem
	}
	given := p.params.text("cursor")
	c := cursor{item: uint32(mix(p.item.key())), scope: uint32(hash(p.options.text("account_id")))}
	if given != "" {
		read, ok := parseCursor(given, dayOf(p.now))
		if !ok || read.item != c.item || read.scope != c.scope {
			return invalidField("cursor not associated with access_token")
		}
		c = read
	}
	news := uint32(len(p.item.state.log))
	begins := c.to == 0
	if begins {
		c.to, c.logTo = max(uint32(dayOf(p.now)), c.from), news
		c.at, c.logFrom = c.to, min(c.logFrom, news)
	} else if c.logTo != news {
		return catalogued("TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION")
	}
	r := &round{p: p, c: c, rows: p.rowWriter(list), left: p.params.number("count", defaultCount)}
	t := p.open()
	t.string("transactions_update_status", "HISTORICAL_UPDATE_COMPLETE")
	p.writeAccounts(list, nil)
	t.array("added")
	r.sendRows()
	r.sendTail()
	t.close(']')
	t.array("modified")
	for i := range r.modified {
		r.rows.row(&r.modified[i])
	}
	t.close(']')
	p.writeRemoved(r.removed)
	next := r.c.String()
	if begins && !r.sent && given != "" {
		next = given // nothing has happened: the cursor stays as it is
	}
	t.string("next_cursor", next)
	t.bool("has_more", r.more)
	if !r.more {
		p.item.state = p.modern.items.change(p.item.identity, func(s *itemState) { s.synced = true })
	}
	return p.done()
}

// syncNotReady is the answer while the first rows are still on their way.
func (p *post) syncNotReady() *trouble {
	list, problem := p.syncScope()
	if problem != nil {
		return problem
	}
	t := p.open()
	t.string("transactions_update_status", "NOT_READY")
	p.writeAccounts(list, nil)
	for _, none := range [...]string{"added", "modified", "removed"} {
		t.strings(none, nil)
	}
	t.string("next_cursor", "")
	t.bool("has_more", false)
	return p.done()
}

func (p *post) syncScope() ([]heldAccount, *trouble) {
	if id := p.options.text("account_id"); id != "" {
		return p.chosenHere([]string{id})
	}
	return p.chosenHere(nil)
}

func (p *post) writeRemoved(rows []transaction) {
	t, v := p.out, p.item.veil()
	t.array("removed")
	for _, row := range rows {
		t.next()
		t.open('{')
		t.string("transaction_id", v.over(row.ID))
		t.string("account_id", v.over(row.Account))
		t.close('}')
	}
	t.close(']')
}

func (r *round) shows(tx *transaction) bool {
	_, ok := r.rows.accounts[tx.Account]
	return ok
}

// sendRows fills the page with the rows of the days that are new to the client.
func (r *round) sendRows() {
	if r.c.at == 0 {
		return
	}
	from, to := r.p.item.since(day(r.c.to)), day(r.c.at).String()
	if r.c.from != 0 {
		from = max(from, (day(r.c.from) + 1).String())
	}
	if r.p.item.whole() {
		from, to = "", ""
		if r.c.from != 0 {
			r.c.at = 0 // nothing ever happens there
			return
		}
	}
	passed := uint32(0)
	date, within := to, uint32(0)
	full := false
	r.p.item.transactions(day(r.c.to).time(), from, to, func(tx *transaction) bool {
		if passed < r.c.skip {
			passed++
			date, within = tx.Date, within+1
			return true
		}
		if r.left == 0 && r.shows(tx) {
			full = true
			return false
		}
		if date != tx.Date && !r.p.item.whole() {
			date, within = tx.Date, 0
		}
		within++
		if r.shows(tx) {
			r.rows.row(tx)
			r.left--
			r.sent = true
		}
		return r.p.r.Context().Err() == nil
	})
	if !full {
		r.c.at = 0
		return
	}
	r.more = true
	r.c.skip = within
	if at, ok := parseDay(date); ok && !r.p.item.whole() {
		r.c.at = uint32(at)
	}
}

// sendTail sends what became of older rows and what the log says, and ends the
// round when nothing is left.
func (r *round) sendTail() {
	if r.c.at != 0 {
		return
	}
	tail := r.tail()
	for _, one := range tail[min(int(r.c.tail), len(tail)):] {
		if r.left == 0 {
			r.more = true
			return
		}
		r.left--
		r.c.tail++
		r.sent = true
		switch {
		case one.removed:
			r.removed = append(r.removed, one.row)
		case one.modified:
			r.modified = append(r.modified, one.row)
		default:
			r.rows.row(&one.row)
		}
	}
	r.c = cursor{item: r.c.item, scope: r.c.scope, from: r.c.to, logFrom: r.c.logTo}
}

// pendingDays is longer than any row is pending.
const pendingDays = 30

// tail lists the rows that the client knows as pending and that are so no more,
// and then the new entries of the log.
func (r *round) tail() []change {
	var list []change
	if from, to := day(r.c.from), day(r.c.to); from != 0 && from != to {
		still := map[string]bool{}
		pending := func(at day, yield func(*transaction)) {
			r.p.item.transactions(at.time(), (from - pendingDays).String(), from.String(), func(tx *transaction) bool {
				if tx.Pending {
					yield(tx)
				}
				return true
			})
		}
		pending(to, func(tx *transaction) { still[tx.ID] = true })
		pending(from, func(tx *transaction) {
			if !still[tx.ID] && r.shows(tx) {
				list = append(list, change{removed: true, row: *tx})
			}
		})
	}
	for _, one := range r.p.item.state.log[r.c.logFrom:r.c.logTo] {
		if r.shows(&one.row) {
			list = append(list, one)
		}
	}
	return slices.Clip(list)
}
