package plaidapi

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

func TestAnAmountIsExactOrNone(t *testing.T) {
	for _, digits := range []string{
		"1e-20", "0.00000000000000000001", "1234567890123456789e-20", "0.00000000000000000015", "12345678901234567890", "1e-400", "1e400",
		"1e99999999999999999999", "", "x", "--1", "1.2.3", "NaN",
	} {
		if m, err := ParseMoney(digits, "USD"); !errors.Is(err, ErrAmount) {
			t.Errorf("%q is %v, %v", digits, m, err)
		}
	}
	for digits, want := range map[string]string{
		"1e-19": "0.0000000000000000001", "1234567890123456789": "1234567890123456789.00", "-0": "0.00", "1.50e2": "150.00", "12.500": "12.50", "0.125": "0.125", "1000000000000000000e-18": "1.00",
	} {
		m, err := ParseMoney(digits, "USD")
		// A currency's own decimals may not fit behind nineteen digits; no digit is lost for that.
		if err != nil || m.Decimal() != want && m.Decimal() != strings.TrimSuffix(want, ".00") {
			t.Errorf("%q is %q, %v, want %q", digits, m.Decimal(), err, want)
		}
	}
}

func TestErrorsOfReadingDoNotQuote(t *testing.T) {
	_, noDate := ParseDate("token tok-hunter2")
	_, noAmount := ParseMoney("tok-hunter2", "USD")
	for _, err := range []error{noDate, noAmount} {
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("got %v", err)
		}
	}
}

func TestTransactionsKeepTheirAmountInJSON(t *testing.T) {
	m, err := ParseMoney("-12.5", "USD")
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(Transaction{Date: NewDate(2026, 11, 5), Amount: m})
	if err != nil || !strings.Contains(string(text), `"Date":"2026-11-05","Amount":"-12.50 USD"`) {
		t.Errorf("%s, %v", text, err)
	}
}
