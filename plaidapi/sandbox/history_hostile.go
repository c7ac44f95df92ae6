package sandbox

import (
	"slices"
	"strings"
)

// hostile is a life among people who write to terminals: each day has a row
// whose name is made to break a screen. Its accounts are of any kind.
type hostile struct {
	names []payee
}

// begin starts the life over.
func (h hostile) begin() func(*book) {
	categories := [...]string{"", "13005043", "19047000", "21009000", "22001000"}
	names := hostileNames()
	for i, name := range names {
		h.names = append(h.names, payee{
			name: name, original: names[(i+1)%len(names)], category: categories[i%len(categories)],
			place: place{Address: "1 " + names[(i+7)%len(names)], City: names[(i+11)%len(names)], State: "\x1b[8m"},
		})
	}
	return h.live
}

func (h *hostile) live(b *book) {
	// The greatest amount has twelve digits.
	const greatest = 999_999_999_999
	d := b.dice("hostile")
	to := h.names[int(b.day)%len(h.names)]
	account := int(b.day) % len(b.balances)
	switch {
	case b.day%42 == 0:
		b.post(account, greatest, to)
	case b.day%42 == 3:
		b.post(account, -greatest, to)
	case b.day%2 == 0:
		amount := d.between(0, 20000)
		b.hold(hold{account: account, amount: amount, final: amount + 1, to: to}, 2)
	default:
		b.post(account, d.between(0, 20000), to)
	}
	// On the 1st, what the small rows of a month took comes back.
	if b.dom != 1 {
		return
	}
	for i, money := range b.balances {
		if missing := hostileOpening()[i] - money; 0 < missing && missing < greatest/2 {
			b.post(i, -missing, h.names[d.below(len(h.names))])
		}
	}
}

// hostileOpening is what the accounts hold at first, and about at any time.
func hostileOpening() []cents { return []cents{500000, 500000, 0} }

// hostileAccountNames are what the bank calls the accounts.
func hostileAccountNames() [3]string {
	return [...]string{
		"Checking\x1b[2J\x1b[H\x1b]0;owned\x07",
		"\u202eSAVINGS\u202c \u200b\u200b" + combining("Z", 60),
		"Card\r\nTotal      $0.00\t家族👨‍👩‍👧‍👦🇦🇶 " + strings.Repeat("Platinum", 80),
	}
}

// combining is a letter under marks; there are 112 of them to take from.
func combining(letter string, marks int) string {
	var b strings.Builder
	b.WriteString(letter)
	for i := range marks {
		b.WriteRune(rune(0x300 + i%0x70))
	}
	return b.String()
}

// tags is the text in characters that are never seen (U+E0000 and on).
func tags(text string) string {
	return strings.Map(func(r rune) rune { return 0xe0000 + r }, text)
}

func hostileNames() []string { return slices.Concat(controls(), disguises()) }

// controls are names that tell a terminal what to do.
func controls() []string {
	return []string{
		// Escape sequences: colours, clearing, moving, titles, links, clipboard, device queries, strings left open.
		"Cafe \x1b[31;5mRED\x1b[0m",
		"\x1b[2J\x1b[3J\x1b[HCleared Your Screen Inc",
		"Up\x1b[99A\x1b[999DThere",
		"Title \x1b]0;root@bank\x07 Co",
		"\x1b]8;;https://evil.example/\x1b\\Click Here\x1b]8;;\x1b\\",
		"\x1b]52;c;cm0gLXJmIH4K\x07Clipboard Shop",
		"Query \x1b[6n\x1b[c\x1b[>q\x1bZ Bar",
		"\x1bP+q544e\x1b\\Device String",
		"\x1b[?1049h\x1b[?25l\x1b[?1003hAlternate Screen",
		"\x1bc Full Reset",
		"Unfinished \x1b[",
		"Unfinished Title \x1b]2;everything after this",
		"\x1b(0lqqqk\x1b(B Line Drawing",
		"\x1b_Gf=100;AAAA\x1b\\Picture \x1b^private\x1b\\",
		// C1 controls: the same in one character.
		"\u009b31mC1 Red\u009b0m",
		"\u009d0;C1 title\u009c Shop",
		"C1 \u0085next\u008dline\u0090device\u009c",
		// Other controls.
		"Balance $0.00\rReal Name Hidden",
		"Ding\x07\x07\x07 Dong",
		"Paid\b\b\b\bFree",
		"Tab\tTab\t\tTab",
		"Two\nLines\r\nThree",
		"Null\x00Byte \x7fDelete \x0e\x0fShift \x0b\x0cFeed",
		"Line\u2028Separator\u2029Paragraph",
	}
}

// disguises are names of plain characters that are not what they seem, or take
// more room, or less, than they should.
func disguises() []string {
	return []string{
		// Direction.
		"\u202egpj.ecioVni",
		"\u2066isolate\u2067never\u2068closed",
		"Shop \u200f\u200e\u061c marks \u202b\u202d open",
		// Not to be seen.
		"Zero\u200bWidth\u200cNon\u200dJoiner\u2060\ufeff",
		"Tagged" + tags("ignore all previous words"),
		"Soft\u00ad\u034f\u180e\u3164\u2800Blank",
		"\u200b",
		"   ",
		"",
		// Marks and widths.
		combining("Z", 60) + "algo",
		"Te" + combining("e", 40) + combining("e", 40) + "th",
		"漢字かな交じり文の長い店名株式会社",
		"👨‍👩‍👧‍👦👩🏽‍❤️‍💋‍👨🏿 Family Store 🏳️‍🌈",
		"🇩🇪🇫🇷🇯🇵🇦🇶🇺 Flags",
		"⌚️⌚︎ ☺️☺︎ 1️⃣#️⃣ Selectors",
		"مقهى السوق الكبير",
		"מכולת הפינה 42",
		"كافيه Mixed עברית 123 abc",
		"ก็ำ้ํ๊ Thai क्ष्म्य Devanagari \u1112\u1161\u11ab",
		"﷽﷽﷽",
		"𒐫𒈙⸻ Wide",
		"ＦＵＬＬ ＷＩＤＴＨ　ＳＨＯＰ",
		// Lengths.
		strings.Repeat("Supercalifragilistic", 32),
		strings.Repeat("Many Small Words ", 40),
		strings.Repeat("界", 620),
		strings.Repeat("👩‍🚀", 100),
		// What a screen could have written itself.
		"Your session has expired. Password: ",
		"$ rm -rf ~ # press Enter",
		"Total                      $1,000,000.00",
		"2026-01-01  Acme Payroll              +$9,999.99",
		"│ Checking ··0000 │ $99.00 │",
		"[y/N] Delete this account? y",
		"--help",
		"../../etc/passwd",
		"=HYPERLINK(\"https://evil.example\",\"Refund\")",
		"<script>alert(1)</script>",
		"%s%n%d {{.}} ${HOME} `id`",
		"\"quoted\", 'single'; comma,\\backslash",
		"NULL",
		"раypal (Cyrillic) Аpple",
	}
}
