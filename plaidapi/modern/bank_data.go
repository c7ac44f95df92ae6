package modern

import (
	"cmp"
	"context"
	"errors"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// Numbers reads the account numbers of an Item. An Item whose person did not agree fails with
// NotShared.
func (b *Bank) Numbers(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Numbers, error) {
	reply, err := b.client.Auth(ctx, AccountsRequest{AccessToken: token})
	if err != nil {
		return nil, err
	}
	var all []plaidapi.Numbers
	add := func(account, number, routing, wire string, s plaidapi.Scheme) {
		if account != "" && number != "" {
			all = append(all, plaidapi.Numbers{
				AccountID: account, Account: inert.Name(number), Routing: inert.Name(routing), WireRouting: inert.Name(wire), Scheme: s,
			})
		}
	}
	for _, n := range reply.Numbers.ACH {
		add(n.AccountID, n.Account, n.Routing, n.WireRouting, plaidapi.ACH)
	}
	for _, n := range reply.Numbers.EFT {
		add(n.AccountID, n.Account, n.Institution+"-"+n.Branch, "", plaidapi.EFT)
	}
	for _, n := range reply.Numbers.International {
		add(n.AccountID, n.IBAN, n.BIC, "", plaidapi.IBAN)
	}
	for _, n := range reply.Numbers.BACS {
		add(n.AccountID, n.Account, n.SortCode, "", plaidapi.BACS)
	}
	return all, nil
}

// noSuch reports that an Item has no account of the kind that was asked about: an empty list, no
// error.
func noSuch(err error) bool {
	var e *Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case "NO_INVESTMENT_ACCOUNTS", "NO_LIABILITY_ACCOUNTS", "NO_ACCOUNTS", "PRODUCTS_NOT_SUPPORTED":
		return true
	}
	return false
}

// Holdings reads what an Item's investment accounts hold; none without such accounts. An Item whose
// person did not agree fails with NotShared.
func (b *Bank) Holdings(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Holding, error) {
	reply, err := b.client.Holdings(ctx, AccountsRequest{AccessToken: token})
	if noSuch(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if reply.Holdings == nil {
		return nil, incomplete("investments holdings get", reply.Answer, errNothing)
	}
	securities := make(map[string]*Security, len(reply.Securities))
	for i := range reply.Securities {
		securities[reply.Securities[i].ID] = &reply.Securities[i]
	}
	all := make([]plaidapi.Holding, 0, len(reply.Holdings))
	for i := range reply.Holdings {
		of := securities[reply.Holdings[i].SecurityID]
		if of == nil {
			of = &Security{}
		}
		all = append(all, holding(&reply.Holdings[i], of))
	}
	return all, nil
}

func holding(h *Holding, s *Security) plaidapi.Holding {
	c := currency(h.ISOCurrencyCode, h.UnofficialCurrencyCode)
	return plaidapi.Holding{
		AccountID: h.AccountID, ID: h.SecurityID,
		Name: inert.Name(s.Name), Ticker: inert.Name(s.TickerSymbol), Type: inert.Name(s.Type), Cash: s.IsCashEquivalent,
		Quantity: digits(h.Quantity),
		Price:    money(h.InstitutionPrice, c), Value: money(h.InstitutionValue, c), Cost: money(h.CostBasis, c),
		AsOf: day(h.InstitutionPriceAsOf),
	}
}

// Liabilities reads the terms of an Item's debts; none without such accounts. An Item whose person
// did not agree fails with NotShared.
func (b *Bank) Liabilities(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Liability, error) {
	reply, err := b.client.Liabilities(ctx, AccountsRequest{AccessToken: token})
	if noSuch(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	currencies := make(map[string]plaidapi.Currency, len(reply.Accounts))
	for _, a := range reply.Accounts {
		currencies[a.ID] = currency(a.Balances.ISOCurrencyCode, a.Balances.UnofficialCurrencyCode)
	}
	var all []plaidapi.Liability
	for i := range reply.Liabilities.Credit {
		l := &reply.Liabilities.Credit[i]
		all = append(all, card(l, currencies[l.AccountID]))
	}
	for i := range reply.Liabilities.Mortgage {
		l := &reply.Liabilities.Mortgage[i]
		all = append(all, mortgage(l, currencies[l.AccountID]))
	}
	for i := range reply.Liabilities.Student {
		l := &reply.Liabilities.Student[i]
		all = append(all, student(l, currencies[l.AccountID]))
	}
	return all, nil
}

func card(l *CreditLiability, c plaidapi.Currency) plaidapi.Liability {
	return plaidapi.Liability{
		AccountID: l.AccountID, Kind: plaidapi.CardDebt, Rate: rate(l.APRs),
		Minimum: flipped(l.MinimumPaymentAmount, c), Due: day(l.NextPaymentDueDate), Overdue: l.IsOverdue,
		Statement: flipped(l.LastStatementBalance, c), Issued: day(l.LastStatementIssueDate),
		Paid: money(l.LastPaymentAmount, c), PaidOn: day(l.LastPaymentDate),
	}
}

// rate is the rate of purchases, or the first one there is.
func rate(all []APR) string {
	for _, apr := range all {
		if apr.Type == "purchase_apr" {
			return digits(apr.Percentage)
		}
	}
	if len(all) > 0 {
		return digits(all[0].Percentage)
	}
	return ""
}

func mortgage(l *MortgageLiability, c plaidapi.Currency) plaidapi.Liability {
	pastDue := money(l.PastDueAmount, c)
	return plaidapi.Liability{
		AccountID: l.AccountID, Kind: plaidapi.Mortgage, Rate: digits(l.InterestRate.Percentage),
		Minimum: flipped(l.NextMonthlyPayment, c), Due: day(l.NextPaymentDueDate), Overdue: pastDue != nil && pastDue.Sign() > 0,
		Paid: money(l.LastPaymentAmount, c), PaidOn: day(l.LastPaymentDate), Ends: day(l.MaturityDate),
	}
}

func student(l *StudentLiability, c plaidapi.Currency) plaidapi.Liability {
	return plaidapi.Liability{
		AccountID: l.AccountID, Kind: plaidapi.StudentLoan, Rate: digits(l.InterestRatePercentage),
		Minimum: flipped(l.MinimumPaymentAmount, c), Due: day(l.NextPaymentDueDate), Overdue: l.IsOverdue,
		Statement: flipped(l.LastStatementBalance, c), Issued: day(l.LastStatementIssueDate),
		Paid: money(l.LastPaymentAmount, c), PaidOn: day(l.LastPaymentDate), Ends: day(l.ExpectedPayoffDate),
	}
}

// Streams reads what comes back on an Item's accounts, as Plaid sees it: what comes in first. Few
// plans have it; without, it fails with NotAllowed, or NotShared.
func (b *Bank) Streams(ctx context.Context, _ plaidapi.Item, token plaidapi.Secret) ([]plaidapi.Stream, error) {
	reply, err := b.client.Recurring(ctx, RecurringRequest{
		AccessToken: token, Options: RecurringOptions{PersonalFinanceCategoryVersion: V2},
	})
	if err != nil {
		return nil, err
	}
	all := make([]plaidapi.Stream, 0, len(reply.InflowStreams)+len(reply.OutflowStreams))
	for _, some := range [][]Stream{reply.InflowStreams, reply.OutflowStreams} {
		for i := range some {
			all = append(all, stream(&some[i]))
		}
	}
	return all, nil
}

func stream(s *Stream) plaidapi.Stream {
	out := plaidapi.Stream{
		ID: s.ID, AccountID: s.AccountID, Name: inert.Name(cmp.Or(s.MerchantName, s.Description)), Every: frequency(s.Frequency),
		First: day(s.FirstDate), Last: day(s.LastDate), Next: day(s.PredictedNext),
		Average: streamed(s.AverageAmount), Latest: streamed(s.LastAmount),
		Ended: !s.Active || s.Status == "TOMBSTONED", IDs: s.TransactionIDs,
	}
	if s.Category != nil {
		out.Category = CategoryOf(inert.Name(s.Category.Primary), inert.Name(s.Category.Detailed))
	}
	return out
}

func streamed(a StreamAmount) *plaidapi.Money {
	return flipped(a.Amount, currency(a.ISOCurrencyCode, a.UnofficialCurrencyCode))
}

func frequency(sent string) plaidapi.Frequency {
	switch sent {
	case "WEEKLY":
		return plaidapi.Weekly
	case "BIWEEKLY":
		return plaidapi.Biweekly
	case "SEMI_MONTHLY":
		return plaidapi.SemiMonthly
	case "MONTHLY":
		return plaidapi.Monthly
	case "ANNUALLY":
		return plaidapi.Annually
	}
	return ""
}
