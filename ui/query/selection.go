package query

// Selection is a set of transactions, whatever list they are shown in. The zero Selection is empty.
// It is for one goroutine.
//
// It is used with Views of one Index and follows that as it changes, also when it rebuilds itself:
// what is told in other words stays selected, and what is gone no longer is. Len follows with the
// next of the other calls.
type Selection struct {
	of   *View // the last View that it was used with; nil when it is empty
	rows bitset
	size int
}

// Len is how many transactions are selected.
func (s *Selection) Len() int { return s.size }

// Clear empties s.
func (s *Selection) Clear() { *s = Selection{} }

// Has reports whether a transaction of v is selected.
func (s *Selection) Has(v *View, i int) bool {
	s.follow(v)
	return s.rows.has(v.rows[i])
}

// Toggle selects a transaction of v, or no longer if it is selected.
func (s *Selection) Toggle(v *View, i int) {
	s.begin(v)
	s.rows.flip(v.rows[i])
	s.size = s.rows.len()
}

// All selects all of v, besides what is selected.
func (s *Selection) All(v *View) {
	s.begin(v)
	for _, row := range v.rows {
		s.rows.set(row)
	}
	s.size = s.rows.len()
}

// View is those of v's transactions that are selected, in their order.
func (s *Selection) View(v *View) *View {
	s.follow(v)
	var rows []uint32
	if s.size > 0 {
		for _, row := range v.rows {
			if s.rows.has(row) {
				rows = append(rows, row)
			}
		}
	}
	return v.with(rows)
}

// begin makes room for the rows of v.
func (s *Selection) begin(v *View) {
	s.follow(v)
	if s.rows == nil {
		s.of, s.rows = v, newBitset(v.batch.Len())
	}
}

// follow goes over to the list that v is of.
func (s *Selection) follow(v *View) {
	if s.size == 0 {
		s.Clear()
		return
	}
	if s.of.kinds == v.kinds {
		return
	}
	now := newBitset(v.batch.Len())
	if s.of.Same(v) {
		for _, row := range v.kinds.list {
			if s.rows.has(row) {
				now.set(row)
			}
		}
	}
	others := map[Key]struct{}{}
	for row := range s.rows.all() {
		if !now.has(row) {
			others[s.of.key(row)] = struct{}{}
		}
	}
	if len(others) > 0 {
		named(&v.batch, v.kinds.list, others, func(row uint32, _ struct{}) { now.set(row) })
	}
	s.of, s.rows, s.size = v, now, now.len()
}
