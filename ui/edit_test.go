package ui

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// What is written about one transaction is on the list and on its receipt, and can be taken back.
func TestWriting(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("down", "n").golden("edit_note_" + size)
		d.keys("birthday cake", "enter").sees("Saved note of Bramble & Bean Grocers.")
		d.keys("t", "family, refundable", "enter", "c").golden("edit_category_" + size)
		d.keys("coff").sees("coff as a new one").golden("edit_category_typed_" + size)
		d.keys("enter", "e", "Bramble", "enter", "x").sees("Bramble is left out of totals.")
		d.golden("activity_written_" + size)
		d.keys("enter").sees("Coffee").golden("transaction_written_" + size)
		d.keys("pgdown", "pgdown").sees("birthday cake")
		d.keys("t").sees("family, refundable▏").golden("edit_tags_" + size)
		d.keys("esc", "u").sees("Undone")
		d.keys("esc", "u", "u", "u", "u").misses("birthday", "Food and Drink").sees("Bramble & Bean")
	})
}

// A change of all that are selected is one change.
func TestWritingAboutASelection(t *testing.T) {
	d := everyday(t, 100, 30).keys("space", "space", "c").sees("Category of 2 transactions")
	d.keys("Thrills", "enter").sees("Saved category of 2 transactions. u takes it back.", "Thrills")
	d.keys("esc", "down", "t", "mine", "enter", "up", "ctrl+a", "t").sees("│ ▏")
	d.keys("ours", "enter", "esc", "up", "enter").sees("ours")
	d.keys("esc", "u").sees("Undone: tags of 65 transactions")
	d.keys("u", "u").sees("Undone: category of 2 transactions").misses("Thrills")
	d.keys("ctrl+a", "x").sees("65 transactions are left out of totals.", "65 left out of totals")
	d.keys("x").sees("65 transactions are counted again.")
}

// A tag that is begun is completed from those that are known.
func TestTagsAreCompleted(t *testing.T) {
	d := everyday(t, 80, 24).keys("t", "refundable, family", "enter", "down", "t", "fam", "tab").sees("family, ▏")
	d.keys("ref", "down", "enter").keys("enter").sees("family, refundable")
}

// copying is a driver whose clipboard is kept.
func copying(t *testing.T, width, height int) (d *driver, held *string) {
	held = new(string)
	d = newDriver(t, width, height)
	d.app.(*app).stack.env.clipboard = func(text string) (tea.Cmd, error) {
		*held = text
		return nil, nil
	}
	return d.keys("tartan bank", "enter", "ctrl+f", "enter", "enter", "2"), held
}

func TestCopying(t *testing.T) {
	d, held := copying(t, 80, 24)
	if d.keys("down", "y").sees("Copied the row."); *held != "2026-11-22  Bramble & Bean Grocers  -79.25" {
		t.Errorf("y copies %q", *held)
	}
	d.keys("Y").golden("copy_80x24").keys("down", "down", "down", "down", "down", "enter").sees("Copied the ledger entry.")
	want := "2026/11/22 * Bramble & Bean Grocers\n    Expenses:Supermarkets and Groceries  79.25 USD\n    Liabilities:Platinum Card  -79.25 USD\n"
	if *held != want {
		t.Errorf("the entry is\n%s\nwant\n%s", *held, want)
	}
	if d.keys("enter", "y").sees("Copied the amount -79.25."); *held != "-79.25" {
		t.Errorf("y copies %q of a receipt", *held)
	}
	*held = ""
	d.keys("p", "y").sees("Amounts are hidden").keys("Y").golden("copy_hidden_80x24").keys("enter").sees("Copied the name")
	if *held != "Bramble & Bean Grocers" {
		t.Errorf("hidden, it copies %q", *held)
	}
}

// What else there is under a name is told; keys walk on without going back.
func TestReceipts(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("down", "down", "down", "enter").sees("Saffron Table").golden("transaction_pending_" + size)
		d.keys("j", "j", "j").sees("City Transit").golden("transaction_often_" + size)
		d.keys("pgdown", "pgdown").golden("transaction_end_" + size)
		d.keys("p").misses("-2.75").golden("transaction_hidden_" + size)
		d.later(time.Second).keys("esc")
		if got := d.list().rows.cursor; got != 6 {
			t.Errorf("back on row %d", got)
		}
	})
}
