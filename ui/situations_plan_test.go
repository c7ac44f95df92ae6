package ui

import (
	"strings"
	"testing"
	"time"

	"tartan/plaidapi"
)

// What a plan does not allow says what to do about it, and what is not lost.
func TestNotAllowed(t *testing.T) {
	for code, want := range map[string]string{
		"CREDITS_EXHAUSTED": "no links left", "INSTITUTION_REGISTRATION_REQUIRED": "First Bank wants your Plaid account registered",
		"UNAUTHORIZED_INSTITUTION": "registered first", "INVALID_LINK_CUSTOMIZATION": "what you use it for",
		"INVALID_PRODUCT": "does not have transactions", "SOMETHING_NEW": "does not cover this", "": "does not cover this",
	} {
		err := &plaidapi.Error{Problem: plaidapi.NotAllowed, Code: code}
		s := explain(err, "First Bank", time.Time{})
		if !strings.Contains(s.title, want) || s.cause == "" || s.kept == "" || len(s.actions) == 0 || brief(err) == "! could not be read" {
			t.Errorf("%s: %+v, %q", code, s, brief(err))
		}
	}
}

// A page that cannot be made says why, in the words of what is missing.
func TestNoLinksLeft(t *testing.T) {
	for _, size := range pageSizes {
		d := newDriverIn(t, size[0], size[1], setting{page: true})
		d.plaid.refuses = `{"error_type":"ITEM_ERROR","error_code":"CREDITS_EXHAUSTED","error_message":"x","display_message":null,"request_id":"HNTDNrA8F1shFEW"}`
		d.keys("enter").golden(sized("failed_no_links_left", size))
	}
}
