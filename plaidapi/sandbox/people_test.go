package sandbox

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

// at is a moment of the day that the tests call today.
func at(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 14, 30, 0, 0, time.UTC) }

// rowsOf are copies of what the person's accounts hold.
func rowsOf(p person, now time.Time, from, to string) []transaction {
	var rows []transaction
	p.transactions(now, from, to, func(t *transaction) bool {
		rows = append(rows, *t)
		return true
	})
	return rows
}

func named(t *testing.T, o Options, username string) person {
	t.Helper()
	for _, p := range people(o) {
		if p.login().Username == username {
			return p
		}
	}
	t.Fatalf("nobody is called %q", username)
	return nil
}

func TestEveryLoginIsTheirOwn(t *testing.T) {
	word := regexp.MustCompile(`^[a-z][a-z_]*$`)
	seen := map[string]bool{}
	once := func(kind, value string) {
		t.Helper()
		if value == "" || seen[kind+value] {
			t.Errorf("%s %q is empty or stands for two", kind, value)
		}
		seen[kind+value] = true
	}
	now := at(2026, time.March, 9)
	for _, p := range people(Options{}) {
		l, b := p.login(), p.institution()
		once("username", l.Username)
		once("type", b.Type)
		once("id", b.ID)
		once("bank", b.Name)
		once("url", b.URL)
		if !word.MatchString(l.Username) {
			t.Errorf("%q cannot be a part of a token", l.Username)
		}
		if l.Password != "plaid_good" || l.About == "" || l.Institution != b.Type || l.Bank != b.Name {
			t.Errorf("login %+v does not fit %+v", l, b)
		}
		if b.ID != "ins_"+b.Type || b.UsernameLabel == "" || b.PasswordLabel == "" || b.Currency == "" || len(b.Products) == 0 {
			t.Errorf("institution %+v is not of the long tail", b)
		}
		who := p.contact()
		if len(who.Names) == 0 || who.Names[0] == "" || len(who.Addresses) != 1 || !strings.HasSuffix(who.Emails[0].Data, "@example.com") {
			t.Errorf("contact %+v", who)
		}
		for _, a := range p.accounts(now) {
			once("account", a.ID)
			if len(a.ID) != idLength || len(a.Number) != 4 || a.InstitutionType != b.Type {
				t.Errorf("%s: account %+v", l.Username, a)
			}
		}
	}
}

func TestAnswersFollowTheFactor(t *testing.T) {
	want := map[string]string{"": "", "questions": "tomato", "list": "1234", "selections": "tomato ketchup"}
	offered := map[string]string{"": "", "questions": "questions(3)", "list": "code list", "selections": "selections"}
	met := map[string]bool{}
	for _, p := range people(Options{}) {
		if got := strings.Join(p.login().Answers, " "); got != want[p.factor()] {
			t.Errorf("%s answers %q to %q", p.login().Username, got, p.factor())
		}
		if got := strings.Join(p.institution().MFA, " "); got != offered[p.factor()] {
			t.Errorf("%s offers %q for %q", p.institution().Name, got, p.factor())
		}
		met[p.factor()] = true
	}
	if len(met) != len(want) {
		t.Errorf("factors met: %v", met)
	}
}

func TestTheFirstSixAndTheirAccounts(t *testing.T) {
	want := []string{
		"everyday at Tartan Bank: checking 0000, savings 1111, credit card 3333, auto 9007",
		"joint at First Gingham Credit Union (list): checking 4821, savings 4839",
		"two_currencies at First Platypus Bank (questions): checking 2046, checking 2978",
		"empty at First Thread Savings (selections): savings 5150",
		"many at Houndstooth Bank: checking 7700",
		"hostile at First Windowpane Bank: checking 1337, savings 0666, credit card 4040",
	}
	for i, p := range people(Options{})[:6] {
		got := p.login().Username + " at " + p.login().Bank
		if p.factor() != "" {
			got += " (" + p.factor() + ")"
		}
		var accounts []string
		for _, a := range p.accounts(at(2026, time.March, 9)) {
			accounts = append(accounts, a.Subtype+" "+a.Number)
		}
		if got += ": " + strings.Join(accounts, ", "); got != want[i] {
			t.Errorf("%s\nwant %s", got, want[i])
		}
	}
}

func TestOnlyGinghamSignsOut(t *testing.T) {
	for _, p := range people(Options{}) {
		if got, want := p.signsOut(), p.institution().Name == "First Gingham Credit Union"; got != want {
			t.Errorf("%s signs out: %v", p.institution().Name, got)
		}
	}
}

func TestRoutingNumbersCheck(t *testing.T) {
	// The recorded sandbox's 021000021 is a real number and shows that the rule is right.
	valid := func(digits string) bool {
		sum := 0
		for i, weight := range [9]int{3, 7, 1, 3, 7, 1, 3, 7, 1} {
			sum += weight * int(digits[i]-'0')
		}
		return sum%10 == 0
	}
	if !valid("021000021") {
		t.Fatal("the rule is wrong")
	}
	for _, p := range people(Options{}) {
		for _, a := range p.accounts(at(2026, time.March, 9)) {
			if a.Type != "depository" {
				if a.FullNumber+a.Routing+a.WireRouting != "" {
					t.Errorf("%s has numbers: %+v", a.Name, a)
				}
				continue
			}
			if len(a.Routing) != 9 || !valid(a.Routing) || !strings.HasSuffix(a.FullNumber, a.Number) {
				t.Errorf("%s: routing %s, number %s", a.Name, a.Routing, a.FullNumber)
			}
		}
	}
}

func TestEveryRowHasAKnownCategoryAndKind(t *testing.T) {
	known := newTaxonomy()
	for _, p := range people(Options{}) {
		for _, row := range rowsOf(p, at(2026, time.March, 9), "", "") {
			c, ok := known.one(row.CategoryID)
			switch {
			case row.CategoryID == "" && row.Kind == "unresolved":
			case !ok || c.Kind != row.Kind:
				t.Fatalf("%s: %q has category %q and kind %q", p.login().Username, row.Name, row.CategoryID, row.Kind)
			}
		}
	}
}

func TestAnotherSeedIsAnotherLife(t *testing.T) {
	now := at(2026, time.March, 9)
	one, other := rowsOf(named(t, Options{Seed: 1}, "everyday"), now, "", ""), rowsOf(named(t, Options{Seed: 2}, "everyday"), now, "", "")
	if one[0].ID == other[0].ID || len(one) == len(other) && one[len(one)/2].Amount == other[len(other)/2].Amount {
		t.Error("two seeds lead to one life")
	}
	if rowsOf(named(t, Options{Seed: 1}, "twill"), now, "", "")[0].ID == one[0].ID {
		t.Error("two people share a life")
	}
}
