package sandbox

import (
	"encoding/base64"
	"image/png"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func names(a answered, path ...any) []string {
	list, _ := a.at(path...).([]any)
	var n []string
	for _, v := range list {
		m, _ := v.(map[string]any)
		name, _ := m["name"].(string)
		n = append(n, name)
	}
	return n
}

func TestInstitutionList(t *testing.T) {
	b := openBank()
	a := form(t, b, "GET", "/institutions/", "client_id=bad secret=bad")
	var types []string
	for i := range a.list {
		kind, _ := a.at(i, "type").(string)
		types = append(types, kind)
		one := form(t, b, "GET", "/institutions/"+kind, "")
		byID := form(t, b, "GET", "/institutions/all/"+a.at(i, "id").(string), "")
		if one.raw != byID.raw || one.body["type"] != kind {
			t.Errorf("%s: by type %s, by id %s", kind, one.raw, byID.raw)
		}
	}
	want := "bofa chase wells citi us usaa capone360 amex schwab fidelity pnc svb td nfcu suntrust"
	if strings.Join(types, " ") != want {
		t.Errorf("types %v", types)
	}
	if a.at(7, "credentials", "username") != "User ID" || a.at(7, "has_mfa") != false || a.length(7, "mfa") != 0 {
		t.Errorf("amex: %v", a.at(7))
	}
}

func TestInstitutionPages(t *testing.T) {
	b := openBank()
	all := form(t, b, "POST", "/institutions/all", "count=1000")
	total := len(b.directory.all)
	if all.at("total_count") != float64(total) || all.length("results") != total || all.length("results") <= 15 {
		t.Fatalf("%v of %d", all.at("total_count"), total)
	}
	var paged []string
	for offset := 0; ; offset += 7 {
		a := form(t, b, "POST", "/institutions/all", "count=7 offset="+strconv.Itoa(offset))
		if a.length("results") == 0 {
			break
		}
		paged = append(paged, names(a, "results")...)
	}
	if !slices.Equal(paged, names(all, "results")) {
		t.Errorf("pages hold %v", paged)
	}
	tail := form(t, b, "POST", "/institutions/longtail", "")
	first, _ := tail.at("results", 0).(map[string]any)
	if tail.at("total_count") != float64(total-15) || first["url"] == nil || first["currencyCode"] != "USD" {
		t.Errorf("longtail: %v", first)
	}
	if first := all.at("results", 0).(map[string]any); first["url"] != nil || first["currencyCode"] != nil {
		t.Errorf("a main institution looks like the long tail: %v", first)
	}
	a := form(t, b, "POST", "/institutions/all", "products=income,risk")
	if a.length("results") != 0 {
		t.Errorf("an unknown product finds %v", names(a, "results"))
	}
	a = form(t, b, "POST", "/institutions/all", `products=["auth","risk"]`)
	if want := []string{"Bank of America", "Chase", "Wells Fargo", "Citi", "US Bank", "USAA", "Navy Federal Credit Union", "SunTrust"}; !slices.Equal(names(a, "results"), want) {
		t.Errorf("auth and risk: %v", names(a, "results"))
	}
}

func TestInstitutionSearch(t *testing.T) {
	b := openBank()
	for _, path := range []string{"/institutions/search", "/institutions/all/search"} {
		for query, want := range map[string]int{
			"?q=wells": 10, "?q=wells&p=auth": 1, "?q=wells&p=connect": 10, "?q=wells&p=prod": 0,
			"?q=FARGO+wells": 10, "?q=zzzz": 0, "?id=xxx": 0, "?q=suntrust&p=connect": 1, "?q=td+bank&p=connect": 1,
		} {
			a := form(t, b, "GET", path+query, "")
			if a.status != 200 || a.list == nil || len(a.list) != want {
				t.Errorf("%s%s: %d, %d found", path, query, a.status, len(a.list))
			}
		}
		if a := form(t, b, "GET", path+"?q=wells%20fargo", ""); a.at(0, "name") != "Wells Fargo" || a.at(0, "id") != "wells" {
			t.Errorf("best match: %v", names(a))
		}
		if a := form(t, b, "GET", path+"?q=bank&p=auth", ""); names(a)[0] != "Bank of America" {
			t.Errorf("names that begin with the text do not come first: %v", names(a))
		}
	}
}

func TestSearchElement(t *testing.T) {
	b := openBank()
	a := form(t, b, "GET", "/institutions/search?id=chase", "")
	if a.at("id") != "chase" || a.at("type") != "chase" || a.at("products", "auth") != true ||
		a.at("colors", "primary") != "rgba(23,93,165,1)" || a.at("colors", "gradient", 1) != "rgba(58,128,200,1)" ||
		a.at("fields", 1, "type") != "password" || a.at("accountSetup") != "https://chaseonline.chase.com" {
		t.Errorf("chase: %s", a.raw)
	}
	logo, _ := a.at("logo").(string)
	picture, err := png.Decode(base64.NewDecoder(base64.StdEncoding, strings.NewReader(logo)))
	if err != nil || picture.Bounds().Dx() != 150 {
		t.Fatalf("logo: %v", err)
	}
	if r, g, blue, _ := picture.At(75, 75).RGBA(); r>>8 != 23 || g>>8 != 93 || blue>>8 != 165 {
		t.Errorf("logo in %d,%d,%d", r>>8, g>>8, blue>>8)
	}
	if a := form(t, b, "GET", "/institutions/search?id=capone360", ""); a.at("fields", 0, "label") != "Username / Customer #" {
		t.Errorf("capone360: %s", a.raw)
	}
	if a := form(t, b, "GET", "/institutions/search?id=usaa", ""); a.at("fields", 2, "name") != "pin" {
		t.Errorf("usaa: %s", a.raw)
	}
	if a := form(t, b, "GET", "/institutions/search?id=30125", ""); a.at("fields", 1, "label") != "PIN" || a.at("video") != nil || a.at("products", "auth") != false {
		t.Errorf("long tail: %s", a.raw)
	}
}

func TestCategoryEndpoints(t *testing.T) {
	b := openBank()
	all := form(t, b, "GET", "/categories", "")
	if len(all.list) != 602 || all.at(0, "id") != "10000000" {
		t.Errorf("%d categories", len(all.list))
	}
	const sushi = `{
  "id": "13005006",
  "hierarchy": [
    "Food and Drink",
    "Restaurants",
    "Sushi"
  ],
  "type": "place"
}`
	if a := form(t, b, "GET", "/categories/13005006/", ""); a.raw != sushi {
		t.Errorf("sushi: %s", a.raw)
	}
}

func TestHead(t *testing.T) {
	r := request("HEAD", "/categories", "", "")
	if a := send(t, openBank(), r); a.status != 200 || len(a.list) != 602 {
		t.Errorf("HEAD: %d", a.status) // net/http drops the body
	}
}
