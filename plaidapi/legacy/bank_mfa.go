package legacy

import (
	"strings"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/inert"
)

// question turns an MFA challenge into a form; false for one that this client does not know.
func question(m *MFA) (plaidapi.Challenge, bool) {
	switch m.Kind {
	case Questions:
		c := plaidapi.Challenge{Kind: plaidapi.Question}
		for _, q := range m.Questions {
			c.Fields = append(c.Fields, plaidapi.Field{Label: inert.Message(q)})
		}
		return c, true
	case DeviceList:
		field := plaidapi.Field{Label: "Where to send the code"}
		for _, d := range m.Devices {
			field.Options = append(field.Options, device(d))
		}
		return plaidapi.Challenge{Kind: plaidapi.Device, Fields: []plaidapi.Field{field}}, true
	case CodeSent:
		return plaidapi.Challenge{
			Kind: plaidapi.Code, Prompt: inert.Message(m.Message), Fields: []plaidapi.Field{{Label: "Code"}},
		}, true
	case Selections:
		c := plaidapi.Challenge{Kind: plaidapi.Selection}
		for _, s := range m.Selections {
			field := plaidapi.Field{Label: inert.Message(s.Question)}
			for _, a := range s.Answers {
				field.Options = append(field.Options, plaidapi.Option{Label: inert.Name(a), Value: a})
			}
			c.Fields = append(c.Fields, field)
		}
		return c, true
	}
	return plaidapi.Challenge{}, false
}

// device is a place to send a code to. Its Value is the wire's type, a space and the exact mask.
func device(d Device) plaidapi.Option {
	o := plaidapi.Option{Label: inert.Name(d.Type), Detail: inert.Name(d.Mask), Value: d.Type + " " + d.Mask}
	if d.Type == "phone" {
		o.Label = "text message"
		if digits := lastDigits(d.Mask); digits != "" {
			o.Detail = "phone ending " + digits
		}
	}
	return o
}

// lastDigits are the digits that s ends in.
func lastDigits(s string) string {
	return s[len(strings.TrimRight(s, "0123456789")):]
}

// sendMethod reads the Value of a device: its mask says exactly which, its type is enough without.
func sendMethod(value string) SendMethod {
	kind, mask, _ := strings.Cut(value, " ")
	if mask != "" {
		return SendMethod{Mask: mask}
	}
	return SendMethod{Type: kind}
}
