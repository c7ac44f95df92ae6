package ui

import (
	"testing"

	"tartan/plaidapi"
)

// homeless is a vault that has nowhere to keep anything.
func homeless() setting {
	none := &keyringError{plaidapi.ErrNoPlace}
	return setting{real: true, kept: memOptions{Shut: none, NoKeyring: none}}
}

func TestChoosingAFile(t *testing.T) {
	inEverySize(t, homeless(), func(d *driver, golden func(string)) {
		golden("place")
		d.keys("enter").sees("! Tried just now, without success", "› Try the keyring again")
		golden("place_failed")
		d.keys("down", "enter").sees("A passphrase for the file")
		d.keys("short", "enter", "short", "enter").sees("A passphrase has at least 8 letters.")
		d.keys("ctrl+u", "open sesame", "enter", "ctrl+u", "open sesamo", "enter").sees("The two are not the same.")
		golden("place_mismatch")
		f := &d.app.(*app).stack.top().(*placeScreen).entry.form
		d.keys("esc").sees("› Keep it in a sealed file")
		if f.touched() {
			d.t.Error("what was typed is still there")
		}
		d.keys("enter")
		golden("place_file")
		d.keys("open sesame", "enter", "open sesame", "enter").sees("Bank of America")
		if got := d.vault.Access().Place; got != plaidapi.InFile {
			d.t.Errorf("it is in %s", got)
		}
		d.keys("esc", "L", "open sesame", "enter").sees("Bank of America")
	})
}

// However little room there is, the page says why a place must be chosen.
func TestTheReasonForAPlaceShows(t *testing.T) {
	d := newDriverIn(t, 80, 24, homeless())
	for width := minWidth; width <= 120; width += 9 {
		for height := minHeight; height <= 30; height++ {
			d.resize(width, height).sees("No system keyring answers here.", "Try the keyring again", "For this run only")
		}
	}
	d.resize(40, 8).keys("enter").sees("No system keyring answers", "Keep it in a sealed file").golden("place_failed_40x8")
}

func TestForThisRunOnly(t *testing.T) {
	for _, practice := range []bool{false, true} {
		o := homeless()
		o.real = !practice
		d := newDriverIn(t, 80, 24, o)
		first := map[bool]string{false: "Bank of America", true: "Explore the practice bank"}[practice]
		d.keys("G").sees(forThisRun(practice)).keys("enter").sees(first).keys("esc").sees("for this run only")
	}
}

func TestTryingTheKeyringAgain(t *testing.T) {
	o := homeless()
	o.kept.NoKeyring = nil
	d := newDriverIn(t, 80, 24, o)
	d.keys("enter").sees("Bank of America")
	d = newDriverIn(t, 80, 24, o)
	d.keys("esc").sees("Where should access")
	if d.keys("q"); !d.quit {
		t.Error("q does not quit")
	}
}

func TestMovingTheKeys(t *testing.T) {
	inEverySize(t, setting{}, func(d *driver, golden func(string)) {
		d.keys("esc", "esc", "K").sees("Now it is in test keyring").misses("For this run only")
		golden("place_move")
		d.keys("enter").sees("No banks yet").keys("K", "esc").sees("No banks yet")
		d.keys("K", "G", "enter", "open sesame", "enter", "open sesame", "enter").sees("No banks yet")
		d.keys("K").sees("Now it is in a sealed file", "› In a sealed file").keys("g", "enter").sees("No banks yet")
		if got := d.vault.Access().Place; got != plaidapi.InKeyring {
			d.t.Errorf("it is in %s", got)
		}
	})
}
