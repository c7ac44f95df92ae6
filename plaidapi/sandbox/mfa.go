package sandbox

import "slices"

// device is a way to receive a code.
type device struct{ kind, mask string }

// devices are what the list offers; the code also reaches a card, which it
// leaves out (legacy-api §7, no. 3).
var devices = [...]device{{"phone", "xxx-xxx-5309"}, {"email", "t..t@plaid.com"}, {"card", "SafePass Card"}}

const listed = 2 // so many of devices are in the list

// defaultDevice is where the code goes when nobody chooses.
const defaultDevice = "t..t@plaid.com"

// chosenDevice finds the mask that send_method names by type or by mask; ok is
// false when there is none. Documents wrote the e-mail mask with three dots.
func chosenDevice(method params) (mask string, ok bool) {
	kind, wanted := method.text("type"), method.text("mask")
	if wanted == "t...t@plaid.com" {
		wanted = defaultDevice
	}
	for _, d := range devices {
		if kind == d.kind || kind == "" && wanted == d.mask {
			return d.mask, true
		}
	}
	return "", false
}

// challenge answers 201: one more thing is needed. chooses asks for the list of
// devices where there is one.
func (c *call) challenge(h holder, chooses bool) code {
	switch h.factor() {
	case "questions":
		c.question(h.token)
	case "selections":
		c.choices(h.token)
	case "list":
		if chooses {
			c.list(h.token)
		} else {
			c.device(h.token, defaultDevice)
		}
	}
	return fine
}

// ask writes the frame of a challenge around body, which writes the member "mfa".
func (c *call) ask(kind, token string, body func(*text)) {
	c.status = 201
	c.out.open('{')
	c.out.string("type", kind)
	body(c.out)
	c.out.string("access_token", token)
	c.out.close('}')
}

func (c *call) question(token string) {
	c.ask("questions", token, func(t *text) {
		t.array("mfa")
		t.next()
		t.open('{')
		t.string("question", "You say tomato, I say...?")
		t.close('}')
		t.close(']')
	})
}

func (c *call) list(token string) {
	c.ask("list", token, func(t *text) {
		t.array("mfa")
		for _, d := range devices[:listed] {
			t.next()
			t.open('{')
			t.string("mask", d.mask)
			t.string("type", d.kind)
			t.close('}')
		}
		t.close(']')
	})
}

// device says where the code went; here "mfa" is an object, not an array.
func (c *call) device(token, mask string) {
	c.ask("device", token, func(t *text) {
		t.object("mfa")
		t.string("message", "Code sent to "+mask)
		t.close('}')
	})
}

func (c *call) choices(token string) {
	c.ask("selections", token, func(t *text) {
		t.array("mfa")
		for _, q := range [...]struct {
			question string
			answers  []string
		}{
			{"You say tomato, I say...?", []string{"tomato", "potato"}},
			{"Ketchup or mustard?", []string{"ketchup", "mustard"}},
		} {
			t.next()
			t.open('{')
			t.string("question", q.question)
			t.strings("answers", q.answers)
			t.close('}')
		}
		t.close(']')
	})
}

// answer judges the answer to a challenge. done is true when it was right;
// otherwise the problem is the answer or, when there is none, the next
// challenge has been written.
func (c *call) answer(h holder) (done bool, problem code) {
	factor := h.factor()
	if factor == "" {
		return false, mfaNotRequired
	}
	given := c.params.list("mfa")
	if len(given) == 0 {
		return false, c.send(h)
	}
	if factor == "questions" && len(given) == 1 && given[0] == "again" {
		c.question(h.token)
		return false, fine
	}
	if !slices.Equal(given, answersTo(factor)) {
		return false, invalidMFA
	}
	return true, fine
}

// send answers a step that brings a send_method instead of an answer.
func (c *call) send(h holder) code {
	source := c.options
	if source["send_method"] == nil {
		source = c.params
	}
	if source["send_method"] == nil {
		return invalidMFA
	}
	method, ok := source.object("send_method")
	if !ok || h.factor() != "list" {
		return invalidSendMethod
	}
	mask, ok := chosenDevice(method)
	if !ok {
		return invalidSendMethod
	}
	c.device(h.token, mask)
	return fine
}

// answersTo are the right answers to a second factor, in order (legacy-api §3.3).
func answersTo(factor string) []string {
	switch factor {
	case "questions":
		return []string{"tomato"}
	case "list":
		return []string{"1234"}
	case "selections":
		return []string{"tomato", "ketchup"}
	}
	return nil
}
