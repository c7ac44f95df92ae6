package sandbox

import (
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// modernProducts are those that an Item can have; their places are the bits of
// a product set. Balances come with every Item, recurring streams with transactions.
var modernProducts = []string{"transactions", "auth", "identity", "investments", "liabilities"}

// productSet is some of modernProducts, one bit each.
type productSet uint8

func setOf(names []string) (s productSet) {
	for _, name := range names {
		if at := slices.Index(modernProducts, name); at >= 0 {
			s |= 1 << at
		}
	}
	return s
}

func (s productSet) has(name string) bool { return s&setOf([]string{name}) != 0 }

func (s productSet) names() []string {
	names := []string{}
	for at, name := range modernProducts {
		if s&(1<<at) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// identity is all of an Item that its access token says, and that therefore
// outlives the process: whose it is and what was agreed upon when it was linked.
type identity struct {
	who        uint32     // as personNumber
	chosen     uint16     // one bit for each account that was chosen, by its place
	products   productSet // that it was linked with
	consented  productSet // that it may get later
	byLink     bool       // linked by Link, where consent is asked for
	generation uint8      // how often its token was replaced; at most 63
	days       int        // of history; at most 730
	nonce      uint32     // tells the Items of one person apart; 30 bits
}

// personNumber is how tokens name a person at a bank.
func personNumber(bank, username string) uint32 {
	return uint32(mix(hash(bank + "/" + username)))
}

// key tells Items apart, whatever has become of their tokens.
func (i identity) key() uint64 { return uint64(i.who)<<32 | uint64(i.nonce) }

// uuid writes the identity in the form of a UUID of version 8, with a check
// that a mistyped one does not pass.
func (i identity) uuid() string {
	link := uint64(0)
	if i.byLink {
		link = 1
	}
	hi := uint64(i.who)<<32 | uint64(i.chosen)<<16 | 8<<12 | uint64(i.products)<<7 | uint64(i.consented)<<2 | link<<1
	lo := uint64(0b10)<<62 | uint64(i.generation)<<56 | uint64(i.days)<<46 | uint64(i.nonce)<<16
	lo |= checkBits(hi, lo)
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], hi)
	binary.BigEndian.PutUint64(raw[8:], lo)
	s := hex.EncodeToString(raw[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// checkBits are the last sixteen bits that belong to the others.
func checkBits(hi, lo uint64) uint64 { return mix(hi^mix(lo>>16)) & 0xffff }

// parseIdentity reads what uuid wrote.
func parseIdentity(s string) (identity, bool) {
	raw, err := hex.DecodeString(strings.ReplaceAll(s, "-", ""))
	if err != nil || len(raw) != 16 {
		return identity{}, false
	}
	hi, lo := binary.BigEndian.Uint64(raw[:8]), binary.BigEndian.Uint64(raw[8:])
	i := identity{
		who: uint32(hi >> 32), chosen: uint16(hi >> 16), products: productSet(hi >> 7 & 31), consented: productSet(hi >> 2 & 31),
		byLink: hi&2 != 0, generation: uint8(lo >> 56 & 63), days: int(lo >> 46 & 1023), nonce: uint32(lo >> 16 & (1<<30 - 1)),
	}
	return i, i.uuid() == s
}

const (
	accessKind = "access"
	publicKind = "public"
	linkKind   = "link"
)

// tokenOf is a token as the Sandbox writes it.
func tokenOf(kind, id string) string { return kind + "-sandbox-" + id }

// tokenID is what a token of the kind names, or the trouble with it.
func tokenID(kind, token string) (string, *trouble) {
	code := map[string]string{accessKind: "INVALID_ACCESS_TOKEN", publicKind: "INVALID_PUBLIC_TOKEN", linkKind: "INVALID_LINK_TOKEN"}[kind]
	parts := strings.SplitN(token, "-", 3)
	if len(parts) != 3 || parts[0] != kind {
		return "", troubled(code, "provided "+kind+" token is in an invalid format. expected format: "+kind+"-<environment>-<identifier>")
	}
	if parts[1] != "sandbox" {
		return "", troubled(code, `provided `+kind+` token is for the wrong Plaid environment. expected "sandbox", got "`+parts[1]+`"`)
	}
	return parts[2], nil
}

// newNonce is another number for the next Item or page of this bank: it follows
// from the clock, so that no later run of the bank repeats one.
func (b *Bank) newNonce() uint64 {
	return mix(uint64(b.now().UnixNano()) ^ mix(b.nonces.Add(1)))
}

// uuidOf spells a number out as a random UUID does.
func uuidOf(n uint64) string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], mix(n))
	binary.BigEndian.PutUint64(raw[8:], mix(n+1))
	raw[6], raw[8] = raw[6]&15|4<<4, raw[8]&63|2<<6
	s := hex.EncodeToString(raw[:])
	return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:]
}

// instant is a moment in the wire's form.
func instant(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
