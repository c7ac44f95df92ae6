package sandbox

import (
	_ "embed"
	"slices"
)

//go:embed hosted.html
var hostedPage string

// pageData is what the page shows.
type pageData struct {
	View          view
	Title, Advice string // of a notice
	Action        string // where forms go
	Client        string
	Problem       string
	Bank          *modernBank
	Banks         []modernBank
	Query         string
	CanGoBack     bool
	Logins        []pageLogin
	Round         pageRound
	Accounts      []pageAccount
	Update        bool
	Completion    string
}

type pageLogin struct {
	Username, Password, PIN string
	Answers                 []string
	About                   string
}

type pageRound struct {
	Title string
	Asks  []pageAsk
}

type pageAsk struct {
	Prompt  string
	Options []string
	Number  int
}

type pageAccount struct{ ID, Name, Mask, Kind string }

// notice is a page without a session.
func (b *Bank) notice(reply *pageReply, status int, title, advice string) {
	reply.status = status
	b.show(reply, pageData{Title: title, Advice: advice})
}

func (b *Bank) show(reply *pageReply, data pageData) {
	_ = b.modern().page.Execute(&reply.body, data) // a buffer takes everything
}

// render shows a session as it is.
func (b *Bank) render(reply *pageReply, k *walk) {
	data := pageData{
		View: k.view, Action: linkPath + k.page + "/" + k.id, Client: k.clientName, Bank: k.session.bank,
		CanGoBack: k.link.bank == nil, Update: k.update != nil, Completion: k.completion,
	}
	if k.problem != nil {
		data.Problem = k.problem.words()
	}
	switch k.view {
	case banksView:
		data.Query, data.Banks = k.query, k.offered(k.query)
	case signInView:
		data.Logins = k.logins()
	case factorView:
		data.Round = k.round()
	case accountsView:
		data.Accounts = k.choices()
	}
	b.show(reply, data)
}

// words are a problem's sentence for people.
func (t *trouble) words() string {
	if s := t.display(); s != "" {
		return s
	}
	return "Something went wrong at the bank (" + t.known().code + ")."
}

// logins are who can sign in at the session's bank: it is a practice bank, and
// its page says so.
func (k *walk) logins() []pageLogin {
	var list []pageLogin
	for _, l := range k.practice.Logins() {
		if l.Institution == k.session.bank.Type {
			list = append(list, pageLogin{l.Username, l.Password, l.PIN, l.Answers, l.About})
		}
	}
	return append(list,
		pageLogin{everyoneUser, everyonePassword, "", nil, "one account of every type"},
		pageLogin{dynamicUser, everyonePassword, "", nil, "whose transactions can be made by hand"})
}

func (k *walk) round() pageRound {
	round := k.rounds[k.at]
	titles := map[string]string{
		"questions": "A question from your bank", "device": "Where should the code go?", "code": "Enter the code", "selections": "Answer your bank's questions",
	}
	p := pageRound{Title: titles[round.kind]}
	for i, ask := range round.asks {
		prompt := ask.prompt
		if round.kind == "code" {
			prompt = "Code sent to " + k.chosen
		}
		p.Asks = append(p.Asks, pageAsk{prompt, ask.options, i})
	}
	return p
}

func (k *walk) choices() []pageAccount {
	eligible := k.eligible()
	var list []pageAccount
	for at := range len(k.who.accounts(k.now)) {
		if h, ok := eligible[at]; ok {
			list = append(list, pageAccount{h.origin, h.Name, h.Number, h.Subtype})
		}
	}
	return slices.Clip(list)
}
