package cli

import (
	"maps"
	"slices"
	"strings"
)

// instead proposes the known name that is most like name, or all when none is.
func instead[T any](name string, known map[string]T) string {
	if best := nearest(name, known); best != "" {
		return "did you mean " + best + "?"
	}
	return "what can be set is " + strings.Join(slices.Sorted(maps.Keys(known)), ", ")
}

// nearest is the known name that is most like name; empty when none is.
func nearest[T any](name string, known map[string]T) string {
	best, least := "", len(name)/2+1
	for _, candidate := range slices.Sorted(maps.Keys(known)) {
		if d := edits(strings.ToLower(name), candidate); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// edits counts the bytes to add, remove or replace to make b of a.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
