package ui

import (
	"testing"
	"time"
)

// The filter line at its stages: empty, a word, a mistake, a slip of the hand, nothing found, kept.
func TestFilterLine(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("/").golden("filter_empty_" + size)
		d.keys("coffee").golden("filter_word_" + size)
		d.keys("enter").golden("filter_kept_" + size)
		d.keys("/", " or bakery >5 since:2026-01 -pending").golden("filter_long_" + size)
		d.keys("enter", "esc").sees("Nov 2026", "ATM Withdrawal")
		d.keys("/", "coffee catt:x").sees(`There is no key "catt:"`).golden("filter_mistake_" + size)
		d.keys("esc", "/", "cofee").sees("No cofee: close spellings").golden("filter_close_" + size)
		d.keys("esc", "/", "coffee >500").golden("filter_nothing_" + size)
		d.sees("Nothing matches `coffee >500`. esc clears, backspace widens.", "without >500")
	})
}

// A search looks at all time, unless the person chose a month.
func TestSearchingInAMonth(t *testing.T) {
	d := everyday(t, 80, 24).keys("/", "coffee").sees("of 2,165").misses("Nov 2026").keys("enter")
	if len(d.list().rows.months) < 12 {
		t.Errorf("it found %d months", len(d.list().rows.months))
	}
	d.keys("esc", "[", "/", "coffee", "enter").sees("Oct 2026").misses("Nov 2026 ATM")
	d.keys("esc", "/", "refund").keys("enter")
}

// A month is typed; one that makes no sense is said to.
func TestTypedMonths(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("m").golden("activity_typed_month_" + size)
		d.keys("junk", "enter").sees("! nov, 2026-03").keys("esc")
		for text, want := range map[string]string{"2025": "2025", "sep": "Sep 2026", "2026-03": "Mar 2026", "Nov 2025": "Nov 2025", "all": allTime} {
			if d.keys("m", text, "enter"); daysName(d.list().rows.days) != want {
				t.Errorf("%s leads to %s", text, daysName(d.list().rows.days))
			}
		}
		d.keys("m", "2025", "enter", "[")
		if got := daysName(d.list().rows.days); got != "Dec 2024" {
			t.Errorf("before 2025 is %s", got)
		}
	})
}

// tab completes the word under the cursor, and goes on to what else it may be.
func TestCompleting(t *testing.T) {
	d := everyday(t, 100, 30).keys("/", "cof").later(time.Second).sees(`tab "Bobbin Coffee" cat:"Coffee Shop"`).golden("filter_offers_100x30")
	d.keys("tab")
	first := d.list().query.value()
	if first == "cof" {
		t.Error("tab completes nothing")
	}
	if d.keys("tab"); d.list().query.value() == first {
		t.Error("another tab goes on to nothing else")
	}
	if d.keys("esc", "/", "is:pen", "tab"); d.list().query.value() != "is:pending" {
		t.Errorf("is:pen becomes %s", d.list().query.value())
	}
}

// A filter is saved under a name, stands under a number, and is forgotten again.
func TestSavedFilters(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("/", "coffee", "ctrl+s").golden("filter_save_" + size)
		d.keys("my coffee", "enter").sees("Saved the filter my coffee.")
		d.keys("esc", ":", "my cof").sees("Saved filter: my coffee").keys("enter").sees("/ coffee", "Bobbin Coffee")
		d.keys("esc", "/").golden("filter_saved_" + size)
		d.keys("1").sees("/ coffee▏").keys("esc")
		d.keys("/", "1", "2", ".", "5").sees("/ 12.5▏").keys("esc")
		d.keys("/", "1", "ctrl+s").sees("The filter my coffee is forgotten.")
		d.keys("esc", "/", "1").sees("/ 1▏")
	})
}

// A filter within an account, and a selection of what it finds.
func TestFilterInAnAccount(t *testing.T) {
	onSizes(t, func(t *testing.T, d *driver, size string) {
		d.keys("1", "enter", "/", "coffee since:2026-09", "enter").golden("account_filter_" + size)
		d.keys("space", "space").sees("2 selected").golden("account_selected_" + size)
		d.keys("esc", "esc").misses("/ coffee").keys("esc").sees("Net worth")
	})
}

// After a filter the cursor is where it was before.
func TestTheCursorComesBackFromAFilter(t *testing.T) {
	d := everyday(t, 80, 24).keys("down", "down", "down", "/", "coffee").sees("1 of 249")
	d.keys("down", "enter", "down", "enter").sees("3 of 249").keys("esc").sees("3 of 249").keys("esc").sees("4 of 65")
}
