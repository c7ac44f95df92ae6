package sandbox

import (
	"encoding/json"
	"net/http"
)

// practice serves what no bank has: GET /practice/logins lists the practice
// logins and GET /practice/handed the Items that exist, as [Bank.Handed] does;
// POST and DELETE /practice/faults set a fault and clear them all. It returns
// false for any other path.
func (b *Bank) practice(w http.ResponseWriter, r *http.Request, path string) bool {
	switch r.Method + " " + path {
	case "GET /practice/logins":
		writeJSON(w, http.StatusOK, b.Logins())
	case "GET /practice/handed":
		writeJSON(w, http.StatusOK, append([]Handed{}, b.Handed()...))
	case "POST /practice/faults":
		f, err := readFault(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			writeJSON(w, http.StatusBadRequest, message{"not a fault: " + err.Error()})
			return true
		}
		b.Fault(f)
		writeJSON(w, http.StatusOK, message{"fault set"})
	case "DELETE /practice/faults":
		b.faults.clear()
		writeJSON(w, http.StatusOK, message{"faults cleared"})
	default:
		return false
	}
	return true
}

type message struct {
	Message string `json:"message"`
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	encoder.Encode(v)
}

// Logins lists every practice login that screens may offer: the recorded user
// at each main bank, the people of our own, and one failure of each kind.
func (b *Bank) Logins() []Login {
	var list []Login
	for _, bank := range b.directory.all[:b.directory.main] {
		if bank.Type == "citi" { // the one who is asked what the directory says comes first
			list = append(list, recorded{bank: bank, selections: true}.login())
		}
		list = append(list, recorded{bank: bank}.login())
	}
	for _, p := range b.population.people {
		list = append(list, p.login())
	}
	return append(list, failureLogins()...)
}
