package wire

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"tartan/plaidapi"
)

// Silent drops a text that echoes a secret, as it is or as it travels in JSON or a form.
func Silent(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		quoted, err := jsontext.AppendQuote(nil, secret)
		if err != nil || strings.Contains(text, secret) || strings.Contains(text, url.QueryEscape(secret)) ||
			strings.Contains(text, string(quoted[1:len(quoted)-1])) {
			return ""
		}
	}
	return text
}

// Unsaid is the Problem of an error whose body says nothing that can be read: a gateway's.
func Unsaid(status int) plaidapi.Problem {
	switch {
	case status == http.StatusTooManyRequests:
		return plaidapi.RateLimited
	case status >= http.StatusInternalServerError:
		return plaidapi.ServerFault
	}
	return plaidapi.BadReply
}
