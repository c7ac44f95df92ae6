package sandbox

// Login is one practice login that a screen may offer.
type Login struct {
	Institution string   `json:"institution"` // the wire's type, "chase"
	Bank        string   `json:"bank"`        // the institution's name
	Username    string   `json:"username"`
	Password    string   `json:"password"`
	PIN         string   `json:"pin,omitempty"`     // only where the institution asks for one
	Answers     []string `json:"answers,omitempty"` // to the second factor, in order; not the choice of a device
	About       string   `json:"about"`             // one short plain line
}
