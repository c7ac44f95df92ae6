package ui

import (
	"slices"
	"time"

	"tartan/plaidapi"
)

// moment is one challenge with what has been typed into it.
type moment struct {
	step    plaidapi.Step
	form    form
	arrived time.Time
	sent    []plaidapi.Secret // a device: what was answered, to send the code again
}

// holds reports whether something has been typed that may be secret.
func (m *moment) holds() bool {
	for i, field := range m.form.fields {
		if (field.Secret || m.step.Challenge.Kind != plaidapi.Credentials) && len(m.form.inputs[i].text) > 0 {
			return true
		}
	}
	return false
}

// forget empties what may be secret: every answer to a second factor, and all of the credentials but
// the user name. Choices stay.
func (m *moment) forget() {
	if m.step.Challenge.Kind == plaidapi.Credentials {
		m.form.wipe()
		return
	}
	m.form.empty()
}

// unlabelled is a challenge's fields without the labels that the screen's title says already.
func unlabelled(c plaidapi.Challenge) []plaidapi.Field {
	fields := slices.Clone(c.Fields)
	for i := range fields {
		if c.Kind == plaidapi.Device || c.Kind == plaidapi.Code {
			fields[i].Label = ""
		}
	}
	return fields
}
