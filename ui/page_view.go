package ui

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tartan/plaidapi"
)

func (s *pageScreen) Chrome() chrome {
	c := chrome{crumbs: []string{"Link a bank"}, right: "2 of 4  sign in at your bank", keys: s.works()}
	if s.request.Mode != plaidapi.Add {
		c.crumbs[0] = "Fix sign-in"
	}
	if bank := s.bank(); bank != "" {
		c.crumbs = append(c.crumbs, bank)
	}
	if s.width < medium {
		c.right = "2 of 4"
	}
	switch {
	case s.begin.running():
		c.busy = "making a link"
	case s.unlink.running():
		c.busy = "unlinking the older one"
	case s.linking():
		c.busy = "linking"
	}
	return c
}

// bank is the bank that the page is about: as it was chosen there, or here; empty before that.
func (s *pageScreen) bank() string {
	name := s.request.Institution.Name
	for _, h := range s.step.Challenge.Progress {
		if h.Bank != "" && s.request.Mode == plaidapi.Add {
			name = h.Bank
		}
	}
	return name
}

// The least room beside a code, and what stands between.
const (
	leastBeside = 30
	beside      = 3
)

func (s *pageScreen) View() string {
	qr := s.qr()
	switch {
	case qr == nil || s.told:
		return sheet(s.height, inset(s.width), s.page(s.width-inset(s.width))...)
	case s.height < len(qr)+6 || s.width < wide:
		return strings.Join(fit(s.height, para{lines: s.aside(qr, s.width, true)}), "\n")
	}
	return sheet(s.height, inset(s.width),
		para{lines: []string{s.theme.strong.paint(s.title())}, gap: 2},
		para{lines: []string{s.way()}, gap: 1},
		para{lines: s.aside(qr, s.width-inset(s.width), false), gap: 1},
		para{lines: []string{s.theme.faint.paint(unseen)}, gap: 1, keep: 1},
	)
}

// qr is the link as a code, where there is a link and room for one beside the words.
func (s *pageScreen) qr() []string {
	if !s.waiting() {
		return nil
	}
	return s.theme.code(s.step.Challenge.URL, s.width-beside-leastBeside, s.height)
}

// folding is what the key that folds the text does.
func (s *pageScreen) folding() string {
	if s.told {
		return "code"
	}
	return s.keys.about.Help().Desc
}

// unseen is the promise that matters most here.
const unseen = "tartan never sees the password you type on that page."

// aside sets the words beside the code.
func (s *pageScreen) aside(qr []string, room int, titled bool) []string {
	cells := width(qr[0])
	words := s.column(room-cells-beside, titled)
	rows := make([]string, len(qr))
	for i, row := range fit(len(qr), words...) {
		rows[i] = qr[i]
		if row != "" {
			rows[i] += blank(beside) + row
		}
	}
	return rows
}

// page is all there is to say where no code stands.
func (s *pageScreen) page(room int) []para {
	text := min(room, 76)
	paras := []para{{lines: s.theme.strong.wrap(s.title(), text), keep: 2, gap: min(2, s.height/10)}}
	if s.waiting() {
		paras = append(paras, para{lines: wrap(s.way(), text), keep: 4, gap: 1})
	}
	paras = append(paras, s.column(text, false)...)
	if s.request.Mode == plaidapi.Add {
		paras = append(paras, para{lines: s.facts(text), keep: 6, gap: 2})
	}
	return append(paras, para{lines: s.theme.faint.wrap(unseen, text), keep: 5, gap: 1})
}

// facts say, before the sign-in, what it is for.
func (s *pageScreen) facts(room int) []string {
	if !s.told || room < 70 {
		return nil
	}
	var lines []string
	for _, f := range [][2]string{
		{"What tartan asks for", "balances, and two years of transactions"},
		{"What it cannot do", "move money, change details"},
		{"Where it goes", "from the bank to Plaid, and to this computer"},
	} {
		lines = append(lines, left(f[0], 22)+f[1])
	}
	return s.theme.faint.each(lines)
}

// column is the link and how things stand.
func (s *pageScreen) column(room int, titled bool) []para {
	var paras []para
	if titled {
		paras = append(paras, para{lines: s.theme.strong.wrap(s.title(), room), keep: 3})
		if s.request.Mode != plaidapi.Add {
			paras = append(paras, para{lines: wrap(allKept, room), keep: 4})
		}
	}
	if s.waiting() {
		paras = append(paras,
			para{lines: s.theme.accent.each(strings.Split(ansi.Hardwrap(s.step.Challenge.URL, room, true), "\n")), gap: 1},
			para{lines: s.hints(room), keep: 6, gap: 1})
	}
	return append(paras,
		para{lines: s.life(room), gap: 1},
		para{lines: s.slow(room), keep: 4},
		para{lines: s.quoted(room), keep: 5, gap: 1},
		para{lines: s.progress(room), keep: 1, gap: 1},
		para{lines: s.trouble(room), gap: 1})
}

// hints are what to do with the link.
func (s *pageScreen) hints(room int) []string {
	k := s.keys
	if room < leastBeside || s.width < wide {
		return nil
	}
	row := func(key, does string) string { return s.theme.strong.paint(left(key, 3)) + s.theme.faint.paint(does) }
	return []string{row(k.copyLink.Help().Key, "copy the link"), row(k.openPage.Help().Key, "open it here")}
}

// title says what is to be done.
func (s *pageScreen) title() string {
	bank := s.bank()
	switch {
	case s.kind() == plaidapi.Granted:
		return "You are done on that page"
	case s.request.Mode == plaidapi.Update:
		return "Sign in again at " + bank
	case s.request.Mode == plaidapi.Upgrade:
		return "Agree to share more at " + bank
	case bank != "" && s.request.Institution.Name != "":
		return "Sign in on " + bank + "'s own page"
	}
	return "Sign in on your bank's own page"
}

// way says how to get there, and what stays.
func (s *pageScreen) way() string {
	how, also := "Open the link in any browser.", "This also works over SSH."
	if !s.told && s.qr() != nil {
		how = "Scan with your phone, or open the link in any browser."
	}
	if s.request.Mode != plaidapi.Add {
		also = allKept
	}
	return how + " " + also
}

// allKept is the promise of a repair.
const allKept = "All history is kept."

// life says how long the link is good for.
func (s *pageScreen) life(room int) []string {
	remains := s.step.Challenge.Expires.Sub(s.now()).Truncate(time.Second)
	again := s.keys.newLink.Help().Key + " makes a new one."
	switch {
	case s.begin.running():
		return wrap("Making a new link.", room)
	case s.lapsed:
		return s.theme.warning.wrap("! That link has run out. "+again, room)
	case !s.waiting():
		return nil
	case s.step.Challenge.Left():
		return s.theme.warning.wrap("! "+s.left()+" Open the link again, or "+again, room)
	case remains <= 0:
		return wrap("The link opens no more. A page that is open can still be finished.", room)
	}
	return wrap("This link works for "+spanned(remains)+" more.", room)
}

// slow warns of a bank that is unwell.
func (s *pageScreen) slow(room int) []string {
	if !s.waiting() || s.step.Request.Institution.Health.State != plaidapi.Slow {
		return nil
	}
	return s.theme.warning.wrap("! This bank is slow today: signing in can take long, or fail.", room)
}

// left says that the page was closed, and why.
func (s *pageScreen) left() string {
	all := s.step.Challenge.Progress
	h := all[len(all)-1]
	text := "The page was closed before the end."
	if h.Problem != plaidapi.Unknown {
		bank := s.bank()
		if bank == "" {
			bank = "The bank"
		}
		text += " " + strings.ReplaceAll(situations[h.Problem].title, "BANK", bank) + "."
	}
	return text
}

// quoted is what Plaid says of the end of a visit, marked as its own.
func (s *pageScreen) quoted(room int) []string {
	all := s.step.Challenge.Progress
	if !s.waiting() || !s.step.Challenge.Left() || all[len(all)-1].BankText == "" {
		return nil
	}
	return s.theme.faint.wrap("Plaid says: "+all[len(all)-1].BankText, room)
}

// trouble says why a look failed. Nothing is lost by it.
func (s *pageScreen) trouble(room int) []string {
	if s.err == nil {
		return nil
	}
	text := situations[problem(s.err)].title
	if s.kind() == plaidapi.Granted {
		text += ". Nothing is lost: " + s.keys.submit.Help().Key + " tries again, and links nothing twice."
		return s.theme.danger.wrap("! "+text, room)
	}
	again := "asking now"
	if wait := s.due.Sub(s.now()); wait > 0 {
		again = "waiting to retry in " + strconv.Itoa(int((wait+time.Second-1)/time.Second)) + " s"
	}
	return s.theme.faint.wrap(text+": "+again+". The page works on.", room)
}

// happened names what a person did on the page, as a step.
func happened(h plaidapi.Happening) string {
	switch h.What {
	case plaidapi.PageOpened:
		return "page opened"
	case plaidapi.BankChosen:
		if h.Bank != "" {
			return "bank chosen: " + h.Bank
		}
		return "bank chosen"
	case plaidapi.SignedIn:
		return "sign-in sent"
	case plaidapi.FactorSent:
		return "answer sent"
	case plaidapi.PageRefused:
		return "not accepted there"
	case plaidapi.PageLeft:
		return "page closed"
	case plaidapi.PageDone:
		return "finished there"
	}
	return ""
}

// mostSteps is how many of the last things that happened are shown.
const mostSteps = 6

// progress is what the person did on the page, each with its age, and what is waited for.
func (s *pageScreen) progress(room int) []string {
	room = min(room, 44)
	seen := s.step.Challenge.Progress
	var lines []string
	for i, h := range seen {
		if i > 0 && h.What == seen[i-1].What && h.Bank == seen[i-1].Bank {
			lines = lines[:len(lines)-1]
		}
		lines = append(lines, ends("● "+happened(h), s.theme.faint.paint(s.ago(h.At)), room))
	}
	lines = lines[max(len(lines)-mostSteps, 0):]
	switch {
	case s.linking():
		lines = append(lines, "◌ linking")
	case !s.waiting():
	case len(seen) == 0:
		lines = append(lines, "◌ waiting for the page to be opened")
	case !s.step.Challenge.Left():
		lines = append(lines, "◌ waiting for you to finish there")
	}
	return lines
}

// ago is how long ago something happened, on a clock that is watched.
func (s *pageScreen) ago(at time.Time) string {
	passed := max(s.now().Sub(at), 0)
	if passed >= time.Hour {
		return s.env.clock(at)
	}
	return spanned(passed) + " ago"
}

// stopped says what it means that nobody waits any more.
func (s *pageScreen) stopped() string {
	text := "Stopped waiting. Nothing was linked."
	if s.request.Mode != plaidapi.Add {
		text = "Stopped waiting. All is as it was."
	}
	if s.waiting() && len(s.step.Challenge.Progress) > 0 && !s.step.Challenge.Left() {
		return fitting(s.width, text+" Close the page that is open, too.", text)
	}
	return text
}
