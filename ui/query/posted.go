package query

// Posted is the ID of the posted transaction that took the place of an Item's pending one, which is
// no more; false where there is none.
func (x *Index) Posted(itemID, pendingID string) (id string, is bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.settle()
	n, known := x.byID[itemID]
	if !known || pendingID == "" {
		return "", false
	}
	if _, living := x.find(n, pendingID); living {
		return "", false
	}
	row, found := x.look().replaced.find([]byte(pendingID), func(row uint32) bool { return x.item(row) == n })
	if !found {
		return "", false
	}
	own, _ := x.batch.ID(int(row))
	return string(own), true
}
