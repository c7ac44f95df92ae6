// Package query keeps the transactions of all Items in memory, packed, in one order, and searches
// them.
//
//	pages ──► Index.Load, Index.Loaded          what is saved, at the start
//	Changes ─► Index.Diff ─► Page ─► Index.Apply    what a sync brings: only differences
//	Index.View ─► View.Find(Filter) ─► View         a list to draw, with its sums
//	typed ─► Parse ─► Query ─► Filter               what a person looks for
//	View.Sorted, Days, Months; Selection            the same list as a table needs it
//	View.Running, Trends                            balances, counted back from those of now
//
// Index is what is known now; it changes. View is a list of rows as they were when it was made; it
// never changes, and goes to other goroutines. The rows of both are in one plaidapi.Batch that only
// grows: a row that is gone, or that was told otherwise, stays in there, dead, until the Index makes
// itself a new Batch.
//
// There is one order: plaidapi's Transaction.Compare, then Items as they first appeared, then rows
// as they were appended. So pages alone decide the order, and a Page that must put a row before one
// that is known has the known one once more, behind it.
//
// Transfers between two of the person's own accounts are found in the list of all, and so is what
// the person left out of totals: neither is in a sum, but for that of one account.
//
// # The filter language
//
// All terms must hold; of terms with or between them, one must. A dash leaves out what its term
// finds. Capitals and accents make no difference.
//
//	query  = { choice }                      with spaces between
//	choice = term { "or" term }              or binds tighter than the space
//	term   = [ "-" ] ( text | limit | key )
//	text   = word | `"` words `"`            a word is what has no space in it
//	limit  = ( ">" | ">=" | "<" | "<=" | "=" ) amount
//	       | amount ".." amount | amount ".." | ".." amount
//	amount = digits [ "." digits ]           thousands may have commas
//	key    = ( "cat:" | "acct:" | "bank:" | "tag:" | "note:" ) text
//	       | "is:" ( "pending" | "posted" | "in" | "out" | "noted" | "tagged" | "untagged"
//	               | "left-out" | "transfer" )
//	       | ( "since:" | "until:" | "on:" ) date
//	date   = year [ "-" month [ "-" day ] ]  2026, 2026-01, 2026-01-05
//	       | name [ year ]                   oct, oct2025, oct-2025
//	       | day name [ year ]               5nov, 5nov2025, 5-nov-2025
//	       | "today" | "yesterday"
//	       | number ( "d" | "w" | "m" | "y" )    so many days, weeks, months or years ago
//
// What that finds:
//
//	coffee                in the name, the note, a tag, the category or the bank's text
//	"blue bottle"         these words with their space, as they are
//	amazon or target >50  from either of the two, beyond 50
//	-amazon               all but these
//	48.12                 amounts of 48.12, in or out, and texts with it
//	48                    amounts from 48.00 to 48.99, and texts with it
//	>50 <=1,284.50        amounts in these limits, in or out, in any currency
//	40..60                amounts from 40 to 60; 40.. and ..60 are open
//	cat:travel            a category, at any level: the person's own where there is one, else the bank's
//	acct:0000 acct:saver  an account, by its last digits or its name
//	bank:tartan           a bank
//	tag:family note:mum   what the person wrote
//	is:pending -is:in     not posted yet, and no money in
//	since:2026-01         from 1 January 2026 on
//	until:oct             to the end of the last October that has begun
//	on:5nov               on the last 5 November
//	since:30d             from thirty days ago on
//
// A word of four letters or more that no text has is taken for one that is a slip of the hand away
// (a letter missing, one too many, another one, or two swapped) from how a word in the text begins;
// View.Close tells for which words that was so. Words in quotes are looked for as they are: no close
// spellings, no amounts. The keys may be called category:, account:, tags:, notes:, from: and to: too.
//
// Nothing that is typed is an error. A term that makes no sense takes no part and says why in its
// Mistake; the last one, as long as more letters may mend it, is Unfinished instead.
package query
