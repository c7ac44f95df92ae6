package ui

import (
	"strings"
	"testing"
)

func TestPalette(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys(linkedBank...).keys(":").sees("› Open", "Link a bank a")
		golden("palette")
		d.keys("jo").sees("› Joint Checking ··4821", "Joint Savings")
		golden("palette_found")
		d.keys("zzz").sees("Nothing is called that.").keys("enter").sees("Nothing is called that.")
		golden("palette_none")
		d.keys("esc").sees("Net worth").misses("Nothing")
	})
}

// What is run leaves for where it leads, and is the first that is offered next time.
func TestPaletteRuns(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(linkedBank...)
	d.keys(":", "hide am", "enter").sees("••••••").keys(":").sees("› Show amounts").keys("enter").misses("••••••")
	d.keys(":", "joint sav", "enter").sees("First Gingham Credit Union › Joint Savings").keys("esc").sees("Net worth")
	d.keys(":").sees("› Joint Savings").keys("down").sees("› Hide amounts").keys("esc")
	d.keys("2", ":", "first ging", "enter").sees("Banks and settings", "› First Gingham")
	d.keys(":", "gingham").click("Joint Checking").sees("› Joint Checking")
	d.keys(":", "quit", "enter")
	if !d.quit {
		t.Error("it does not quit")
	}
}

// Where the screen below cannot be left for another place, none is offered.
func TestPaletteWhileLinking(t *testing.T) {
	d := newDriver(t, 100, 30)
	d.keys(linkedBank...).keys("K", ":").sees("Where access is kept", "› Continue").misses("Joint", "All activity", "Banks and settings")
	if strings.Contains(d.text(), "Find any action") {
		t.Error("the palette offers itself")
	}
}
