package sandbox

import "slices"

// products are the five that an item can be added with; balance comes with all.
var products = []string{"connect", "auth", "info", "income", "risk"}

// allProducts is what the largest banks offer, in the wire's order.
var allProducts = []string{"connect", "auth", "balance", "info", "income", "risk"}

// mainInstitutions are the banks of GET /institutions, in its order
// (legacy-api, Appendix B).
func mainInstitutions() []institution {
	var (
		questions  = []string{"questions(3)"}
		most       = []string{"auth", "balance", "connect", "info", "income", "risk"}
		identified = []string{"auth", "balance", "info"}
		numbers    = []string{"auth", "balance"}
	)
	list := []institution{
		{ID: "5301a93ac140de84910000e0", Type: "bofa", Name: "Bank of America", UsernameLabel: "Online ID", MFA: []string{"code", "list", "questions(3)"}, Products: allProducts},
		{ID: "5301a99504977c52b60000d0", Type: "chase", Name: "Chase", UsernameLabel: "User ID", MFA: []string{"code", "list"}, Products: allProducts},
		{ID: "5301aa096b3f822b440001cb", Type: "wells", Name: "Wells Fargo", UsernameLabel: "Username", Products: allProducts},
		{ID: "5301aa306b3f82a00500018b", Type: "citi", Name: "Citi", UsernameLabel: "User ID", MFA: []string{"questions", "selections"}, Products: allProducts},
		{ID: "531ea6327de8211c80000440", Type: "us", Name: "US Bank", UsernameLabel: "Personal ID", MFA: questions, Products: allProducts},
		{ID: "531ea6602ad939b68700047c", Type: "usaa", Name: "USAA", UsernameLabel: "Online ID", PINLabel: "PIN", MFA: questions, Products: allProducts},
		{ID: "53c5c8631f9bda09c7000222", Type: "capone360", Name: "Capital One 360", UsernameLabel: "Username or Customer Number", MFA: questions, Products: numbers},
		{ID: "5301a9d704977c52b60000db", Type: "amex", Name: "American Express", UsernameLabel: "User ID", Products: []string{"connect", "balance", "income", "risk"}},
		{ID: "53b34fab1a73941962000186", Type: "schwab", Name: "Charles Schwab", UsernameLabel: "Login ID", Products: numbers},
		{ID: "53cee1d8c003c2747b000051", Type: "fidelity", Name: "Fidelity", UsernameLabel: "Username", Products: numbers},
		{ID: "54acb2eb9d5b8617e0d5aa86", Type: "pnc", Name: "PNC", UsernameLabel: "User ID", MFA: questions, Products: identified},
		{ID: "54dd7c23b237e70e61c3cb08", Type: "svb", Name: "Silicon Valley Bank", UsernameLabel: "User ID", Products: []string{"auth", "balance", "connect"}},
		{ID: "55ccd367d32f2fdf19c1c448", Type: "td", Name: "TD Bank", UsernameLabel: "User Name", MFA: questions, Products: identified},
		{ID: "55f071ac7a1c8e1bd752e54e", Type: "nfcu", Name: "Navy Federal Credit Union", UsernameLabel: "Access Number", Products: most},
		{ID: "55fa106813c81cf103e9e093", Type: "suntrust", Name: "SunTrust", UsernameLabel: "User ID", Products: most},
	}
	for i := range list {
		list[i].PasswordLabel = "Password"
	}
	return list
}

// recordedLongtail are the members of the long tail that recorded searches
// show, in the order in which a search for "wells" listed them.
func recordedLongtail() []institution {
	bank := func(kind, name, user, password, url string) institution {
		return institution{
			ID: "ins_" + kind, Type: kind, Name: name, UsernameLabel: user, PasswordLabel: password,
			Products: []string{"balance", "connect"}, URL: url, Currency: "USD",
		}
	}
	list := []institution{
		bank("15184", "Wells Fargo Dealer Services", "User ID", "Password", "http://www.wellsfargodealerservices.com/"),
		bank("13202", "Wells Fargo Education Financial Services", "Username", "Password", "https://www.wellsfargo.com/"),
		bank("2916", "Wells Fargo Advisors", "User ID", "Password", "https://www.wellsfargoadvisors.com/"),
		bank("25807", "Wells Fargo Retirement Services", "Username", "Password", "https://www.wellsfargo.com/retirementplan/wrs/index"),
		bank("26208", "Wells Fargo Retirement Planning Solutions Login", "Username", "Password", "https://www.wellsfargo.com/retirementplan/"),
		bank("3265", "Wells Fargo Financial Bank Credit Card", "User Name", "Password", "http://financial.wellsfargo.com/"),
		bank("30125", "Wells Fargo Shareowner Services", "User ID", "PIN", "https://www.shareowneronline.com/"),
		bank("4030", "Wells Fargo Retirement Planning", "Username", "Password", "https://www.wellsfargo.com/retirementplan/"),
		bank("13753", "Wells Fargo Commercial Electronic Office", "User ID", "Password", "https://www.wellsfargo.com/com/comintro.jhtml"),
		bank("1437", "Banco Popular Puerto Rico", "Username", "Password", "https://www.popular.com/"),
		bank("3912", "BancorpSouth", "Username", "Password", "https://www.bancorpsouth.com/"),
		bank("12426", "The Bancorp Bank", "Username", "Password", "https://www.thebancorp.com/"),
	}
	return list
}

// directory is every institution: the main ones, then the long tail.
type directory struct {
	all    []institution
	main   int            // so many of all are main institutions
	byType map[string]int // index in all
	byID   map[string]int
}

func newDirectory(people []person) directory {
	d := directory{byType: map[string]int{}, byID: map[string]int{}}
	d.add(mainInstitutions()...)
	d.main = len(d.all)
	for _, p := range people {
		d.add(p.institution())
	}
	d.add(failuresBank())
	d.add(recordedLongtail()...)
	return d
}

// add appends the institutions whose type is new: people may share a bank.
func (d *directory) add(list ...institution) {
	for _, bank := range list {
		if _, known := d.byType[bank.Type]; known {
			continue
		}
		d.byType[bank.Type] = len(d.all)
		d.byID[bank.ID] = len(d.all)
		d.all = append(d.all, bank)
	}
}

func (d *directory) ofType(kind string) (institution, bool) {
	i, ok := d.byType[kind]
	if !ok {
		return institution{}, false
	}
	return d.all[i], true
}

// find takes an id or a type.
func (d *directory) find(x string) (institution, bool) {
	if i, ok := d.byID[x]; ok {
		return d.all[i], true
	}
	return d.ofType(x)
}

// toAdd finds the institution that an add names: by its type, or by its id if
// it belongs to the long tail.
func (d *directory) toAdd(kind string) (institution, bool) {
	i, ok := d.find(kind)
	return i, ok && (i.Type == kind || i.longtail())
}

// offers tells whether an item can be added for a product. The list of 2016
// says nothing of connect at TD, yet adding it worked (legacy-api §7, no. 13).
func (i institution) offers(product string) bool {
	return slices.Contains(i.Products, product) || i.Type == "td" && product == "connect"
}

// offersAll tells whether the list says that i has all those products.
func (i institution) offersAll(products []string) bool {
	for _, p := range products {
		if !slices.Contains(i.Products, p) {
			return false
		}
	}
	return true
}

// longtail tells whether i belongs to the long tail.
func (i institution) longtail() bool { return i.URL != "" }

// institution writes an element of the lists.
func (t *text) institution(i institution) {
	t.open('{')
	t.object("credentials")
	t.string("password", i.PasswordLabel)
	if i.PINLabel != "" {
		t.string("pin", i.PINLabel)
	}
	t.string("username", i.UsernameLabel)
	t.close('}')
	if i.longtail() {
		t.string("currencyCode", i.Currency)
	}
	t.bool("has_mfa", len(i.MFA) > 0)
	t.string("id", i.ID)
	t.strings("mfa", i.MFA)
	t.string("name", i.Name)
	t.strings("products", i.Products)
	t.string("type", i.Type)
	if i.longtail() {
		t.string("url", i.URL)
	}
	t.close('}')
}
