//go:build linux

package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"tartan/ui/terminal/early"
)

// probeEnv makes this test binary a program in a terminal: its value says which.
const probeEnv = "TARTAN_TERMINAL_PROBE"

// secret must never be seen outside the program.
const secret = "correct horse battery"

func TestMain(m *testing.M) {
	early.Restore()
	switch kind := os.Getenv(probeEnv); kind {
	case "":
		os.Exit(m.Run())
	case "version":
		fmt.Fprint(os.Stderr, "TERM is ", os.Getenv("TERM"))
	case "concealed":
		fmt.Fprint(os.Stderr, openness())
	default:
		os.Exit(runProbe(kind))
	}
}

// runProbe shows a probe and tells on stderr how that ended.
func runProbe(kind string) int {
	ctx, cancel := context.WithCancelCause(context.Background())
	p := &probe{kind: kind, cancel: cancel, hang: make(chan struct{})}
	o := Options{In: os.Stdin, Out: os.Stdout, Env: os.Getenv, Mouse: true, Title: os.Getenv("PROBE_TITLE")}
	if kind == "curious" {
		o.Background = func(dark bool) tea.Msg { return done{fmt.Errorf("dark %t", dark)} }
	}
	err := Run(ctx, p, o)
	var sig *SignalError
	var fault *PanicError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &sig):
		return 128 + int(sig.Signal)
	case errors.As(err, &fault):
		fmt.Fprint(os.Stderr, fault.Report, "\n", err)
		return 1
	}
	fmt.Fprint(os.Stderr, err)
	return 3
}

// probe shows what reaches it, and does on a key what a program may do.
type probe struct {
	kind          string
	cancel        context.CancelCauseFunc
	hang          chan struct{}
	width, height int
	seen          int
	last          string
	keys, wheels  int
	flood         int
	frame         []string
}

type flood struct{}

type done struct{ err error }

func (p *probe) Init() tea.Cmd {
	if p.kind == "init" {
		panic(secret)
	}
	if p.kind == "init command" {
		return func() tea.Msg { panic(secret) }
	}
	return nil
}

func (p *probe) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.width, p.height = msg.Width, msg.Height
	case tea.KeyMsg:
		p.keys++
		p.note(msg.String())
		return p, p.act(msg)
	case tea.MouseMsg:
		p.wheels++
		p.note(msg.String())
	case tea.ResumeMsg:
		p.note("resumed")
	case done:
		p.note(fmt.Sprint("done ", msg.err))
	case flood:
		p.flood++
		return p, p.goOn()
	}
	return p, nil
}

func (p *probe) note(what string) {
	p.seen++
	p.last = what
}

func (p *probe) act(key tea.KeyMsg) tea.Cmd {
	fail := func() tea.Msg { panic(secret) }
	fine := func() tea.Msg { return nil }
	switch key.String() {
	case "q", "ctrl+c":
		return tea.Quit
	case "I":
		return tea.Interrupt
	case "u":
		panic(secret)
	case "v":
		p.kind = "view"
	case "c":
		return fail
	case "b":
		return tea.Batch(fine, tea.Batch(fine, fail))
	case "s":
		return tea.Sequence(fine, tea.Sequence(fine, fail))
	case "e":
		return tea.Exec(execFunc(func() error { return nil }), func(error) tea.Msg { panic(secret) })
	case "E":
		return tea.Exec(execFunc(func() error { panic(secret) }), nil)
	case "C":
		p.cancel(errors.New("the caller had enough"))
	case "h":
		fmt.Print("hanging")
		<-p.hang
	case "f", "F", "g":
		p.kind = key.String()
		return p.goOn()
	case "m":
		return tea.DisableMouse
	case "M":
		return tea.EnableMouseCellMotion
	case "L":
		return tea.ClearScreen
	case "y", "Y":
		p.note("no clipboard")
		if put := Copier(os.Getenv); put != nil {
			cmd, err := put(strings.Repeat("é", map[string]int{"y": 1, "Y": maxCopy}[key.String()]))
			p.note(fmt.Sprint("copied ", err))
			return cmd
		}
	case "S":
		return tea.Suspend
	case "x", "X":
		return p.exec(key.String() == "X")
	case "n":
		p.frame = randomFrame(rand.New(rand.NewPCG(1, uint64(p.keys))), p.frame, p.width, p.height)
	}
	return nil
}

// goOn sends another flood of output, and after many does what its key says: quit, die, or stop.
func (p *probe) goOn() tea.Cmd {
	const many = 1000
	switch {
	case p.flood < many:
		return func() tea.Msg { return flood{} }
	case p.kind == "f":
		return tea.Quit
	case p.kind == "F":
		return func() tea.Msg { return syscall.Kill(os.Getpid(), syscall.SIGTERM) }
	}
	p.flood = 0
	p.note("the last of many frames")
	return nil
}

// exec runs a shell in the terminal, or a program that does not exist.
func (p *probe) exec(missing bool) tea.Cmd {
	cmd := exec.Command("sh", "-c", "stty -a; read line; echo got $line")
	if missing {
		cmd = exec.Command("/nonexistent/program")
	}
	cmd.Stdin, cmd.Stdout = os.Stdin, os.Stdout
	return tea.ExecProcess(cmd, func(err error) tea.Msg { return done{err} })
}

func (p *probe) View() string {
	if p.kind == "view" {
		panic(secret)
	}
	if p.frame != nil {
		return strings.Join(p.frame, "\n")
	}
	rows := make([]string, p.height)
	text := []string{
		fmt.Sprintf("%dx%d size", p.width, p.height),
		fmt.Sprintf("%d seen, last: %s;", p.seen, p.last),
		fmt.Sprintf("%d keys, %d wheels", p.keys, p.wheels),
	}
	copy(rows, text)
	if p.flood > 0 {
		for y := range rows {
			rows[y] = strings.Repeat(string(rune('a'+p.flood%26)), p.width)
		}
	}
	for y := range rows {
		rows[y] = rows[y][:min(len(rows[y]), p.width)]
	}
	return strings.Join(rows, "\n")
}

type execFunc func() error

func (f execFunc) Run() error        { return f() }
func (execFunc) SetStdin(io.Reader)  {}
func (execFunc) SetStdout(io.Writer) {}
func (execFunc) SetStderr(io.Writer) {}

// randomFrame changes old as a list does: it scrolls, or some rows change.
func randomFrame(r *rand.Rand, old []string, width, height int) []string {
	rows := make([]string, height)
	copy(rows, old)
	if r.IntN(2) == 0 {
		copy(rows[1:], old[min(len(old), 2+r.IntN(3)):])
	}
	for range 1 + r.IntN(6) {
		row := ""
		for range r.IntN(5) {
			row += []string{"word ", "12.50   ", "        ", "ünï ", "世界 ", "\x1b[7mrow\x1b[m ", "\x1b[1;31mred\x1b[0m "}[r.IntN(7)]
		}
		rows[r.IntN(height)] = row
	}
	return rows
}
