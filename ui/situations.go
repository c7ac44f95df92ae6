package ui

import "tartan/plaidapi"

const (
	nothingSaved = "Nothing was saved."
	stillHere    = "What was saved before is still here."
)

// situations are the words for each problem (ux.md 1.3). BANK stands for the bank's name.
var situations = [...]situation{
	plaidapi.Unknown: {
		title: "Something went wrong", cause: "tartan met an error it has no words for.", kept: stillHere,
		actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.WrongDetails: {
		title: "BANK did not accept these details", cause: "The user name, the password or the PIN is not what the bank has.",
		kept:    "Nothing was saved. Many banks lock after three tries.",
		actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.WrongAnswer: {
		title: "BANK did not accept the answer", cause: "The answer or code was wrong, has run out, or could not be sent.",
		kept:    "Nothing was saved and nothing is lost.",
		actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.AttemptOver: {
		title: "BANK does not wait for this answer any more", cause: "The sign-in took too long or asked too often.",
		kept:    "Nothing was saved and nothing is lost.",
		actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.LoginRequired: {
		title: "BANK wants you to sign in again", cause: "A password, a second factor or a permission has changed there.",
		kept: "Everything fetched so far is kept.", reason: "the bank wants a new sign-in",
		actions: []action{signInAgain, stopHere},
	},
	plaidapi.Locked: {
		title:  "BANK has locked this sign-in",
		cause:  "The bank stopped accepting attempts after too many wrong tries.",
		kept:   "tartan has not saved anything and will not try again by itself.",
		reason: "locked by the bank", actions: []action{afterUnlocking, otherBank, stopHere},
	},
	plaidapi.NotSetUp: {
		title: "BANK needs something set up first",
		cause: "The account is not fully set up for online use, or a security setting is in the way.",
		kept:  nothingSaved, reason: "something must be set up at the bank", actions: []action{afterSettingUp, otherBank, stopHere},
	},
	plaidapi.Unsupported: {
		title: "This cannot be linked at BANK",
		cause: "The bank, this kind of account or its second factor is not supported. It is nothing you did.",
		kept:  nothingSaved, actions: []action{otherBank, stopHere},
	},
	plaidapi.BankDown: {
		title: "BANK is not answering", cause: "That is on the bank's side and usually passes within hours.",
		kept: stillHere, reason: "the bank is not answering", actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.RateLimited: {
		title: "Too many requests just now", cause: "Plaid asks for a pause.",
		kept: stillHere, reason: "too many requests, later", actions: []action{tryAgain, stopHere},
	},
	plaidapi.BadKeys: {
		title: "These API keys cannot use this bank",
		cause: "They are not valid, or not allowed this bank or product. The Keys page of your Plaid dashboard says which.",
		kept:  nothingSaved, reason: "keys not accepted", actions: []action{changeKeys, otherBank, stopHere},
	},
	plaidapi.Offline: {
		title: "Can't reach the server", cause: "There was no answer in time, or no connection.",
		kept: stillHere, reason: "can't reach the server", actions: []action{tryAgain, stopHere},
	},
	plaidapi.ServerFault: {
		title: "The server could not do this", cause: "It failed. That is not about your details.",
		kept: stillHere, reason: "the server failed", actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.BadReply: {
		title: "The server could not do this", cause: "Its answer can't be used. That is not about your details.",
		kept: stillHere, reason: "the server failed", actions: []action{tryAgain, otherBank, stopHere},
	},
	plaidapi.ItemGone: {
		title: "BANK is not linked at the bank any more",
		cause: "The link was ended there, or at Plaid. It cannot be mended: unlink it here, then link the bank again.",
		kept:  "Everything fetched so far is kept until you unlink it.", reason: "it is not linked at the bank any more",
		actions: []action{unlinkIt, stopHere},
	},
	plaidapi.NotShared: {
		title: "BANK does not share this with tartan", cause: "It was not part of what you agreed to there. You can add it now; all that is there stays.",
		kept: stillHere, reason: "not shared by the bank",
		actions: []action{shareMore, stopHere},
	},
	plaidapi.NotAllowed: {
		title: "Your Plaid plan does not cover this",
		cause: "The keys are right, but the bank, the product or the number of banks is not in their plan. Your Plaid dashboard says what is.",
		kept:  stillHere, reason: "not in your Plaid plan",
		actions: []action{otherBank, stopHere},
	},
	plaidapi.NotReady: {
		title: "BANK is still being read", cause: "Plaid has not got everything from the bank yet. That takes some minutes at most.",
		kept: stillHere, reason: "still being read",
		actions: []action{tryAgain, stopHere},
	},
}
