package ui

import (
	"context"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"tartan/plaidapi"
	"tartan/plaidapi/legacy"
	"tartan/plaidapi/sandbox"
	"tartan/store"
	"tartan/ui/ledger"
)

var update = flag.Bool("update", false, "rewrite the golden screens")

// noon is when every test takes place.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// driver is a person at the keyboard: the real screens over the real ledger, client and practice
// bank, with the store in memory and a clock that moves a second a key.
type driver struct {
	t     testing.TB
	app   tea.Model
	bank  *sandbox.Bank
	store *store.Store
	clock time.Time
	todo  []tea.Cmd
}

// ring is a keyring in memory that can be made to refuse.
type ring struct {
	kept   map[string]string
	refuse error
}

func (r *ring) Name() string { return "test keyring" }

func (r *ring) Set(service, account, secret string) error {
	if r.refuse == nil {
		r.kept[service+"/"+account] = secret
	}
	return r.refuse
}

func (r *ring) Get(service, account string) (string, error) {
	if secret, is := r.kept[service+"/"+account]; is {
		return secret, r.refuse
	}
	return "", store.ErrNotFound
}

func (r *ring) Delete(service, account string) error {
	delete(r.kept, service+"/"+account)
	return r.refuse
}

// newDriver opens the app on a fresh practice bank.
func newDriver(t testing.TB, width, height int) *driver {
	return newDriverOn(t, width, height, &ring{kept: map[string]string{}}, sandbox.Options{})
}

func newDriverOn(t testing.TB, width, height int, r store.Ring, o sandbox.Options) *driver {
	d := &driver{t: t, clock: noon}
	now := func() time.Time { return d.clock }
	if o.Clock == nil {
		o.Clock = func() time.Time { return noon }
	}
	d.bank = sandbox.New(o)
	local := d.bank.Dial()
	d.store = store.Open(store.Options{Service: "tartan-test", Home: "practice", Ring: r})
	client, err := legacy.New("test_id", plaidapi.NewSecret("test_secret"), legacy.BaseURL("http://localhost"), legacy.HTTPClient(&http.Client{Transport: local.Transport()}))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(d.store, map[plaidapi.Wire]ledger.Bank{plaidapi.Legacy: legacy.NewBank(client, now)}, now)
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(func() {
		cancel()
		_ = l.Close(context.Background())
		_ = local.Close()
	})
	d.app = New(ctx, Config{
		Ledger: l, Place: "practice bank", Short: "practice", Profile: termenv.Ascii, Now: now,
		After:  func(time.Duration, func(time.Time) tea.Msg) tea.Cmd { return nil },
		Hints:  func(id string) []Hint { return hintsOf(d.bank, id) },
		Notice: d.store.Notice,
	})
	d.todo = []tea.Cmd{d.app.Init()}
	d.send(tea.WindowSizeMsg{Width: width, Height: height})
	d.settle()
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
		cmd := d.todo[0]
		d.todo = d.todo[1:]
		if cmd == nil {
			continue
		}
		switch msg := cmd().(type) {
		case tea.BatchMsg:
			d.todo = append(append([]tea.Cmd{}, msg...), d.todo...)
		case nil, tea.QuitMsg:
		default:
			d.send(msg)
		}
	}
}

// keys presses keys one after the other, each a second after the last, and lets each one settle.
func (d *driver) keys(keys ...string) *driver {
	for _, msg := range press(keys...) {
		d.clock = d.clock.Add(time.Second)
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
func (d *driver) text() string {
	lines := strings.Split(requests.ReplaceAllString(stripped(d.app.View()), "0123456789abcdef0123456789abcdef"), "\n")
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

// check holds after every message: the frame is exactly as large as the terminal.
func (d *driver) check() {
	d.t.Helper()
	a := d.app.(*app)
	view := a.View()
	if view == "" {
		return
	}
	lines := strings.Split(view, "\n")
	if len(lines) != a.frame.height {
		d.t.Fatalf("%d lines in a terminal of %d:\n%s", len(lines), a.frame.height, view)
	}
	for _, line := range lines {
		if width(line) > a.frame.width {
			d.t.Fatalf("a line of %d cells in a terminal of %d: %q", width(line), a.frame.width, line)
		}
	}
}

// golden compares the screen with the one kept in testdata, which a person has read.
func (d *driver) golden(name string) *driver {
	d.t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(d.text()), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return d
	}
	want, err := os.ReadFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	if got := d.text(); got != string(want) {
		d.t.Errorf("%s differs. Now:\n%s\nkept:\n%s", name, got, want)
	}
	return d
}
