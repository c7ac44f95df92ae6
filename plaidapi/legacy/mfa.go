package legacy

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"tartan/plaidapi"
	"tartan/plaidapi/internal/wire"
)

// MFA is a challenge that a bank poses after a password (legacy-api §3). Kind says which of the
// members is set.
type MFA struct {
	Kind       MFAKind
	Questions  []string    // Questions: free text to answer, in order; live there was always one
	Devices    []Device    // DeviceList: choose one with SendMethod
	Message    string      // CodeSent: "Code sent to xxx-xxx-5309"
	Selections []Selection // Selections: choose an answer for each, in order
	Type       string      // the kind as the wire named it
	Raw        []byte      // Unsupported: what came under "mfa"
}

// MFAKind is what an MFA challenge asks for.
type MFAKind uint8

// The kinds of challenge. Unsupported is one that this client does not know.
const (
	Unsupported MFAKind = iota
	Questions
	DeviceList
	CodeSent
	Selections
)

// Device is a place that a code can be sent to.
type Device struct {
	Mask string `json:"mask"` // "xxx-xxx-5309"
	Type string `json:"type"` // phone, email or card
}

// Selection is a question with its possible answers.
type Selection struct {
	Question string   `json:"question"`
	Answers  []string `json:"answers"`
}

// challenge reads the body of a 201.
func (r *Reply) challenge(body []byte) error {
	var sent struct {
		Type  string          `json:"type"`
		MFA   jsontext.Value  `json:"mfa"`
		Token plaidapi.Secret `json:"access_token"`
	}
	if err := wire.Decode(body, &sent); err != nil {
		return err
	}
	r.AccessToken, r.MFA = sent.Token, readMFA(sent.Type, sent.MFA)
	return nil
}

// readMFA reads what came under "mfa". What does not have the form of its type is Unsupported.
func readMFA(name string, raw jsontext.Value) *MFA {
	m := &MFA{Type: name}
	switch name {
	case "questions":
		var list []struct {
			Question string `json:"question"`
		}
		if wire.Decode(raw, &list) == nil && len(list) > 0 {
			for _, q := range list {
				m.Questions = append(m.Questions, q.Question)
			}
			m.Kind = Questions
		}
	case "list":
		if wire.Decode(raw, &m.Devices) == nil && len(m.Devices) > 0 {
			m.Kind = DeviceList
		}
	case "device":
		var sent struct {
			Message string `json:"message"`
		}
		if wire.Decode(raw, &sent) == nil {
			m.Kind, m.Message = CodeSent, sent.Message
		}
	case "selections", "selection": // plaid-python's README has the singular
		if wire.Decode(raw, &m.Selections) == nil && len(m.Selections) > 0 {
			m.Kind = Selections
		}
	}
	if m.Kind == Unsupported {
		m.Devices, m.Selections, m.Raw = nil, nil, raw
	}
	return m
}

// StepRequest answers an MFA challenge. Exactly one of Answer, Answers and Send is set.
type StepRequest struct {
	Token   plaidapi.Secret   // of the reply that posed the challenge
	Answer  plaidapi.Secret   // to a question, or a code
	Answers []plaidapi.Secret // to Selections or several questions, in their order
	Send    SendMethod        // where to send a code; again to send it again
	// To names the product of an UpgradeStep; some servers want it repeated.
	To plaidapi.Product
	// LoginOnly repeats that option of Add; servers that do not know it here ignore it.
	LoginOnly bool
}

// SendMethod chooses a Device by its mask, or by its type where the mask is empty.
type SendMethod struct {
	Type string `json:"type,omitzero"`
	Mask string `json:"mask,omitzero"`
}

// stepBody is a StepRequest as it is sent.
type stepBody struct {
	Token   plaidapi.Secret  `json:"access_token,omitzero"`
	To      plaidapi.Product `json:"upgrade_to,omitzero"`
	MFA     any              `json:"mfa,omitzero"` // a Secret or several; nil for none
	Options stepOptions      `json:"options,omitzero"`
}

type stepOptions struct {
	Send      SendMethod `json:"send_method,omitzero"`
	LoginOnly bool       `json:"login_only,omitzero"`
}

// several is answers in their order. They go as the text of a JSON array: every server of the time
// took that, and not all took the array itself.
type several []plaidapi.Secret

// MarshalJSONTo writes the answers with the options of the whole body, which note each as a secret
// of the request, and then their list as one more.
func (s several) MarshalJSONTo(enc *jsontext.Encoder) error {
	list, err := json.Marshal([]plaidapi.Secret(s), enc.Options())
	if err != nil {
		return err
	}
	return json.MarshalEncode(enc, plaidapi.NewSecret(string(list)))
}

// body is what to send.
func (s StepRequest) body() stepBody {
	body := stepBody{Token: s.Token, To: s.To, Options: stepOptions{s.Send, s.LoginOnly}}
	switch {
	case s.Answers != nil:
		body.MFA = several(s.Answers)
	case !s.Answer.Empty():
		body.MFA = s.Answer
	}
	return body
}
