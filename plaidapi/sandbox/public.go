package sandbox

import "strconv"

// maxPage bounds one page of institutions.
const maxPage = 1000

func (c *call) mainInstitutions() code {
	c.out.open('[')
	for _, i := range c.bank.directory.all[:c.bank.directory.main] {
		c.out.next()
		c.out.institution(i)
	}
	c.out.close(']')
	return fine
}

// oneInstitution takes an id or a type in the path.
func (c *call) oneInstitution() code {
	i, ok := c.bank.directory.find(c.id)
	if !ok {
		return institutionUnknown
	}
	c.out.institution(i)
	return fine
}

func (c *call) allInstitutions() code { return c.page(c.bank.directory.all) }

func (c *call) longtailInstitutions() code {
	return c.page(c.bank.directory.all[c.bank.directory.main:])
}

// page answers with count institutions from offset on, of those that offer all
// products asked for.
func (c *call) page(list []institution) code {
	count, ok := c.number("count", 50)
	if !ok || count < 1 || count > maxPage {
		return invalidPaging
	}
	offset, ok := c.number("offset", 0)
	if !ok || offset < 0 {
		return invalidPaging
	}
	wanted := c.params.list("products")
	if wanted == nil {
		wanted = c.options.list("products")
	}
	var found []institution
	for _, i := range list {
		if i.offersAll(wanted) {
			found = append(found, i)
		}
	}
	start := min(offset, len(found))
	end := min(start+count, len(found))
	c.out.open('{')
	c.out.int("total_count", len(found))
	c.out.array("results")
	for _, i := range found[start:end] {
		c.out.next()
		c.out.institution(i)
	}
	c.out.close(']')
	c.out.close('}')
	return fine
}

// number reads a whole number, or fallback when there is none; ok is false when
// it is something else.
func (c *call) number(name string, fallback int) (n int, ok bool) {
	given := c.option(name)
	if given == "" {
		return fallback, true
	}
	n, err := strconv.Atoi(given)
	return n, err == nil
}

func (c *call) allCategories() code {
	c.out.open('[')
	for _, category := range c.bank.categories.list {
		c.out.next()
		c.out.category(category)
	}
	c.out.close(']')
	return fine
}

func (c *call) oneCategory() code {
	category, ok := c.bank.categories.one(c.id)
	if !ok {
		return categoryUnknown
	}
	c.out.category(category)
	return fine
}
