package plaidapi

import "time"

// Wire names the API that an Institution or Item is reached through.
type Wire string

// The wires. The practice bank speaks them too; it is a place, not a wire.
const (
	Legacy Wire = "legacy" // 2013–2018
	Modern Wire = "modern" // 2020-09-14
)

// Product is a kind of data an Item can be asked for, in Plaid's words.
type Product string

// The products of the legacy wire (legacy-api §2). Balance comes with every Item.
const (
	Connect Product = "connect" // accounts and transactions
	Auth    Product = "auth"    // account and routing numbers
	Info    Product = "info"    // names, addresses, phones, e-mails
	Income  Product = "income"
	Risk    Product = "risk"
	Balance Product = "balance"
)

// The products of the modern wire (modern-api §2), beside Auth and Balance.
const (
	Transactions Product = "transactions"
	Identity     Product = "identity"
	Investments  Product = "investments"
	Liabilities  Product = "liabilities"
)

// Institution is a bank that can be linked.
type Institution struct {
	ID       string // as the wire wants it when linking
	Wire     Wire
	Name     string
	Site     string // host name of its public site; empty when the wire does not say
	Products []Product
	Fields   []Field // what its sign-in form asks for; none when its own page does the asking
	Factors  []Kind  // second factors it is known to use; none when it says it has none
	Health   Health
}

// Health is how well an institution's sign-in works now, as far as the wire says.
type Health struct {
	State HealthState
	Since time.Time // zero when unknown
}

// HealthState sorts a bank's health by what it means for somebody about to sign in.
type HealthState uint8

// Well is the zero state: nothing known against it. Slow warns; Down blocks.
const (
	Well HealthState = iota
	Slow
	Down
)

// Offers reports whether the institution has the product.
func (i Institution) Offers(p Product) bool {
	for _, offered := range i.Products {
		if offered == p {
			return true
		}
	}
	return false
}
