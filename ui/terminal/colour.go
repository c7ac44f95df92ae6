package terminal

import (
	"os"
	"strings"

	"github.com/muesli/termenv"
	"golang.org/x/term"
)

// Profile says how many colours to use on out: none if plain. It reads NO_COLOR, CLICOLOR_FORCE,
// COLORTERM and TERM from env and asks the terminal nothing. A file that is no terminal gets none,
// unless forced.
func Profile(env func(string) string, out *os.File, plain bool) termenv.Profile {
	forced := env("CLICOLOR_FORCE") != "" && env("CLICOLOR_FORCE") != "0"
	switch {
	case plain, env("NO_COLOR") != "", !forced && !term.IsTerminal(int(out.Fd())):
		return termenv.Ascii
	case forced:
		return min(named(env), termenv.ANSI) // profiles count down: Ascii is the greatest
	}
	return named(env)
}

// named goes by what the terminal calls itself.
func named(env func(string) string) termenv.Profile {
	name := env("TERM")
	switch env("COLORTERM") {
	case "truecolor", "24bit":
		if strings.HasPrefix(name, "screen") && env("TERM_PROGRAM") != "tmux" {
			return termenv.ANSI256 // GNU screen passes no more on
		}
		return termenv.TrueColor
	}
	switch {
	case name == "", name == "dumb":
		return termenv.Ascii
	case strings.HasSuffix(name, "-direct"), name == "xterm-kitty", name == "xterm-ghostty", name == "wezterm":
		return termenv.TrueColor
	case strings.Contains(name, "256color"):
		return termenv.ANSI256
	}
	return termenv.ANSI
}

// DarkBackground says whether the terminal's background is dark, as far as COLORFGBG in env
// tells ("15;0", the last number being the background's); dark if it tells nothing.
func DarkBackground(env func(string) string) bool {
	fields := strings.Split(env("COLORFGBG"), ";")
	switch fields[len(fields)-1] {
	case "7", "9", "10", "11", "12", "13", "14", "15":
		return false
	}
	return true
}
