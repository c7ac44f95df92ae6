package ui

import (
	"context"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/ui/ledger"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

// noon is when every test takes place.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// driver is a person at the keyboard: the real screens over the real ledger, client and practice
// bank, with the store in memory and a clock that moves a second a key.
type driver struct {
	t      testing.TB
	app    tea.Model
	bank   *sandbox.Bank
	vault  *memVault
	clock  watch
	sent   recorder
	plaid  *hosted // the page outside the terminal; nil where sign-in is in it
	timers []timer
	saves  []string // settings that were saved: "mouse false"
	unsave error    // what saving one fails with
	quit   bool     // the program wants to end
	todo   []tea.Cmd

	checked sight // the last frame that was found good
}

// watch is the time of a test. Calls that a person has left may still read it.
type watch struct{ seconds atomic.Int64 }

func (w *watch) now() time.Time { return noon.Add(time.Duration(w.seconds.Load()) * time.Second) }

func (w *watch) pass(d time.Duration) { w.seconds.Add(int64(d / time.Second)) }

// timer is a message that a screen wants later.
type timer struct {
	after time.Duration
	due   time.Time
	msg   func(time.Time) tea.Msg
}

// recorder notes which requests were sent.
type recorder struct {
	http.RoundTripper
	mu   sync.Mutex
	seen map[string]int
}

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.mu.Lock()
	r.seen[req.Method+" "+req.URL.Path]++
	r.mu.Unlock()
	return r.RoundTripper.RoundTrip(req)
}

// count is how many such requests were sent: "POST /connect".
func (r *recorder) count(request string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.seen[request]
}

// newDriver opens the app on a fresh practice bank.
func newDriver(t testing.TB, width, height int) *driver {
	return newDriverIn(t, width, height, setting{})
}

// setting is what a driver begins with.
type setting struct {
	kept      memOptions
	bank      sandbox.Options
	lockAfter time.Duration
	real      bool // not the practice bank
	page      bool // sign-in is on a page outside the terminal
	ascii     bool // the terminal shows nothing else
	welcome   bool // the first sight is not left for the list of banks
	given     map[string]string
}

func newDriverIn(t testing.TB, width, height int, o setting) *driver {
	d := unsettled(t, width, height, o)
	d.settle()
	if layers := d.app.(*app).stack.layers; len(layers) > 1 && !o.welcome {
		if _, is := layers[len(layers)-1].screen.(*welcomeScreen); is {
			d.send(press("enter")[0])
			d.settle()
		}
	}
	return d
}

// refuse makes the vault refuse to keep anything, or work again.
func (d *driver) refuse(err error) {
	d.vault.Refuse(err)
}

// items are those that are kept.
func (d *driver) items() []plaidapi.Item {
	d.t.Helper()
	items, err := d.vault.Items(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	return items
}

// unsettled is a driver whose first commands have not been run.
func unsettled(t testing.TB, width, height int, o setting) *driver {
	d := &driver{t: t}
	now := d.clock.now
	if o.page {
		o.bank.Clock = now
	}
	if o.bank.Clock == nil {
		o.bank.Clock = func() time.Time { return noon }
	}
	d.bank = sandbox.New(o.bank)
	local := d.bank.Dial()
	d.sent.RoundTripper, d.sent.seen = local.Transport(), map[string]int{}
	d.vault = newMemVault(o.kept)
	sent := NewRequestLog(now)
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: &d.sent}),
		legacy.Trace(func(t legacy.Try) {
			sent.Add(t.Host, t.Purpose(), t.Status, t.Size, 12*time.Millisecond)
		}))
	if err != nil {
		t.Fatal(err)
	}
	banks := map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: legacy.NewBank(client, now)}
	if o.page {
		banks = map[plaidapi.Wire]ledger.Bank{plaidapi.Modern: d.outside(sent)}
	}
	l := ledger.New(d.vault, banks, now)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() {
		cancel()
		_ = l.Close(context.Background())
		_ = local.Close()
	})
	config := Config{
		Ledger: l, Place: "practice bank", Short: "practice", Look: Look{Profile: termenv.Ascii, ASCII: o.ascii}, Now: now,
		After: func(after time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			return func() tea.Msg {
				d.timers = append(d.timers, timer{after, now().Add(after), msg})
				return nil
			}
		},
		Hints:     func(id string) []Hint { return hintsOf(d.bank, id) },
		LockAfter: o.lockAfter, Version: "0.1.0", Requests: sent, Given: o.given,
		Save: func(name, value string) error {
			d.saves = append(d.saves, name+" "+value)
			return d.unsave
		},
	}
	if o.real {
		config.Place, config.Short, config.Hints = "legacy", "legacy", nil
	}
	if o.page {
		config.Place, config.Short, config.Hints = "Plaid sandbox", "sandbox", nil
		config.Anywhere, config.MostLinks, config.Open = plaidapi.Institution{Wire: plaidapi.Modern}, 10, d.plaid.show
	}
	d.app = New(ctx, config)
	d.todo = []tea.Cmd{d.app.Init()}
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	return d
}

// hintsOf lists the practice logins of a bank, as main does.
func hintsOf(bank *sandbox.Bank, id string) []Hint {
	var hints []Hint
	for _, l := range bank.Logins() {
		if l.Institution == id {
			hints = append(hints, Hint{l.Username, l.Password, l.PIN, l.Answers, l.About})
		}
	}
	return hints
}

// send gives the app a message and keeps what it wants done.
func (d *driver) send(msg tea.Msg) {
	_, cmd := d.app.Update(msg)
	d.todo = append(d.todo, cmd)
	d.check()
}

// settle does what is to be done, in order, until nothing is left.
func (d *driver) settle() {
	for len(d.todo) > 0 {
		d.do(0)
	}
}

// do does the one thing at i of what is to be done.
func (d *driver) do(i int) {
	cmd := d.todo[i]
	d.todo = slices.Delete(slices.Clone(d.todo), i, i+1)
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case tea.BatchMsg:
		d.todo = slices.Insert(d.todo, i, msg...)
	case nil:
	case tea.QuitMsg:
		d.quit = true
	default:
		d.send(msg)
	}
}

// types presses keys without doing what they lead to: that is still under way.
func (d *driver) types(keys ...string) *driver {
	for _, msg := range press(keys...) {
		d.clock.pass(time.Second)
		d.send(msg)
	}
	return d
}

// until does what is to be done, in order, as far as the text is on screen.
func (d *driver) until(text string) *driver {
	d.t.Helper()
	for len(d.todo) > 0 && !strings.Contains(d.text(), text) {
		d.do(0)
	}
	return d.sees(text)
}

// later lets time pass and hands over what was wanted by then.
func (d *driver) later(after time.Duration) *driver {
	d.clock.pass(after)
	due := d.timers
	d.timers = nil
	for _, t := range due {
		if t.due.After(d.clock.now()) {
			d.timers = append(d.timers, t)
			continue
		}
		d.send(t.msg(d.clock.now()))
	}
	d.settle()
	return d
}

// keys presses keys one after the other, each a second after the last, and lets each one settle.
func (d *driver) keys(keys ...string) *driver {
	for _, msg := range press(keys...) {
		d.clock.pass(time.Second)
		d.send(msg)
		d.settle()
	}
	return d
}

// resize changes the size of the terminal.
func (d *driver) resize(width, height int) *driver {
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	return d
}

// text is the screen as a person reads it, without styles and without blanks at the ends of lines.
func (d *driver) text() string { return d.lines(stripped(d.app.View())) }

// lines are those of a frame, as they are kept.
func (d *driver) lines(frame string) string {
	lines := strings.Split(requests.ReplaceAllString(frame, "0123456789abcdef0123456789abcdef"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// requests are the bank's own names for requests, which are never the same.
var requests = regexp.MustCompile(`\b[0-9a-f]{32}\b`)

// sees fails unless every text is on screen, however it is broken into lines.
func (d *driver) sees(texts ...string) *driver {
	d.t.Helper()
	joined := strings.Join(strings.Fields(d.text()), " ")
	for _, text := range texts {
		if !strings.Contains(joined, text) {
			d.t.Fatalf("%q is not on screen:\n%s", text, d.text())
		}
	}
	return d
}

// misses fails if any text is on screen.
func (d *driver) misses(texts ...string) *driver {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(d.text(), text) {
			d.t.Fatalf("%q is on screen:\n%s", text, d.text())
		}
	}
	return d
}

// golden compares the screen with the one kept in testdata, which a person has read.
func (d *driver) golden(name string) *driver {
	d.t.Helper()
	return d.kept(name, d.text())
}

// kept compares a text with the one kept in testdata.
func (d *driver) kept(name, got string) *driver {
	d.t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return d
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if got != string(want) {
		d.t.Errorf("%s differs. Now:\n%s\nkept:\n%s", name, got, want)
	}
	return d
}
