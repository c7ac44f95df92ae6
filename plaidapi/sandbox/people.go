package sandbox

import "strconv"

// people are the practice bank's own people, each with the only login at a
// bank of their own: the same for the same seed. The first six are the ones
// that a screen is tried on; the others live everyday lives elsewhere.
func people(o Options) []person {
	list := []person{
		everyday(o.Seed),
		gingham(o.Seed),
		platypus(o.Seed),
		thread(o.Seed),
		houndstooth(o.Seed, o.Transactions),
		windowpane(o.Seed),
	}
	for _, n := range neighbours() {
		list = append(list, n.person(o.Seed))
	}
	return list
}

// profile is what a person is known by.
type profile struct {
	signIn Login
	bank   institution
	second string
	again  bool
	who    contact
}

func (p profile) login() Login             { return p.signIn }
func (p profile) institution() institution { return p.bank }
func (p profile) factor() string           { return p.second }
func (p profile) signsOut() bool           { return p.again }
func (p profile) contact() contact         { return p.who }

// introduce makes a profile; answers follow from the factor.
func introduce(b institution, username, factor, name, about string) profile {
	return profile{
		bank: b, second: factor, who: reach(username, name),
		signIn: Login{
			Institution: b.Type, Bank: b.Name, Username: username, Password: goodPassword,
			Answers: answersTo(factor), About: about,
		},
	}
}

// reach makes up where a person lives. Numbers 555-0100 to 555-0199 are nobody's.
func reach(username, name string) contact {
	h := hash(username)
	home := homeOf(h)
	number := strconv.FormatUint(2025550100+h%100, 10)
	return contact{
		Names:  []string{name},
		Emails: []detail{{Primary: true, Type: "personal", Data: username + "@example.com"}},
		Phones: []detail{{Primary: true, Type: "mobile", Data: number}},
		Addresses: []address{{
			Primary: true, Street: strconv.FormatUint(10+h/100%900, 10) + " Selvedge Way",
			City: home.city, State: home.state, Zip: home.zip,
		}},
	}
}

// homeOf is a town to live in.
func homeOf(h uint64) town {
	towns := [...]town{
		{"Portland", "OR", "97205"},
		{"Asheville", "NC", "28801"},
		{"Duluth", "MN", "55802"},
		{"Santa Fe", "NM", "87501"},
		{"Burlington", "VT", "05401"},
		{"Boise", "ID", "83702"},
		{"Savannah", "GA", "31401"},
		{"Madison", "WI", "53703"},
	}
	return towns[h>>32%uint64(len(towns))]
}

// seedOf is a person's own seed.
func seedOf(seed uint64, username string) uint64 { return mix(seed ^ hash(username)) }

func everyday(seed uint64) person {
	b := bank("900001", "Tartan Bank", "Username", "Password")
	p := introduce(b, "everyday", "", "Isla Weaver", "an everyday life: checking, savings, card and loan")
	return wholeLife(p, seed, [4]string{"0000", "1111", "3333", "9007"})
}

// wholeLife is an everyday life with four accounts of these numbers.
func wholeLife(p profile, seed uint64, numbers [4]string) person {
	own := seedOf(seed, p.signIn.Username)
	open := opener{own, "USD", p.bank}
	h := household{
		checking: 0, saver: 1, card: 2, loan: 3,
		names:   []string{"Checking ..." + numbers[0], "Saver ..." + numbers[1], "Platinum Card ..." + numbers[2], "Auto Loan ..." + numbers[3]},
		payroll: []payee{paid("21009000", "Acme Payroll")}, pay: 215000,
		home: homeOf(hash(p.signIn.Username)),
	}
	return &life{
		profile: p, seed: own, begin: h.begin, opening: []cents{284217, 641080, 0, 0},
		plans: []account{
			open.account("depository", "checking", "Everyday Checking", numbers[0]),
			open.account("depository", "savings", "Saver", numbers[1]),
			open.card("Platinum Card", numbers[2], 1200000),
			open.account("loan", "auto", "Auto Loan", numbers[3]),
		},
	}
}

// gingham is a couple without a card, whose bank asks to sign in again.
func gingham(seed uint64) person {
	b := bank("900002", "First Gingham Credit Union", "Member Number", "Password", "code", "list")
	p := introduce(b, "joint", "list", "Rowan Heddle", "breaks at the next refresh: then sign in again")
	p.again = true
	p.who.Names = append(p.who.Names, "Juniper Heddle")
	own := seedOf(seed, "joint")
	open := opener{own, "USD", b}
	h := household{
		checking: 0, saver: 1, card: 0, loan: -1,
		names:   []string{"Joint Checking ...4821", "Joint Savings ...4839"},
		payroll: []payee{paid("21009000", "Acme Payroll"), paid("21009000", "Tandem School District Payroll")}, pay: 112000,
		home: homeOf(hash("joint")),
	}
	return &life{
		profile: p, seed: own, begin: h.begin, opening: []cents{312955, 904410},
		plans: []account{
			open.account("depository", "checking", "Joint Checking", "4821"),
			open.account("depository", "savings", "Joint Savings", "4839"),
		},
	}
}

func platypus(seed uint64) person {
	b := bank("900003", "First Platypus Bank", "Card Number", "Passcode", "questions(3)")
	p := introduce(b, "two_currencies", "questions", "Mara Zwirn", "accounts in dollars and in euros")
	p.who.Addresses = []address{{Primary: true, Street: "Nadelweg 17", City: "Berlin", Zip: "10999"}}
	own := seedOf(seed, "two_currencies")
	return &life{
		profile: p, seed: own, begin: twoCurrencies{}.begin, opening: []cents{512044, 287315},
		plans: []account{
			opener{own, "USD", b}.account("depository", "checking", "Dollar Account", "2046"),
			opener{own, "EUR", b}.account("depository", "checking", "Euro Account", "2978"),
		},
	}
}

// thread is a person who has opened an account and done nothing else.
func thread(seed uint64) person {
	b := bank("900004", "First Thread Savings", "Username", "Password", "selections")
	p := introduce(b, "empty", "selections", "Nell Bobbin", "one account, just opened, without a transaction")
	own := seedOf(seed, "empty")
	return &life{
		profile: p, seed: own, opening: []cents{0},
		begin: func() func(*book) { return func(*book) {} },
		plans: []account{opener{own, "USD", b}.account("depository", "savings", "New Saver", "5150")},
	}
}

func houndstooth(seed uint64, rows int) person {
	b := bank("900005", "Houndstooth Bank", "Business ID", "Password")
	p := introduce(b, "many", "", "Otis Tooth", "one account with very many transactions")
	own := seedOf(seed, "many")
	return newMany(p, own, opener{own, "USD", b}.account("depository", "checking", "Operating Account", "7700"), rows)
}

func windowpane(seed uint64) person {
	b := bank("900006", "First Windowpane Bank", "Username", "Password")
	p := introduce(b, "hostile", "", "Bobby Tables", "merchants whose names attack the screen")
	own := seedOf(seed, "hostile")
	open := opener{own, "USD", b}
	names := hostileAccountNames()
	l := &life{
		profile: p, seed: own, begin: hostile{}.begin, opening: hostileOpening(),
		plans: []account{
			open.account("depository", "checking", names[0], "1337"),
			open.account("depository", "savings", names[1], "0666"),
			open.card(names[2], "4040", 1000000),
		},
	}
	for i := range l.plans {
		l.plans[i].OfficialName = names[(i+1)%len(names)]
	}
	return l
}

// person is the neighbour's customer: an everyday life of another seed.
func (n neighbour) person(seed uint64) person {
	firsts := [...]string{"Ada", "Bram", "Cleo", "Dov", "Esme", "Finn", "Greta"}
	lasts := [...]string{"Carder", "Dyer", "Fuller", "Spinner", "Tucker", "Webster", "Walker", "Threlkeld"}
	h := hash(n.username)
	name := firsts[h%uint64(len(firsts))] + " " + lasts[h>>32%uint64(len(lasts))]
	p := introduce(n.bank, n.username, n.factor, name, "an everyday life at another bank")

	// Four numbers far enough apart never to be the same.
	var numbers [4]string
	for i := range numbers {
		numbers[i] = strconv.FormatUint(uint64(2000*(i+1))+h>>16%2000, 10)
	}
	return wholeLife(p, seed, numbers)
}
