package sandbox

import (
	"strings"
	"time"
)

// Users that every bank of the modern wire has besides its own customers.
const (
	everyoneUser     = "user_good"
	everyonePassword = "pass_good"
	dynamicUser      = "user_transactions_dynamic" // whose transactions can be made by hand
)

// customers are all who can sign in at a bank: its own people, the recorded
// user, and the users that the modern Sandbox has everywhere.
func (b *Bank) customers(bank institution) []holder {
	var list []holder
	for _, p := range b.population.people {
		if p.institution().Type == bank.Type {
			list = append(list, holder{person: p})
		}
	}
	for _, name := range [...]string{recordedUser, recordedSelections} {
		if h, ok := b.population.named(bank, name); ok {
			list = append(list, h)
		}
	}
	return append(list, holder{person: wealthy(bank, everyoneUser, b.seed)}, holder{person: wealthy(bank, dynamicUser, b.seed)})
}

// estate is a person with an account of every type: a household that owns a
// home, studied on credit and puts money aside.
type estate struct {
	*life
	portfolio portfolio
}

// The accounts of an estate beside those of a whole life.
const (
	estateMortgage = 4 + iota
	estateStudent
	estateBrokerage
	estateRetirement
	estateHealth
)

func wealthy(bank institution, username string, seed uint64) person {
	p := introduce(bank, username, "", "Alberta Bobbeth Charleson", "one account of every type")
	p.signIn.Password = everyonePassword
	l := wholeLife(p, seed, [4]string{"0000", "1111", "3333", "5555"}).(*life)
	open := opener{l.seed, "USD", bank}
	l.plans = append(l.plans,
		open.account("loan", "mortgage", "Home Mortgage", "8888"),
		open.account("loan", "student", "Student Loan", "7777"),
		open.account("investment", "brokerage", "Brokerage", "6666"),
		open.account("investment", "401k", "Acme 401k", "4444"),
		open.account("depository", "hsa", "Health Savings", "9001"),
	)
	l.opening = append(l.opening, -mortgagePrincipal, -studentPrincipal, 0, 0, 120000)
	whole := l.begin
	l.begin = func() func(*book) {
		live := whole()
		return func(b *book) {
			live(b)
			liveInEstate(b)
		}
	}
	return &estate{life: l, portfolio: newPortfolio(l.plans)}
}

// The loans of an estate: what was owed at first, what is paid every month and
// when, and the interest in hundredths of a per cent a year.
const (
	mortgagePrincipal, mortgagePayment, mortgageDay, mortgageRate = 28500000, 130377, 4, 365
	studentPrincipal, studentPayment, studentDay, studentRate     = 5200000, 30540, 21, 505
)

// liveInEstate is a day of what an estate has beyond a household: a second
// income, two loans and a savings account for medical bills.
func liveInEstate(b *book) {
	const checking = 0
	b.repay(checking, estateMortgage, mortgageDay, mortgagePayment, mortgageRate, "Home Mortgage")
	b.repay(checking, estateStudent, studentDay, studentPayment, studentRate, "Student Loan")
	switch b.dom {
	case 2:
		b.post(checking, -b.inflated(190000), paid("21009000", "Selvage & Sons Payroll"))
	case 8:
		b.move(checking, estateHealth, 7500, paid("21001000", "Health Savings Contribution"), paid("21001000", "Health Savings Contribution"))
	case 24:
		if d := b.dice("health"); d.percent(40) {
			b.post(estateHealth, d.between(1500, 9000), paid("14001012", "Bright Molar Dental"))
		}
	}
}

// repay is a month of a loan: interest on the 1st and a payment on the day.
func (b *book) repay(from, loan, on int, payment, rate cents, name string) {
	owed := -b.balances[loan]
	if owed <= 0 {
		return
	}
	switch b.dom {
	case 1:
		b.post(loan, (owed*rate+60000)/120000, paid("15002000", "Interest Charged"))
	case on:
		b.move(from, loan, min(payment, owed), paid("16003000", name+" Payment"), paid("16003000", "Payment Received"))
	}
}

// accounts gives the investment accounts the worth of what is in them.
func (e *estate) accounts(now time.Time) []account {
	list := e.life.accounts(now)
	today := dayOf(now)
	for i := range list {
		if list[i].Type == "investment" {
			worth := e.portfolio.worth(list[i].ID, today)
			list[i].Current, list[i].Available = &worth, nil
		}
	}
	return list
}

// signIn checks what a person types on the Hosted Link page, or what stands for
// it in the Sandbox. The factor is what is asked next, or "".
func (m *modern) signIn(b *Bank, bank modernBank, username, password, pin string) (h holder, factor string, problem *trouble) {
	if username != everyoneUser && username != dynamicUser {
		h, c := b.signIn(bank.institution, username, password, pin)
		if c != fine {
			return holder{}, "", translate(c)
		}
		return h, h.factor(), nil
	}
	h = m.people[personNumber(bank.Type, username)]
	if code, wanted := strings.CutPrefix(password, "error_"); wanted {
		if _, known := lookTrouble(code); known {
			return holder{}, "", catalogued(code)
		}
	}
	switch {
	case password == everyonePassword:
		return h, "", nil
	case strings.HasPrefix(password, "mfa_") && rounds(password) != nil:
		return h, password, nil
	}
	return holder{}, "", catalogued("INVALID_CREDENTIALS")
}
