package sandbox

import (
	"crypto/rand"
	"encoding/hex"
	"maps"
	"net/http"
	"slices"
	"strings"
)

// linkPath is where the Hosted Link pages are: /link/SECRET opens a session of
// the link, and /link/SECRET/SESSION is that session's page, to be read by GET
// and acted on by POST. The secret is all that a page asks of its visitor.
const linkPath = "/link/"

// maxForm bounds what a form may send.
const maxForm = 64 << 10

func newPage() string {
	var raw [16]byte
	rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// serveHosted answers for the pages. Nothing of them is cached, framed, scripted
// or told to other sites.
func (b *Bank) serveHosted(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin") // without a referrer a form's origin would be null
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")

	secret, id, _ := strings.Cut(strings.TrimPrefix(requestPath(r.URL), linkPath), "/")
	links := &b.modern().links
	var form map[string][]string
	if r.Method == http.MethodPost {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if r.ParseForm() != nil {
			b.showNotice(w, http.StatusBadRequest, "That form cannot be read", "Go back and send it again.")
			return
		}
		form = r.PostForm
	}
	links.mu.Lock()
	defer links.mu.Unlock()
	l, known := links.byPage[secret]
	now := b.now()
	switch {
	case !known:
		b.showNotice(w, http.StatusNotFound, "There is no such link", "Ask your app for a new one.")
	case now.After(l.expires):
		b.showNotice(w, http.StatusGone, "This link has expired", "Nothing was shared. Ask your app for a new one.")
	case r.Method == http.MethodHead:
	case r.Method == http.MethodGet && id == "":
		b.open(w, l)
	case r.Method == http.MethodGet:
		b.showSession(w, r, l, id)
	case r.Method == http.MethodPost:
		b.submit(w, r, l, id, form)
	default:
		h.Set("Allow", "GET, HEAD, POST")
		b.showNotice(w, http.StatusMethodNotAllowed, "That cannot be done here", "Open the link in a browser.")
	}
}

// open shows the session under way, or begins one.
func (b *Bank) open(w http.ResponseWriter, l *link) {
	s := b.begin(l)
	if s == nil {
		b.showNotice(w, http.StatusGone, "This link has been used too often", "Ask your app for a new one.")
		return
	}
	b.render(w, b.walk(l, s))
}

func (b *Bank) walk(l *link, s *session) *walk {
	return &walk{b, b.modern(), b.now(), l, s}
}

func (l *link) find(id string) *session {
	at := slices.IndexFunc(l.sessions, func(s *session) bool { return s.id == id })
	if at < 0 {
		return nil
	}
	return l.sessions[at]
}

func (b *Bank) showSession(w http.ResponseWriter, r *http.Request, l *link, id string) {
	s := l.find(id)
	if s == nil {
		b.showNotice(w, http.StatusNotFound, "There is no such link", "Ask your app for a new one.")
		return
	}
	k := b.walk(l, s)
	if query := r.URL.Query().Get("q"); s.view == banksView && query != s.query {
		s.query = query
		k.tell("SEARCH_INSTITUTION", "institution_search_query", query)
	}
	b.render(w, k)
}

// submit does what a form says, and leads on to the page as it is then.
func (b *Bank) submit(w http.ResponseWriter, r *http.Request, l *link, id string, form map[string][]string) {
	s := l.find(id)
	if s == nil {
		b.showNotice(w, http.StatusNotFound, "There is no such link", "Ask your app for a new one.")
		return
	}
	k := b.walk(l, s)
	finished := !s.finished.IsZero()
	k.act(maps.Clone(form))
	w.Header().Set("Location", linkPath+l.page+"/"+s.id)
	w.WriteHeader(http.StatusSeeOther)
	if hook := k.sessionFinished(); hook != nil && !finished {
		go hook.deliver(r.Context())
	}
}
