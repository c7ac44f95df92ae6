package sandbox

import (
	"strconv"
	"time"
)

// security is something to invest in. Prices follow from the day alone.
type security struct {
	ticker, name, kind, subtype string
	sector, industry            string
	start                       cents // price on firstDay
	growth                      cents // per cent a year
	dividend                    bool  // pays every quarter
	yield                       int64 // of a bond, in hundredths of a per cent a year; 0 for others
}

// position is how much of a security an account has. Units are counted in thousandths.
type position struct {
	account string // origin
	security
	units, monthly int64 // on firstDay, and bought on every buyDay since
}

// portfolio is all that the investment accounts of a login hold.
type portfolio []position

const (
	buyDay      = 3
	dividendDay = 20
)

func newPortfolio(accounts []account) portfolio {
	brokerage, retirement := accounts[estateBrokerage].ID, accounts[estateRetirement].ID
	world := security{"WRLD", "Warp & Weft World Index Fund", "etf", "etf", "Miscellaneous", "Investment Trusts or Mutual Funds", 4800, 6, true, 0}
	bonds := security{"YARN", "Yarnspinner Total Bond Fund", "mutual fund", "mutual fund", "Miscellaneous", "Investment Trusts or Mutual Funds", 1010, 2, true, 0}
	share := security{"LOOM", "Loomis Looms Inc.", "equity", "common stock", "Producer Manufacturing", "Industrial Machinery", 2350, 9, true, 0}
	coin := security{"CUR:BTN", "Buttoncoin", "cryptocurrency", "cryptocurrency", "", "", 210, 14, false, 0}
	bill := security{"", "US Treasury Note 4.25% 2031", "fixed income", "bond", "Government", "Sovereign Government", 9870, 0, false, 425}
	cash := security{"CUR:USD", "U S Dollar", "cash", "cash", "", "", 100, 0, false, 0}
	target := security{"SELV", "Selvedge Target Retirement 2045", "mutual fund", "mutual fund", "Miscellaneous", "Investment Trusts or Mutual Funds", 1425, 6, true, 0}
	return portfolio{
		{brokerage, world, 40000, 1500},
		{brokerage, share, 25000, 0},
		{brokerage, coin, 180125, 0},
		{brokerage, bill, 20000, 0},
		{brokerage, cash, 1843270, 0},
		{retirement, target, 310500, 12250},
		{retirement, bonds, 95250, 4000},
	}
}

// id of a security is the same in every Item.
func (s security) id() string { return opaqueID(hash("security"), hash(s.name), 0) }

// price is what one unit costs on a day: it grows, swings within 400 days, and
// is a little different each day.
func (s security) price(d day) cents {
	if s.kind == "cash" {
		return s.start
	}
	price := s.start + s.start*s.growth*cents(d-firstDay)/36500
	wave := cents(int(d) % 400)
	price += price * (min(wave, 400-wave) - 100) / 2500
	dice := throw(hash(s.name), "price", int(d))
	return max(1, price+price*dice.between(-80, 80)/10000)
}

// bought is how many months have added to a position by a day.
func bought(d day) int64 {
	y, m, dom := d.time().Date()
	months := int64(y-2012)*12 + int64(m)
	if dom < buyDay {
		months--
	}
	return months
}

func (p position) held(d day) int64 { return p.units + p.monthly*bought(d) }

// value of units at a price, rounded.
func value(units int64, price cents) cents { return (units*price + 500) / 1000 }

// cost is what the position was bought for.
func (p position) cost(d day) cents {
	sum := value(p.units, p.start)
	if p.monthly == 0 {
		return sum
	}
	for n := range bought(d) {
		sum += value(p.monthly, p.price(dayAt(2012, time.Month(n+1), buyDay)))
	}
	return sum
}

// worth is the value of all that an account holds.
func (p portfolio) worth(account string, d day) (sum cents) {
	for _, one := range p {
		if one.account == account {
			sum += value(one.held(d), one.price(d))
		}
	}
	return sum
}

// move is one transaction of an investment account.
type move struct {
	position
	date          day
	kind, subtype string
	name          string
	units         int64 // thousandths
	amount, price cents
}

// moves yields what was bought and what dividends came on the days from..to,
// newest first.
func (p portfolio) moves(from, to day, yield func(move)) {
	for d := to; d >= from && d >= firstDay; d-- {
		_, month, dom := d.time().Date()
		for _, one := range p {
			price := one.price(d)
			switch {
			case dom == buyDay && one.monthly > 0:
				yield(move{one, d, "buy", "buy", "BUY " + one.name, one.monthly, value(one.monthly, price), price})
			case dom == dividendDay && month%3 == 0 && one.dividend:
				yield(move{one, d, "cash", "dividend", "DIVIDEND " + one.name, 0, -value(one.held(d), price) / 250, 0})
			}
		}
	}
}

// thousandths writes a quantity.
func (t *text) thousandths(k string, n int64) {
	t.key(k)
	t.b = strconv.AppendFloat(t.b, float64(n)/1000, 'f', -1, 64)
}
