package wire

import "github.com/go-json-experiment/json/jsontext"

// Number is an amount by its digits as they were sent, so that it stays exact. It is empty when
// the server sent none. plaidapi.ParseMoney reads it.
type Number string

// UnmarshalJSONFrom keeps the text of a number, also of one sent as a string; null is none. What
// is neither is kept too, for ParseMoney to refuse: one amount must not spoil a whole reply.
func (n *Number) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	raw, err := dec.ReadValue()
	if err != nil {
		return err
	}
	switch raw.Kind() {
	case 'n':
		*n = ""
	case '"':
		text, err := jsontext.AppendUnquote(nil, raw)
		if err != nil {
			return err
		}
		*n = Number(text)
	default:
		*n = Number(raw)
	}
	return nil
}

// MarshalJSONTo writes the digits as a JSON number, and null for none.
func (n Number) MarshalJSONTo(enc *jsontext.Encoder) error {
	if n == "" {
		return enc.WriteToken(jsontext.Null)
	}
	return enc.WriteValue(jsontext.Value(n))
}
