package sandbox

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
	"strings"
)

// maxFound is how many institutions a search returns at most.
const maxFound = 10

// searchInstitutions is GET /institutions/search: one object by id, or an array
// by text, best match first. What is not found is an empty array in both cases.
func (c *call) searchInstitutions() code {
	if id := c.params.text("id"); id != "" {
		if i, ok := c.bank.directory.find(id); ok {
			c.out.searched(i)
			return fine
		}
		c.out.open('[')
		c.out.close(']')
		return fine
	}
	query := strings.ToLower(strings.TrimSpace(c.params.text("q")))
	if query == "" {
		return invalidQuery
	}
	c.out.open('[')
	for _, i := range c.bank.directory.search(query, c.params.text("p")) {
		c.out.next()
		c.out.searched(i)
	}
	c.out.close(']')
	return fine
}

// search finds the institutions whose names hold every word of a lower-case
// query and that offer the product, if one is named.
func (d *directory) search(query, product string) []institution {
	words := strings.Fields(query)
	var found []institution
	for _, i := range d.all {
		if product != "" && !i.offers(product) {
			continue
		}
		name := strings.ToLower(i.Name)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(name, w) }) {
			found = append(found, i)
		}
	}
	slices.SortStableFunc(found, func(a, b institution) int {
		return distance(a.Name, query) - distance(b.Name, query)
	})
	return found[:min(len(found), maxFound)]
}

// distance grades how well a name fits a lower-case query; 0 is best.
func distance(name, query string) int {
	name = strings.ToLower(name)
	switch {
	case name == query:
		return 0
	case strings.HasPrefix(name, query):
		return 1
	case strings.Contains(" "+name, " "+query):
		return 2
	}
	return 3
}

// look is how Link drew a main institution.
type look struct {
	primary, darker     string
	gradient            [2]string
	forgot, locked, set string // addresses on the bank's site; "" where none was recorded
}

// lookOf is the recorded look of a main institution, grey where there is none.
func lookOf(kind string) look {
	const site = "https://secure.bankofamerica.com"
	switch kind {
	case "bofa":
		return look{
			"rgba(220,20,48,1)", "rgba(180,11,35,1)",
			[2]string{"rgba(250,20,51,1)", "rgba(227,24,55,1)"},
			site + "/login/reset/entry/forgotPwdScreen.go", "https://securemessaging.bankofamerica.com/srt/help.do?appid=12", site,
		}
	case "chase":
		return look{primary: "rgba(23,93,165,1)", darker: "rgba(16,63,116,1)", gradient: [2]string{"rgba(23,93,165,1)", "rgba(58,128,200,1)"}, set: "https://chaseonline.chase.com"}
	case "wells":
		return look{
			"rgba(186,9,36,1)", "rgba(117,6,22,1)",
			[2]string{"rgba(186,9,36,1)", "rgba(220,33,62,1)"},
			"https://online.wellsfargo.com/das/channel/identifyDisplay", "https://www.wellsfargo.com/help/faqs/sign-on", "https://online.wellsfargo.com",
		}
	case "citi":
		return look{primary: "rgba(9,40,105,1)", darker: "rgba(5,29,81,1)", gradient: [2]string{"rgba(9,40,105,1)", "rgba(5,29,81,1)"}}
	case "capone360":
		return look{primary: "rgba(161,40,49,1)", darker: "rgba(98,24,29,1)", gradient: [2]string{"rgba(161,40,49,1)", "rgba(255,93,106,1)"}}
	case "schwab":
		return look{primary: "rgba(0,140,218,1)", darker: "rgba(0,106,163,1)", gradient: [2]string{"rgba(0,140,218,1)", "rgba(0,106,163,1)"}}
	}
	const grey, dark = "rgba(90,98,110,1)", "rgba(60,66,75,1)"
	return look{primary: grey, darker: dark, gradient: [2]string{grey, dark}}
}

// logo is a square of the bank's colour, 150 pixels wide, as base64 of a PNG.
// No real mark is kept here.
func (l look) logo() string {
	c := color.RGBA{A: 255}
	fmt.Sscanf(l.primary, "rgba(%d,%d,%d,", &c.R, &c.G, &c.B)
	var b bytes.Buffer
	picture := image.NewPaletted(image.Rect(0, 0, 150, 150), color.Palette{c})
	if png.Encode(&b, picture) != nil {
		return ""
	}
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

// searched writes an element of a search, which is not that of the lists.
func (t *text) searched(i institution) {
	l := lookOf(i.Type)
	id := i.Type
	t.open('{')
	t.string("id", id)
	t.string("name", i.Name)
	t.object("products")
	for _, p := range [...]string{"auth", "balance", "connect", "info"} {
		t.bool(p, i.offers(p))
	}
	t.close('}')
	if i.longtail() {
		l.forgot, l.locked, l.set = i.URL, i.URL, i.URL
	}
	t.stringOrNull("forgottenPassword", l.forgot)
	t.stringOrNull("accountLocked", l.locked)
	t.stringOrNull("accountSetup", l.set)
	if i.longtail() {
		t.null("video")
	} else {
		t.string("video", i.Type)
	}
	t.fields(i)
	t.object("colors")
	if i.longtail() {
		t.string("light", "#378fbe")
		t.string("primary", "#0075A3")
		t.string("dark", "#00517c")
		t.string("darker", "#00456f")
	} else {
		t.string("primary", l.primary)
		t.string("darker", l.darker)
		t.strings("gradient", l.gradient[:])
	}
	t.close('}')
	if i.longtail() {
		t.null("logo")
	} else {
		t.string("logo", l.logo())
	}
	t.null("nameBreak")
	t.string("type", id)
	t.close('}')
}

// fields writes the sign-in form of a searched institution.
func (t *text) fields(i institution) {
	username := i.UsernameLabel
	if i.Type == "capone360" {
		username = "Username / Customer #" // the two forms were recorded to differ
	}
	t.array("fields")
	t.field("username", username, "text")
	t.field("password", i.PasswordLabel, "password")
	if i.PINLabel != "" {
		t.field("pin", i.PINLabel, "password")
	}
	t.close(']')
}

func (t *text) field(name, label, kind string) {
	t.next()
	t.open('{')
	t.string("name", name)
	t.string("label", label)
	t.string("type", kind)
	t.close('}')
}
