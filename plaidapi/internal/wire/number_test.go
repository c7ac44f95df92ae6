package wire

import "testing"

func TestNumberIsWrittenAsItIs(t *testing.T) {
	for sent, want := range map[Number]string{"12.50": `{"n":12.50}`, "": `{"n":null}`, "-0.1": `{"n":-0.1}`} {
		body, _, err := Encode(struct {
			N Number `json:"n"`
		}{sent})
		if err != nil || string(body) != want {
			t.Errorf("%q: %s, %v", sent, body, err)
		}
	}
	for _, none := range []Number{"x", `"1"x`, "1,2"} {
		if _, _, err := Encode(struct {
			N Number `json:"n"`
		}{none}); err == nil {
			t.Errorf("%q was written", none)
		}
	}
}
