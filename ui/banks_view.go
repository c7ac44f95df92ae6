package ui

import (
	"strconv"
	"strings"

	"tartan/plaidapi"
)

func (s *banksScreen) View() string {
	prompt := s.theme.accent.paint("/ ") + s.query.view(min(s.width-2, 60), true, false)
	lines := []string{prompt}
	if s.tall() {
		lines = []string{s.theme.strong.paint("Which bank?"), "", prompt, ""}
	}
	switch {
	case s.legend:
		lines = append(lines, fit(s.rows(), para{lines: s.meanings()})...)
	case len(s.found) == 0:
		lines = append(lines, fit(s.rows(), para{lines: s.empty()})...)
	case s.banks() == 0:
		lines = append(lines, fit(s.rows(), para{lines: []string{s.row(0, true)}}, para{lines: s.empty(), gap: 1})...)
	default:
		lines = append(lines, s.list.view(s.row)...)
	}
	return strings.Join(append(lines, s.below()...), "\n")
}

// empty is what stands where there is nothing to choose from.
func (s *banksScreen) empty() []string {
	esc := s.keys.erase.Help().Key
	switch {
	case s.load.running():
		return []string{"Reading the list of banks."}
	case s.search.running():
		return []string{"Not among these. Asking for more."}
	case s.err != nil:
		told := explain(s.err, "the directory", s.now())
		does := " tries again."
		if wantsKeys(s.err) && !s.env.practice {
			does = " changes the API keys."
		}
		return wrap("! "+told.title+". "+told.cause+" "+s.keys.submit.Help().Key+does, s.width)
	case s.query.value() == "":
		return []string{"No banks are listed."}
	}
	text := "Nothing matches `" + s.query.value() + "`. " + esc + " clears, backspace widens."
	if s.advises() {
		return wrap(text, s.width)
	}
	return append(wrap(text, s.width), wrap(shorter, s.width)...)
}

// shorter is what most often keeps a bank from being found.
const shorter = "Not here? Your bank's name on your card is often shorter than its full name."

// plan says, before a link is spent, how many of a free plan's are.
func (s *banksScreen) plan() string {
	most, used := strconv.Itoa(s.mostLinks), count(s.used, "link")+" used"
	if s.used >= s.mostLinks {
		return s.theme.warning.paint(fitting(s.width, "! "+used+": a free Trial plan has "+most+" in all, and unlinking gives none back.", "! "+used+" of a free plan's "+most))
	}
	return s.theme.faint.paint(fitting(s.width, used+" of a free Trial plan's "+most+". Unlinking gives none back; signing in again uses none.", used+" of a free plan's "+most))
}

// advises reports whether that stands below the list.
func (s *banksScreen) advises() bool { return s.height >= 20 && s.err == nil }

// below is what stands under the list.
func (s *banksScreen) below() []string {
	if !s.tall() {
		return nil
	}
	lines := []string{"", s.theme.faint.paint(cut(s.listed(), s.width))}
	switch {
	case !s.advises():
	case s.counted:
		lines = append(lines, s.plan())
	default:
		lines = append(lines, s.theme.faint.paint(cut(shorter, s.width)))
	}
	return append(lines, "")
}

// listed says how many banks there are, how many match, and which of those are seen.
func (s *banksScreen) listed() string {
	if len(s.all) == 0 {
		return ""
	}
	all, seen := count(len(s.all), "bank"), number(s.banks())+" of "
	from, to := s.list.from, min(s.list.from+s.list.height, s.banks())
	if len(s.found) > 0 && anyBank(s.found[0]) {
		from, to = max(from-1, 0), min(s.list.from+s.list.height, len(s.found))-1
	}
	switch {
	case s.banks() == 0:
		seen = ""
	case s.beyond:
		return "Not in this list: " + number(s.banks()) + " found by asking for it"
	case s.close:
		seen = "Nothing is spelt like that. Close to it: " + number(s.banks()) + " of "
	case s.list.height < len(s.found):
		seen = number(from+1) + "–" + number(to) + " of "
		if s.banks() < len(s.all) {
			seen += number(s.banks()) + " found · "
		}
	case s.banks() == len(s.all):
		seen = ""
	}
	if s.env.practice {
		return seen + all + " · practice directory"
	}
	return seen + all + " · Plaid's directory"
}

// The columns of the list: what signing in involves, and what there is to know of the bank.
const (
	factorCells = 16
	noteCells   = 17
	nameCells   = 32
)

// onItsPage is the row that leaves the choice to Plaid's page.
const onItsPage = "Choose on Plaid's page"

// row draws one bank: name, site, what its sign-in involves, and what there is to know first. Where
// there is no room for all, the site leaves first, then the last two become one.
func (s *banksScreen) row(i int, current bool) string {
	bank := s.found[i]
	if anyBank(bank) {
		bank.Name = onItsPage
	}
	factor, known := s.factor(bank), s.known(bank)
	room := s.width - 2
	site, end := "", known
	if end == "" {
		end = factor
	}
	var names int
	switch {
	case s.width >= wide:
		end = ends(factor, known, factorCells+noteCells-4)
		if bank.Health.State == plaidapi.Down {
			end = right(known, factorCells+noteCells-4) // what it would ask matters when it lets people in
		}
		sites := min(34, room-nameCells-width(end))
		names = min(room-sites-width(end), 56)
		site = left(cut(bank.Site, sites-2), sites)
	case s.width >= medium:
		names = nameCells
		sites := room - names - noteCells
		site, end = left(cut(bank.Site, sites-2), sites), cut(end, noteCells)
	case s.width >= small:
		names, end = room-20, cut(end, 20)
	default:
		names, end = room-factorCells, cut(end, factorCells)
	}
	if s.width < medium && known == "" && width(bank.Name) > names-2 {
		names, end = room, "" // a name says more than what its sign-in involves
	}
	name := left(cut(bank.Name, names-2), names)
	if current {
		return s.theme.accent.paint("› ") + s.theme.selected.paint(name+site+end)
	}
	return "  " + name + s.theme.faint.paint(site+end)
}

// factor says in a few words what signing in to a bank involves; nothing where that is not known.
func (s *banksScreen) factor(bank plaidapi.Institution) string {
	has := map[plaidapi.Kind]bool{}
	for _, kind := range bank.Factors {
		has[kind] = true
	}
	code := has[plaidapi.Code] || has[plaidapi.Device]
	switch {
	case s.anywhere.Wire != "":
		return "" // all of them have pages of their own
	case len(bank.Fields) == 0:
		return "own page"
	case code && (has[plaidapi.Question] || has[plaidapi.Selection]):
		return "code, questions"
	case code:
		return "text code"
	case has[plaidapi.Question]:
		return "questions"
	case has[plaidapi.Selection]:
		return "choose an answer"
	case s.beyond:
		return ""
	}
	return "no extra step"
}

// known says in a few words what there is to know of a bank first: most often nothing.
func (s *banksScreen) known(bank plaidapi.Institution) string {
	switch {
	case bank.Health.State == plaidapi.Down && bank.Health.Since.IsZero():
		return "down"
	case bank.Health.State == plaidapi.Down:
		return "down since " + s.clock(bank.Health.Since)
	case s.linked[bank.ID]:
		return "linked"
	case bank.Health.State == plaidapi.Slow:
		return "slow today"
	}
	return ""
}

// pageNotes is where the notes begin that banks with pages of their own can have.
const pageNotes = 5

// meanings tell what the notes beside the banks mean.
func (s *banksScreen) meanings() []string {
	const labels = factorCells + 2
	var lines []string
	all := [][3]string{
		{"text code", "the bank sends one to your phone or by email", "by phone or by email"},
		{"questions", "it asks what you once answered there", "that you answered once"},
		{"code, questions", "a code, or what you once answered there", "a code, or an answer"},
		{"choose an answer", "it asks, with answers to choose from", "one of several"},
		{"no extra step", "what you sign in with is all it asks", "after the password"},
		{"own page", "you sign in on a page of the bank's own", "you sign in over there"},
		{"linked", "tartan reads it already", "read by tartan already"},
		{"slow today", "signing in can take long, or fail", "it can take long"},
		{"down", "nobody can sign in there now", "nobody can sign in now"},
	}
	if s.anywhere.Wire != "" {
		all = all[pageNotes:]
	}
	for _, m := range all {
		lines = append(lines, left(m[0], labels)+s.theme.faint.paint(fitting(s.width-labels, m[1], m[2])))
	}
	return lines
}
