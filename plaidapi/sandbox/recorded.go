package sandbox

import "time"

// recorded is the one test user of the original sandbox, as a customer of some
// bank. Every bank shows the same item: four accounts and sixteen transactions
// of 2014 (legacy-api §5 and Appendix A).
type recorded struct {
	bank       institution
	selections bool // the user plaid_selections, whom Citi asks to choose
}

const (
	recordedUser       = "plaid_test"
	recordedSelections = "plaid_selections"
	goodPassword       = "plaid_good"
	lockedPassword     = "plaid_locked"
	recordedPIN        = "1234"

	savingsID  = "QPO8Jo8vdDHMepg41PBwckXm4KdK1yUdmXOwK"
	checkingID = "nban4wnPKEtnmEpaKzbYFYQvA7D7pnCaeDBMy"
	premierID  = "XARE85EJqKsjxLp6XR8ocg8VakrkXpTXmRdOo"
	cardID     = "pJPM4LMBNQFrOwp0jqEyTwyxJQrQbgU6kq37k"
)

func (r recorded) institution() institution { return r.bank }

func (r recorded) signsOut() bool { return false }

func (r recorded) factor() string {
	switch r.bank.Type {
	case "bofa", "us", "usaa", "pnc", "td", "capone360":
		return "questions"
	case "chase":
		return "list"
	case "citi":
		if r.selections {
			return "selections"
		}
	}
	return ""
}

func (r recorded) login() Login {
	l := Login{Institution: r.bank.Type, Bank: r.bank.Name, Username: recordedUser, Password: goodPassword}
	if r.selections {
		l.Username = recordedSelections
	}
	l.Answers = answersTo(r.factor())
	switch r.factor() {
	case "questions":
		l.About = "asks a question"
	case "list":
		l.About = "asks for a code"
	case "selections":
		l.About = "asks two questions with choices"
	default:
		l.About = "asks for nothing more"
	}
	if r.bank.PINLabel != "" {
		l.PIN, l.About = recordedPIN, "asks for a PIN and a question"
	}
	return l
}

func (r recorded) accounts(time.Time) []account {
	amount := func(v cents) *cents { return &v }
	list := []account{
		{ID: savingsID, Name: "Plaid Savings", Number: "9606", Type: "depository", Subtype: "savings", Available: amount(120342), Current: amount(127493)},
		{ID: checkingID, Name: "Plaid Checking", Number: "1702", Type: "depository", Subtype: "checking", Available: amount(108178), Current: amount(125332)},
		{ID: premierID, Name: "Plaid Premier Checking", Number: "5204", Type: "depository", Subtype: "checking", Available: amount(720523), Current: amount(725523)},
		{ID: cardID, Name: "Plaid Credit Card", Number: "3002", Type: "credit", Available: amount(993000), Current: amount(227558), Limit: amount(1250000)},
	}
	for i := range list {
		a := &list[i]
		a.Item, a.User = "KdDjmojBERUKx3JkDd9RuxA5EvejA4SENO4AA", "eJXpMzpR65FP4RYno6rzuA7OZjd9n3Hna0RYa"
		a.InstitutionType = "fake_institution"
		if a.Type == "depository" {
			a.FullNumber, a.Routing, a.WireRouting = "990000"+a.Number, "021000021", "021000021"
		}
	}
	return list
}

// transactions keeps the recorded order, which is not quite by date.
func (r recorded) transactions(_ time.Time, from, to string, yield func(*transaction) bool) {
	for i := range recordedTransactions {
		tx := recordedTransactions[i]
		if tx.Date < from || to != "" && tx.Date > to {
			continue
		}
		if !yield(&tx) {
			return
		}
	}
}

func (r recorded) contact() contact {
	return contact{
		Names:     []string{"Kelly Walters"},
		Emails:    []detail{{Primary: true, Type: "personal", Data: "kelly.walters30@example.com"}},
		Phones:    []detail{{Primary: true, Type: "home", Data: "4673956022"}},
		Addresses: []address{{Primary: true, Zip: "94114", State: "CA", City: "San Francisco", Street: "3819 Greenhaven Ln"}},
	}
}

// recordedIncome writes the income object, known of the recorded user only.
func (t *text) recordedIncome() {
	t.object("income")
	t.array("income_streams")
	for _, s := range []struct {
		monthly    int
		confidence float64
		days       int
		name       string
	}{{5250, 1, 284, "PLAID"}, {2400, 0.95, 415, "BAGUETTES INC"}} {
		t.next()
		t.open('{')
		t.int("monthly_income", s.monthly)
		t.float("confidence", s.confidence)
		t.int("days", s.days)
		t.string("name", s.name)
		t.close('}')
	}
	t.close(']')
	t.int("last_year_income", 56000)
	t.int("last_year_income_before_tax", 87500)
	t.int("projected_yearly_income", 63000)
	t.int("projected_yearly_income_before_tax", 97520)
	t.int("max_number_of_overlapping_income_streams", 1)
	t.int("number_of_income_streams", 2)
	t.close('}')
}

// recordedRisk writes the risk object, the same for every account.
func (t *text) recordedRisk() {
	t.object("risk")
	t.object("reason")
	t.float("zero_count", 0.38)
	t.float("ratio_low_average", 0.75)
	t.float("high_risk_class_txns", 0.73)
	t.float("bank_transfers", 0.4)
	t.float("benfords_law", 0.65)
	t.float("transaction_amounts", 0.78)
	t.float("additional_risk_class_txns", 0.94)
	t.float("foreign_fees", 0.96)
	t.float("fraction_bank_fees", 0.64)
	t.close('}')
	t.float("score", 0.79)
	t.close('}')
}

// recordedTransactions are in wire order.
var recordedTransactions = [...]transaction{
	{ID: "0AZ0De04KqsreDgVwM1RSRYjyd8yXxSDQ8Zxn", Account: premierID, Date: "2014-07-21", Amount: 20000, Name: "ATM Withdrawal", CategoryID: "21012002", Kind: "special", NameScore: 1, Place: place{City: "San Francisco", State: "CA"}},
	{ID: "3mg4qV4JZycjewvKEzrLTYMzdr1MmvcO4Z3zX", Account: premierID, Date: "2014-07-24", Amount: 24000, Name: "Online Transfer from External Sav ...3092", CategoryID: "21001000", Kind: "special", NameScore: 1},
	{ID: "KdDjmojBERUKx3JkDdO5IaRJdZeZKNuK4bnKJ1", Account: cardID, Date: "2014-06-23", Amount: 230715, Name: "Apple Store", CategoryID: "19013000", Kind: "place", NameScore: 0.2, Place: place{Address: "1 Stockton St", City: "San Francisco", State: "CA"}},
	{ID: "DAE3Yo3wXgskjXV1JqBDIrDBVvjMLDCQ4rMQdR", Account: checkingID, Date: "2014-06-21", Amount: 319, Name: "Gregorys Coffee", CategoryID: "13005043", Kind: "place", NameScore: 0.2, Place: place{Address: "874 Avenue of the Americas", City: "New York", State: "NY"}},
	{ID: "1vAj1Eja5BIn4R7V6Mp1hBPQgkryZRHryZ0rDY", Account: checkingID, Date: "2014-06-08", Amount: 8000, Name: "ATM Withdrawal", CategoryID: "21012002", Kind: "special", NameScore: 1, Place: place{City: "San Francisco", State: "CA"}},
	{ID: "zq7MLAM4N3cjeKvXP9YqtBJXvZeajJCkjQakYv", Account: savingsID, Date: "2014-06-02", Amount: -24000, Name: "Online Transfer from Chk ...1702", CategoryID: "21001000", Kind: "special", NameScore: 1},
	{ID: "96d5AO5gLjC9EowVyn5OCBRjJR9LaOHJnBVJzd", Account: checkingID, Date: "2014-06-01", Amount: 24000, Name: "Online Transfer to Sav ...9606", CategoryID: "21001000", Kind: "special", NameScore: 1},
	{ID: "VK0EQ5Ea13u9Qwzm6nA8CNaze8gdJoCJvx6JDO", Account: checkingID, Date: "2014-05-17", Amount: -93, Name: "Interest Payment", CategoryID: "15000000", Kind: "unresolved", NameScore: 0.2},
	{ID: "aJPEm5EVqxF6yk8K5nPeFbDpnPR57wI3xMR3pP", Account: cardID, Date: "2014-05-12", Amount: 1274, Name: "Golden Crepes", Kind: "place", NameScore: 0.2, Place: place{Address: "262 W 15th St", City: "New York", State: "NY", Lat: 40.740352, Lon: -74.001761, HasCoordinates: true}},
	{ID: "moPE4dE1yMHJX5pmRzwrcvpQqPdDnZHEKPREYL", Account: checkingID, Date: "2014-05-09", Amount: 723, Name: "Krankies Coffee", CategoryID: "13005043", Kind: "place", NameScore: 0.2, Place: place{Address: "211 E 3rd St", City: "Winston Salem", State: "NC"}},
	{ID: "P1xJboJA5Ls31gJrMQEBU5dZD3NmPrH5R6g5jL", Account: cardID, Date: "2014-04-26", Amount: 11823, Name: "Banana Republic", CategoryID: "19019000", Kind: "digital", NameScore: 0.2},
	{ID: "dRBp95pEwZfMXENvpw3YHY43VNK4LVSP7RkPpA", Account: checkingID, Date: "2014-04-20", Amount: -80000, Name: "Venmo Cashout 18375552", CategoryID: "21010001", Kind: "special", NameScore: 1},
	{ID: "moPE4dE1yMHJX5pmRzwrcvpkxdopLxtEKPREYo", Account: checkingID, Date: "2014-04-19", Amount: 12000, Name: "Venmo Payment 16991172", CategoryID: "21010001", Kind: "special", NameScore: 1},
	{ID: "JmN0JX0q5EcaQJM9ZbOwUYyyp607m4u3PR63Vn", Account: cardID, Date: "2014-04-17", Amount: 532, Name: "Octane Coffee Bar and Lounge", CategoryID: "13005043", Kind: "place", NameScore: 0.2, Place: place{Address: "1009 Marietta St Nw # B", City: "Atlanta", State: "GA"}},
	{ID: "4r0aBVa85Kt3BDPk10a4U5OD3XKjE7Hzxpez6B", Account: cardID, Date: "2014-04-11", Amount: 2857, Name: "Papa Johns Pizza", CategoryID: "13005012", Kind: "place", NameScore: 0.2, Place: place{Address: "2625 David Dr", City: "Metairie", State: "LA", Zip: "70003", Lat: 29.999986, Lon: -90.21869, HasCoordinates: true}},
	{ID: "eJXpMzpR65FP4RYno6yjhBDxgkM6pXC9RKM9o3", Account: savingsID, Date: "2014-03-27", Amount: -304244, Name: "Company Payroll", CategoryID: "21009000", Kind: "special", NameScore: 1},
}
