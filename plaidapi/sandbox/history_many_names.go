package sandbox

// manyFirsts are first words of shops, the common ones first.
func manyFirsts() [50]string {
	return [...]string{
		"Acme", "Argyle", "Maple", "Harbor", "Golden", "Union", "Cedar", "Summit", "Liberty", "River",
		"Copper", "Beacon", "Juniper", "Old Town", "Silver", "Bluebird", "Lakeside", "Orchard", "Pioneer", "Willow",
		"Thistle", "Granite", "Foxglove", "Marigold", "Sunset", "Heron", "Ivory", "Lantern", "Nutmeg", "Bramble",
		"Pebble", "Quarry", "Saffron", "Tamarack", "Velvet", "Wren", "Yarrow", "Zephyr", "Ember", "Driftwood",
		"Cobalt", "Larkspur", "Obsidian", "Periwinkle", "Rosewood", "Seagrass", "Tourmaline", "Umber", "Vermilion", "Zibeline",
	}
}

// manyKinds are what those shops are, the common ones first.
func manyKinds() [40]kind {
	return [...]kind{
		{"Market", "19047000", 600, 14000},
		{"Coffee", "13005043", 275, 950},
		{"Kitchen", "13005000", 1100, 6800},
		{"Fuel", "22009000", 1800, 7200},
		{"Transit", "22014000", 225, 600},
		{"Pharmacy", "19043000", 400, 5600},
		{"Bakery", "13005053", 320, 2100},
		{"Online", "19019000", 500, 18000},
		{"Burgers", "13005049", 800, 3200},
		{"Pizza", "13005012", 900, 4600},
		{"Rides", "22006001", 650, 4200},
		{"Parking", "22013000", 200, 3000},
		{"Hardware", "19030000", 350, 22000},
		{"Books", "19009000", 700, 6400},
		{"Tavern", "13001000", 900, 7600},
		{"Wine & Spirits", "19025004", 1100, 9800},
		{"Cinema", "17001009", 950, 5200},
		{"Laundry", "18045008", 500, 3800},
		{"Salon", "18045009", 1900, 14000},
		{"Garden", "19054000", 600, 17000},
		{"Pets", "19042000", 700, 12000},
		{"Shoes", "19012003", 2900, 19000},
		{"Sushi", "13005006", 1300, 8800},
		{"Gym", "17018000", 2500, 9900},
		{"Toys", "19049000", 600, 9400},
		{"Florist", "19024000", 1500, 12000},
		{"Office Supplies", "19039000", 300, 16000},
		{"Dental", "14001012", 4000, 38000},
		{"Veterinary", "18069000", 3900, 36000},
		{"Hotel", "22012003", 8900, 48000},
		{"Airways", "22001000", 7900, 64000},
		{"Furniture", "19027000", 3900, 69000},
		{"Music", "19037000", 1200, 42000},
		{"Optics", "19029000", 3800, 33000},
		{"Museum", "17001008", 800, 3600},
		{"Bicycles", "19007000", 900, 52000},
		{"Storage", "18060000", 3500, 16000},
		{"Jewelers", "19033000", 4500, 88000},
		{"Aquarium", "17001019", 1500, 6000},
		{"Observatory", "17001008", 700, 2900},
	}
}
