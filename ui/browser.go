package ui

import (
	"errors"
	"io"
	"net"
	"net/url"
	"sync"

	"github.com/cli/browser"
)

// newBrowser makes what opens a page outside the terminal. It waits for the program that it starts,
// and hears nothing of what that prints: it would land on the screen.
func newBrowser() func(page string) error {
	hush := sync.OnceFunc(func() { browser.Stdout, browser.Stderr = io.Discard, io.Discard })
	return func(page string) error {
		if !opens(page) {
			return errNoPage
		}
		hush()
		return browser.OpenURL(page)
	}
}

// errNoPage is the cause of a refusal to open what is no page of a bank's.
var errNoPage = errors.New("not a page to be opened")

// opens reports whether a page may be opened: one over https, or of a practice bank on this machine.
func opens(page string) bool {
	u, err := url.Parse(page)
	if err != nil || u.Host == "" || u.User != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && here
}
