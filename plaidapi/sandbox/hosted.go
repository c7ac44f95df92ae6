package sandbox

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// linkPath is where the Hosted Link pages are: /link/SECRET opens a session of
// the link, and /link/SECRET/SESSION is that session's page, to be read by GET
// and acted on by POST. The secret is all that a page asks of its visitor.
const linkPath = "/link/"

// onPage tells the pages from the endpoints that begin alike.
func onPage(path string) bool {
	return strings.HasPrefix(path, linkPath) && !strings.HasPrefix(path, linkPath+"token/")
}

// maxForm bounds what a form may send.
const maxForm = 64 << 10

func newPage() string {
	var raw [16]byte
	rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// pageReply is what a page answers, made while the links are locked and sent
// when they are not.
type pageReply struct {
	status   int
	body     bytes.Buffer
	location string
	hook     *hook
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
	reply := &pageReply{status: http.StatusOK}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if r.Method == http.MethodPost && r.ParseForm() != nil {
		b.notice(reply, http.StatusBadRequest, "That form cannot be read", "Go back and send it again.")
	} else {
		b.answerPage(reply, r)
	}
	if reply.location != "" {
		h.Set("Location", reply.location)
	}
	w.WriteHeader(reply.status)
	w.Write(reply.body.Bytes())
	if reply.hook != nil {
		http.NewResponseController(w).Flush()
		reply.hook.deliver(r.Context())
	}
}

// answerPage finds the link and the session of a request and does what it asks.
func (b *Bank) answerPage(reply *pageReply, r *http.Request) {
	secret, id, _ := strings.Cut(strings.TrimPrefix(requestPath(r.URL), linkPath), "/")
	links := &b.modern().links
	links.mu.Lock()
	defer links.mu.Unlock()
	l, known := links.byPage[secret]
	switch {
	case !known:
		b.notice(reply, http.StatusNotFound, "There is no such link", "Ask your app for a new one.")
		return
	case b.now().After(l.expires):
		b.notice(reply, http.StatusGone, "This link has expired", "Nothing more can be shared by it. Ask your app for a new one.")
		return
	case r.Method == http.MethodHead:
		return // looking at a link does not open it
	}
	s := l.find(id)
	if id == "" && r.Method == http.MethodGet {
		s = b.begin(l)
	}
	if s == nil {
		b.notice(reply, http.StatusNotFound, "There is no such page", "Open the link again, or ask your app for a new one.")
		return
	}
	k := b.walk(l, s)
	switch r.Method {
	case http.MethodGet:
		if query := r.URL.Query().Get("q"); s.view == banksView && query != s.query {
			s.query = query
			k.tell("SEARCH_INSTITUTION", "institution_search_query", query)
		}
		b.render(reply, k)
	case http.MethodPost:
		k.submit(reply, r.PostForm)
	default:
		b.notice(reply, http.StatusMethodNotAllowed, "That cannot be done here", "Open the link in a browser.")
	}
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

// submit does what a form says, and leads on to the page as it is then.
func (w *walk) submit(reply *pageReply, form url.Values) {
	if w.finished.IsZero() {
		w.act(form)
		reply.hook = w.sessionFinished()
	}
	reply.status, reply.location = http.StatusSeeOther, linkPath+w.page+"/"+w.id
}
