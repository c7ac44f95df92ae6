package ui

import "tartan/plaidapi"

// aboutKeys are the words for keys that may not do something, by the code that says what (modern-api
// §4); false for codes that say no more than the problem does.
func aboutKeys(code string) (situation, bool) {
	const working = "Banks that are linked work on."
	switch code {
	case "INVALID_API_KEYS":
		return situation{
			title: "Plaid does not know these API keys",
			cause: "Plaid has one secret for its sandbox and another for real banks. tartan speaks to the sandbox, or with PLAID_ENV=production to real banks.",
			kept:  working, reason: "keys not accepted", actions: []action{changeKeys, stopHere},
		}, true
	case "CREDITS_EXHAUSTED":
		return situation{
			title: "Your Plaid plan has no links left",
			cause: "The free plan links ten banks in all, and unlinking gives none back. A bank that wants a new sign-in is better fixed than linked anew.",
			kept:  working, reason: "no links left in your Plaid plan", actions: []action{stopHere},
		}, true
	case "INSTITUTION_REGISTRATION_REQUIRED", "UNAUTHORIZED_INSTITUTION":
		return situation{
			title: "BANK wants your Plaid account registered first",
			cause: "Ask for it on your Plaid dashboard, under OAuth institutions. It takes days, with some banks weeks.",
			kept:  working, reason: "registration wanted at Plaid", actions: []action{otherBank, stopHere},
		}, true
	case "INVALID_LINK_CUSTOMIZATION":
		return situation{
			title: "Plaid wants to know what you use it for",
			cause: "Choose a use case on your Plaid dashboard, under Link › Customization › Data Transparency. Real banks want it once, before the first link.",
			kept:  working, reason: "a use case is missing at Plaid", actions: []action{tryAgain, stopHere},
		}, true
	case "INVALID_PRODUCT":
		return situation{
			title: "Your Plaid plan does not have transactions",
			cause: "The keys are right, but Plaid does not let them read transactions. Your Plaid dashboard, under Products, says what they may read.",
			kept:  working, reason: "transactions are not in your Plaid plan", actions: []action{changeKeys, stopHere},
		}, true
	}
	return situation{}, false
}

// found is the situation that an error is.
func found(err error) situation {
	p := problem(err)
	if p == plaidapi.NotAllowed || p == plaidapi.BadKeys {
		if s, is := aboutKeys(codeOf(err)); is {
			return s
		}
	}
	return situations[p]
}
