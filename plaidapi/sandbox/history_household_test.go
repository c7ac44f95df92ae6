package sandbox

import (
	"strings"
	"testing"
	"time"
)

func TestOwnTransfersNetToZero(t *testing.T) {
	own := map[string]bool{"21001000": true, "16001000": true, "16003000": true}
	for _, seed := range seeds() {
		for _, username := range []string{"everyday", "joint", "tweed_vale"} {
			sums, sides := map[string]cents{}, 0
			for _, row := range rowsOf(named(t, Options{Seed: seed}, username), at(2026, time.June, 5), "", "") {
				if own[row.CategoryID] {
					sums[row.Date+row.CategoryID] += row.Amount
					sides++
				}
			}
			for when, sum := range sums {
				if sum != 0 {
					t.Errorf("%s, seed %d: transfers of %s leave %d", username, seed, when, sum)
				}
			}
			if sides < 48 || sides%2 != 0 {
				t.Errorf("%s, seed %d: %d sides", username, seed, sides)
			}
		}
	}
}

func TestTheSubscriptionRisesOnce(t *testing.T) {
	for _, seed := range seeds() {
		p := named(t, Options{Seed: seed}, "everyday")
		for now := at(2024, time.December, 30); now.Year() < 2027; now = now.AddDate(0, 0, 61) {
			var rises, charges int
			var newer cents
			for _, row := range rowsOf(p, now, "", "") {
				if row.Name != "Weftlight Premium" {
					continue
				}
				if charges++; charges > 1 && newer != row.Amount {
					if newer < row.Amount {
						t.Errorf("seed %d, %s: it became cheaper", seed, row.Date)
					}
					rises++
				}
				newer = row.Amount
			}
			if rises != 1 || charges != 25 {
				t.Errorf("seed %d on %s: %d rises in %d charges", seed, now, rises, charges)
			}
		}
	}
}

func TestARestaurantBillPostsWithATip(t *testing.T) {
	p := named(t, Options{}, "everyday")
	for now := at(2026, time.January, 10); now.Month() < time.April; now = now.AddDate(0, 0, 5) {
		var bill *transaction
		for _, row := range rowsOf(p, now, now.AddDate(0, 0, -2).Format(time.DateOnly), "") {
			if row.Pending && strings.HasPrefix(row.CategoryID, "13005") {
				bill = &row
			}
		}
		if bill == nil {
			t.Fatalf("no bill is pending on %s", now)
		}
		made, _ := time.Parse(time.DateOnly, bill.Date)
		posts := made.AddDate(0, 0, 2)
		posted := 0
		for _, row := range rowsOf(p, posts, posts.Format(time.DateOnly), "") {
			if row.PendingID != bill.ID {
				continue
			}
			posted++
			if row.Name != bill.Name || row.Account != bill.Account || row.Amount < bill.Amount*114/100 || row.Amount > bill.Amount*123/100 {
				t.Errorf("%+v posted as %+v", bill, row)
			}
		}
		if posted != 1 {
			t.Errorf("the bill of %s is posted %d times on %s", bill.Date, posted, posts)
		}
	}
}

// Each sort of row that the everyday life is to have is there, as often as it
// should be within two years.
func TestAnEverydayLifeHasEverything(t *testing.T) {
	want := []struct {
		what, category string
		least, most    int
	}{
		{"pay", "21009000", 48, 51},
		{"rent", "16002000", 24, 25},
		{"electricity", "18068005", 24, 25},
		{"gas", "18068004", 24, 25},
		{"groceries", "19047000", 150, 300},
		{"coffee", "13005043", 150, 350},
		{"transport", "22014000", 120, 330},
		{"petrol", "22009000", 40, 140},
		{"subscriptions", "18061000", 73, 75},
		{"gym", "17018000", 24, 25},
		{"pharmacy", "19043000", 10, 80},
		{"flights", "22001000", 2, 3},
		{"loan payments", "16003000", 40, 50},
		{"card payments", "16001000", 46, 50},
		{"interest", "15001000", 24, 25},
		{"interest charged", "15002000", 20, 25},
		{"foreign fees", "10005000", 40, 120},
		{"cash", "21012002", 30, 110},
	}
	for _, seed := range seeds() {
		rows := rowsOf(named(t, Options{Seed: seed}, "everyday"), at(2026, time.November, 23), "", "")
		count := map[string]int{}
		hotels, refunds, abroad := 0, 0, 0
		for _, row := range rows {
			count[row.CategoryID]++
			if strings.HasPrefix(row.CategoryID, "22012") {
				hotels++
				if strings.HasSuffix(row.Name, " Refund") && row.Amount < 0 {
					refunds++
				}
			}
			for _, currency := range []string{" EUR ", " GBP ", " MXN ", " DKK "} {
				if strings.Contains(row.Name, currency) && row.Amount > 0 {
					abroad++
				}
			}
		}
		for _, w := range want {
			if n := count[w.category]; n < w.least || n > w.most {
				t.Errorf("seed %d: %s %d times, want %d to %d", seed, w.what, n, w.least, w.most)
			}
		}
		if refunds != 2 || hotels != 4 || abroad < 40 {
			t.Errorf("seed %d: %d hotel rows, %d refunds, %d purchases abroad", seed, hotels, refunds, abroad)
		}
		if n := len(rows); n < 1800 || n > 2800 {
			t.Errorf("seed %d: %d rows", seed, n)
		}
	}
}

func TestGasIsForWinter(t *testing.T) {
	var winter, summer cents
	for _, row := range rowsOf(named(t, Options{}, "everyday"), at(2026, time.December, 31), "2026-01-01", "") {
		if row.Name != "Valley Gas" {
			continue
		}
		switch row.Date[5:7] {
		case "01", "02", "12":
			winter += row.Amount
		case "06", "07", "08":
			summer += row.Amount
		}
	}
	if winter < 4*summer {
		t.Errorf("gas is %d in winter and %d in summer", winter, summer)
	}
}

// Fifteen years of every life stay within what a bank would allow.
func TestNobodyIsOverdrawn(t *testing.T) {
	for _, seed := range seeds() {
		for _, p := range people(Options{Seed: seed}) {
			l, ok := p.(*life)
			if !ok || l.signIn.Username == "hostile" {
				continue
			}
			checkSolvent(t, l)
		}
	}
}

func checkSolvent(t *testing.T, l *life) {
	t.Helper()
	b := &book{seed: l.seed, balances: append([]cents(nil), l.opening...), since: firstDay + 100000}
	live := l.begin()
	for d := firstDay; d < dayAt(2032, time.January, 1); d++ {
		b.begin(d)
		live(b)
		for i, a := range l.plans {
			money := b.balances[i]
			switch {
			case a.Type == "depository" && (money < 0 || money > 5000000):
				t.Fatalf("%s: %s holds %d on %s", l.signIn.Username, a.Name, money, d)
			case a.Type == "credit" && (money > 0 || money < -*a.Limit):
				t.Fatalf("%s: %s owes %d on %s", l.signIn.Username, a.Name, -money, d)
			case a.Type == "loan" && (money > 0 || money < -1900000):
				t.Fatalf("%s: %s owes %d on %s", l.signIn.Username, a.Name, -money, d)
			}
		}
	}
}

func TestMoneyIsExchangedEveryMonth(t *testing.T) {
	p := named(t, Options{}, "two_currencies")
	now := at(2026, time.November, 23)
	accounts := p.accounts(now)
	if accounts[0].Currency != "USD" || accounts[1].Currency != "EUR" {
		t.Fatalf("currencies %s and %s", accounts[0].Currency, accounts[1].Currency)
	}
	pairs := map[string][2]cents{} // by date and name: dollars out, euros in
	months := map[string]bool{}
	perAccount := map[string]int{}
	for _, row := range rowsOf(p, now, "", "") {
		perAccount[row.Account]++
		if row.CategoryID != "21001000" {
			continue
		}
		pair := pairs[row.Date+row.Name]
		if row.Account == accounts[0].ID {
			pair[0] += row.Amount
		} else {
			pair[1] -= row.Amount
		}
		pairs[row.Date+row.Name] = pair
		months[row.Date[:7]] = true
	}
	for name, pair := range pairs {
		if pair[1] <= 0 || pair[0] < pair[1]*102/100 || pair[0] > pair[1]*116/100 {
			t.Errorf("%s: %d dollars for %d euros", name, pair[0], pair[1])
		}
	}
	if len(months) < 24 || perAccount[accounts[0].ID] < 100 || perAccount[accounts[1].ID] < 100 {
		t.Errorf("%d months, rows %v", len(months), perAccount)
	}
}

func TestTheEmptyAccountIsEmpty(t *testing.T) {
	p := named(t, Options{}, "empty")
	for _, now := range days() {
		if rows := rowsOf(p, now, "", ""); len(rows) != 0 {
			t.Errorf("%d rows", len(rows))
		}
		if a := p.accounts(now); len(a) != 1 || *a[0].Current != 0 || *a[0].Available != 0 {
			t.Errorf("accounts %+v", a)
		}
	}
}
