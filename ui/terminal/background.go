package terminal

import (
	"strconv"
	"strings"
)

// askBackground asks for the colour of the background.
const askBackground = "\x1b]11;?\x1b\\"

// background is the answer: whether it is dark.
type background bool

// readBackground reads the inside of an answer: "11;rgb:1e1e/1e1e/1e1e", each part with one to four
// digits; false when it is none.
func readBackground(answer string) (background, bool) {
	colour, found := strings.CutPrefix(answer, "11;rgb:")
	if !found {
		colour, found = strings.CutPrefix(answer, "11;rgba:")
	}
	parts := strings.Split(colour, "/")
	if !found || len(parts) < 3 || len(parts) > 4 {
		return false, false
	}
	bright := 0.0 // of 1, as eyes see it, near enough to tell dark from light
	for i, weight := range []float64{0.299, 0.587, 0.114} {
		v, err := strconv.ParseUint(parts[i], 16, 16)
		if err != nil || len(parts[i]) > 4 {
			return false, false
		}
		bright += weight * float64(v) / float64(uint(1)<<(4*len(parts[i]))-1)
	}
	return bright < 0.5, true
}
