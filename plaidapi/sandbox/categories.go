package sandbox

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// category is one entry of the taxonomy.
type category struct {
	ID        string // eight digits
	Hierarchy []string
	Kind      string // place, special or digital
}

// taxonomy is the list of categories and where each stands in it.
type taxonomy struct {
	list []category // by ID
	at   map[string]int
}

// compactCategories is the taxonomy of legacy-api, Appendix C. A line "13 Food
// and Drink" opens a top level, "13005 Restaurants > Winery | …" is a group and
// its leaves, numbered from 001, and "· 002 Breweries | …" are groups of the
// last top level that have no leaves.
//
//go:embed categories.txt
var compactCategories string

func newTaxonomy() taxonomy {
	var list []category
	add := func(id string, hierarchy ...string) {
		list = append(list, category{id, hierarchy, categoryKind(id)})
	}
	var topID, top string
	for line := range strings.Lines(compactCategories) {
		line = strings.TrimSuffix(line, "\n")
		if groups, ok := strings.CutPrefix(line, "· "); ok {
			for group := range strings.SplitSeq(groups, " | ") {
				number, name, _ := strings.Cut(group, " ")
				add(topID+number+"000", top, name)
			}
			continue
		}
		id, rest, _ := strings.Cut(line, " ")
		if len(id) == 2 {
			topID, top = id, rest
			add(id+"000000", top)
			continue
		}
		group, leaves, _ := strings.Cut(rest, " > ")
		add(id+"000", top, group)
		for i, leaf := range strings.Split(leaves, " | ") {
			add(fmt.Sprintf("%s%03d", id, i+1), top, group, leaf)
		}
	}
	slices.SortFunc(list, func(a, b category) int { return strings.Compare(a.ID, b.ID) })
	at := make(map[string]int, len(list))
	for i, c := range list {
		at[c.ID] = i
	}
	return taxonomy{list, at}
}

// categoryKind follows the top level, with the exceptions of Appendix C.
func categoryKind(id string) string {
	switch id {
	case "18009000", "18030000", "18050010", "18068000", "18068001", "18068002", "18068004", "18068005",
		"22001000", "22006001", "22008000", "22016000", "22017000":
		return "special"
	case "18031000", "19019000":
		return "digital"
	}
	switch id[:2] {
	case "10", "11", "15", "16", "20", "21":
		return "special"
	}
	return "place"
}

// hierarchy is what a transaction of category id carries. One category was
// renamed after the transactions were recorded, and they kept its older name.
func (t *taxonomy) hierarchy(id string) []string {
	if id == "21001000" {
		return renamedCategory
	}
	if i, ok := t.at[id]; ok {
		return t.list[i].Hierarchy
	}
	return nil
}

var renamedCategory = []string{"Transfer", "Account Transfer"}

// one finds a category by its id.
func (t *taxonomy) one(id string) (category, bool) {
	i, ok := t.at[id]
	if !ok {
		return category{}, false
	}
	return t.list[i], true
}

func (t *text) category(c category) {
	t.open('{')
	t.string("id", c.ID)
	t.strings("hierarchy", c.Hierarchy)
	t.string("type", c.Kind)
	t.close('}')
}
