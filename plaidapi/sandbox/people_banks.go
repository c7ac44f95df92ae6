package sandbox

import "strings"

// usual are the products of a bank of ours.
func usual() []string { return []string{"connect", "auth", "balance", "info"} }

// bank is an institution of the long tail; number is its type and, after
// "ins_", its id.
func bank(number, name, username, password string, mfa ...string) institution {
	letters := func(r rune) rune {
		if 'a' <= r && r <= 'z' {
			return r
		}
		return -1
	}
	return institution{
		ID: "ins_" + number, Type: number, Name: name,
		UsernameLabel: username, PasswordLabel: password,
		MFA: mfa, Products: usual(), Currency: "USD",
		URL: "https://" + strings.Map(letters, strings.ToLower(name)) + ".example",
	}
}

// neighbour is a bank that gives the list something to search, and the user
// name of its one customer.
type neighbour struct {
	bank     institution
	username string
	factor   string
}

// neighbours are in the directory's order. Some are easily taken for another.
func neighbours() []neighbour {
	questions, code := "questions(3)", []string{"code", "list"}
	return []neighbour{
		{bank("900101", "Chenille National Bank", "User ID", "Password"), "chenille", ""},
		{bank("900102", "Corduroy Community Bank", "Access ID", "Password", code...), "corduroy", "list"},
		{bank("900103", "Damask Private Bank", "Client Number", "Passcode"), "damask", ""},
		{bank("900104", "Flannel Farmers Credit Union", "Member Number", "Password", questions), "flannel", "questions"},
		{bank("900105", "Gabardine Federal Credit Union", "Member Number", "Password", questions), "gabardine", "questions"},
		{bank("900106", "Herringbone & Sons Trust", "Account Holder ID", "Passphrase"), "herringbone", ""},
		{bank("900107", "Muslin Mutual", "Username", "Password"), "muslin", ""},
		{bank("900108", "Organza Online", "Email", "Password", code...), "organza", "list"},
		{bank("900109", "Paisley Building Society", "Customer Number", "Memorable Word", "selections"), "paisley", "selections"},
		{bank("900110", "Seersucker Savings", "Username", "Password"), "seersucker", ""},
		{bank("900111", "Tweed Vale Bank", "User ID", "Password"), "tweed_vale", ""},
		{bank("900112", "Tweed Valley Bank", "User ID", "Password"), "tweed_valley", ""},
		{bank("900113", "Twill Bank", "Online ID", "Password"), "twill", ""},
		{bank("900114", "Twill Bank Retirement", "Online ID", "Password", questions), "twill_retirement", "questions"},
	}
}
