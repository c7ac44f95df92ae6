package query

import (
	"context"
	"slices"
)

// Looser is the term of f's Query without which the most of v's transactions are found, and how many
// these are: for "12 without >500". Terms with or between them are left together. It is the zero
// Term when nothing is found without any one of them. It fails with the error of ctx.
func (v *View) Looser(ctx context.Context, f Filter) (without Term, rows int, err error) {
	q := f.Query
	for i, c := range q.choices {
		if len(c.clause) == 0 {
			continue
		}
		f.Query.choices = slices.Delete(slices.Clone(q.choices), i, i+1)
		found, err := v.Find(ctx, f)
		if err != nil {
			return Term{}, 0, err
		}
		if found.Len() > rows {
			rows = found.Len()
			from, to := q.terms[c.terms[0]].From, q.terms[c.terms[len(c.terms)-1]].To
			without = Term{From: from, To: to, Text: q.text[from:to]}
		}
	}
	return without, rows, nil
}
