package sandbox

import "strings"

// route is what one method and path do. A public one asks for no keys.
type route struct {
	public  bool
	product string
	serve   func(*call) code
}

// newRoutes lists the endpoints of legacy-api §2.1 by "METHOD /path".
func newRoutes() map[string]route {
	m := map[string]route{
		"GET /balance":                {serve: (*call).balance},
		"POST /balance":               {serve: (*call).balance},
		"POST /upgrade":               {serve: (*call).upgrade},
		"POST /upgrade/step":          {serve: (*call).upgradeStep},
		"PATCH /upgrade/step":         {serve: (*call).upgradeStep},
		"POST /exchange_token":        {serve: (*call).exchange},
		"POST /institutions/all":      {serve: (*call).allInstitutions},
		"POST /institutions/longtail": {serve: (*call).longtailInstitutions},

		"GET /institutions":            {public: true, serve: (*call).mainInstitutions},
		"GET /institutions/{id}":       {public: true, serve: (*call).oneInstitution},
		"GET /institutions/search":     {public: true, serve: (*call).searchInstitutions},
		"GET /institutions/all/{id}":   {public: true, serve: (*call).oneInstitution},
		"GET /institutions/all/search": {public: true, serve: (*call).searchInstitutions},
		"GET /categories":              {public: true, serve: (*call).allCategories},
		"GET /categories/{id}":         {public: true, serve: (*call).oneCategory},
	}
	for _, p := range products {
		m["POST /"+p] = route{product: p, serve: (*call).add}
		m["POST /"+p+"/step"] = route{product: p, serve: (*call).step}
		m["POST /"+p+"/get"] = route{product: p, serve: (*call).fetch}
		m["GET /"+p+"/get"] = route{product: p, serve: (*call).fetch}
		m["GET /"+p] = route{product: p, serve: (*call).fetch}
		m["PATCH /"+p] = route{product: p, serve: (*call).update}
		m["PATCH /"+p+"/step"] = route{product: p, serve: (*call).step}
		m["DELETE /"+p] = route{product: p, serve: (*call).remove}
	}
	return m
}

// match finds the route of a method and a path without a trailing slash; id is
// the last part of a path that ends in one.
func (b *Bank) match(method, path string) (r route, id string, ok bool) {
	if method == "HEAD" {
		method = "GET"
	}
	if r, ok = b.routes[method+" "+path]; ok {
		return r, "", true
	}
	cut := strings.LastIndexByte(path, '/')
	if cut < 0 || cut == len(path)-1 {
		return route{}, "", false
	}
	r, ok = b.routes[method+" "+path[:cut]+"/{id}"]
	return r, path[cut+1:], ok
}
