package ui

import "testing"

// What is said of the last try goes once other details are typed or filled in; how often it was tried
// stays.
func TestWhatIsSaidOfTheLastTryGoes(t *testing.T) {
	const refused = "Chase did not accept these details."
	for _, keys := range [][]string{{"ctrl+f"}, {"x"}} {
		d := newDriver(t, 80, 24)
		d.keys("chase", "enter", "plaid_test", "enter", "wrong", "enter").sees(refused)
		d.keys(keys...).misses(refused, "so far")
	}
	d := newDriver(t, 80, 24)
	d.keys("chase", "enter", "plaid_test", "enter", "wrong", "enter", "wrong", "enter").sees(refused, "2 tries so far.")
	d.keys("x").misses(refused).sees("2 tries so far. Many banks lock after 3.")
}

// What a practice login is there for is said, and one that failed is not offered again.
func TestPracticeLoginsThatFail(t *testing.T) {
	d := newDriver(t, 80, 24)
	d.keys("failures", "enter").sees("ctrl+f fill in, again: next (1 of 9)", "Does not accept the details.")
	for range 8 {
		d.keys("ctrl+f")
	}
	d.sees("(8 of 9)", "Asks to sign in again.").keys("enter")
	d.sees("wants you to sign in again", "Nothing was saved.", "› Try again").misses("fetched so far", "Sign in again")
	d.keys("enter").sees("(9 of 9)").keys("esc").sees("failures").keys("esc", "gingham cred", "enter")
	d.sees("Breaks at the next refresh: then sign in again.")
}

// A message in the footer leaves the way back.
func TestTheWayBackStaysBesideAMessage(t *testing.T) {
	for _, width := range []int{40, 60, 80, 100} {
		d := newDriver(t, width, 24)
		d.keys("chase", "enter", "ctrl+f", "enter", "enter", "enter").sees("Choose one first.", "esc back")
	}
}
