package legacy_test

import (
	"errors"
	"testing"

	"tartan/plaidapi/legacy"
)

// An Error that a caller makes, for a test of theirs, is one like any other.
func TestAnErrorMadeByHand(t *testing.T) {
	err := error(&legacy.Error{Op: "connect", Status: 402, Code: 1203})
	if err.Error() == "" || !errors.Is(err, legacy.RequestFailed) || errors.Is(err, legacy.Unauthorized) {
		t.Errorf("got %v", err)
	}
}
