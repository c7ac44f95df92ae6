package sandbox

import (
	"strconv"
	"strings"
)

// payee is who is on the other side of a row.
type payee struct {
	name     string
	original string // as the bank wrote it; "" when that is name
	category string // an id of legacy-api App. C, or ""
	place    place
}

// town is where one shops.
type town struct{ city, state, zip string }

// street is the shops of a household's town, the liked ones first.
type street struct {
	groceries, coffee, restaurants, transit, rides, petrol, pharmacies, shops, online []payee
}

// newStreet opens the shops of a town.
func newStreet(t town) street {
	return street{
		groceries:  t.shops("19047000", "Heddle Market", "Bramble & Bean Grocers", "Sunday Larder", "Crossroads Co-op"),
		coffee:     t.shops("13005043", "Bobbin Coffee", "Second Cup of Thread", "Kettle & Crane", "Copper Owl Espresso", "The Idle Spoon"),
		pharmacies: t.shops("19043000", "Elderflower Pharmacy", "Corner Drug"),
		petrol:     t.shops("22009000", "Lantern Fuel", "Milepost 9", "Prairie Petrol"),
		transit:    t.shops("22014000", "City Transit"),
		rides:      t.shops("22006001", "Hansom Rides"),
		restaurants: append(t.shops("13005000", "The Brass Thimble", "Blue Door Kitchen", "Old Mill Tavern"),
			t.shop("13005012", "Slice of Naples"), t.shop("13005023", "Saffron Table"), t.shop("13005015", "Taqueria Luz"),
			t.shop("13005006", "Koi Counter"), t.shop("13005044", "Jade Lantern"), t.shop("13005049", "Patty & Sons"),
			t.shop("13005004", "Lemongrass"), t.shop("13005053", "Rye Before Noon"), t.shop("13005029", "Dumpling Cart")),
		shops: []payee{
			t.shop("19030000", "Hammer & Tong Hardware"), t.shop("19009000", "Dog-Eared Books"), t.shop("19018000", "Fenwick Department Store"),
			t.shop("19012003", "Lace-Up Shoes"), t.shop("18045009", "Shear Joy Salon"), t.shop("17001009", "Orpheum Cinema"),
			t.shop("19024000", "Wild Stem Florist"), t.shop("18069000", "Paws & Claws Veterinary"), t.shop("14001012", "Bright Molar Dental"),
			t.shop("18045008", "Suds Laundry"), t.shop("19027000", "Oak & Iron Furniture"),
		},
		online: []payee{
			paid("19019000", "Parcelwright"), paid("19019000", "Inkwell Ebooks"), paid("19019000", "Button & Byte"), paid("19019000", "Marmalade Records Online"),
		},
	}
}

func (t town) shops(category string, names ...string) []payee {
	list := make([]payee, len(names))
	for i, name := range names {
		list[i] = t.shop(category, name)
	}
	return list
}

// shop is a payee with an address, and with the line that a card terminal writes.
func (t town) shop(category, name string) payee {
	h := hash(name + t.city)
	streets := [...]string{"Loom St", "Weaver Ave", "Market St", "Carding Ln", "Mill Rd", "Spindle Way"}
	return payee{
		name:     name,
		original: strings.ToUpper(strings.TrimSpace(name + " #" + strconv.FormatUint(1000+h%9000, 10) + " " + t.city + " " + t.state)),
		category: category,
		place: place{
			Address: strconv.FormatUint(1+h/9000%980, 10) + " " + streets[h/9000000%uint64(len(streets))],
			City:    t.city, State: t.state, Zip: t.zip,
		},
	}
}

// paid is a payee without a place.
func paid(category, name string) payee { return payee{name: name, category: category} }

// pick is one of the list, the first ones more often.
func (d *dice) pick(list []payee) payee { return list[d.favourite(len(list))] }

// kindOf is the type of a row of the category; "" is uncategorised.
func kindOf(category string) string {
	if category == "" {
		return "unresolved"
	}
	return categoryKind(category)
}
