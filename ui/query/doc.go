// Package query keeps the transactions of all Items in memory, packed, in one order, and searches
// them.
//
//	pages ──► Index.Load, Index.Loaded          what is saved, at the start
//	Changes ─► Index.Diff ─► Page ─► Index.Apply    what a sync brings: only differences
//	Index.View ─► View.Find(Filter) ─► View         a list to draw, with its sums
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
package query
