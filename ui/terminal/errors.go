package terminal

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
)

// ErrNotTerminal is returned by [Run] when input or output is not a terminal. Nothing was written.
var ErrNotTerminal error = notTerminal{}

type notTerminal struct{}

func (notTerminal) Error() string { return "input and output must be a terminal" }
func (notTerminal) ExitCode() int { return 10 }

// SignalError is returned by [Run] when a signal ended it: SIGHUP (also when the terminal went
// away), SIGINT, SIGTERM or SIGQUIT.
type SignalError struct {
	Signal syscall.Signal
}

// ExitCode is the shell's for a program that this signal ended.
func (e *SignalError) ExitCode() int { return 128 + int(e.Signal) }

func (e *SignalError) Error() string { return "ended by signal: " + e.Signal.String() }

// PanicError is returned by [Run] when the model, one of its commands or this package panicked.
// Neither its text nor its report holds a value of the program: no argument, no panic message.
type PanicError struct {
	Kind   string // Go type of the panic's value
	Report string // path of a file, readable by its owner only, with the trace; empty if none could be written
}

// ExitCode is 1: a fault of ours that was caught (security.md).
func (e *PanicError) ExitCode() int { return 1 }

func (e *PanicError) Error() string {
	if e.Report == "" {
		return "a fault in the program (" + e.Kind + ")"
	}
	return "a fault in the program (" + e.Kind + "); where it happened stands in " + e.Report
}

// newPanicError is to be called by the deferred function that recovered value: the trace then
// begins at the fault.
func newPanicError(value any) *PanicError {
	e := &PanicError{Kind: fmt.Sprintf("%T", value)}
	f, err := os.CreateTemp("", "tartan-fault-*.txt") // 0600
	if err != nil {
		return e
	}
	_, err = f.WriteString(e.Kind + "\n" + trace())
	if errors.Join(err, f.Close()) != nil {
		_ = os.Remove(f.Name())
		return e
	}
	e.Report = f.Name()
	return e
}

// trace lists the calling functions with file and line. debug.Stack would add their arguments.
func trace() string {
	var b strings.Builder
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s\n\t%s:%d\n", f.Function, f.File, f.Line)
		if !more {
			return b.String()
		}
	}
}
