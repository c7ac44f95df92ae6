package legacy

import (
	"net/http"

	"tartan/plaidapi"
)

// stage is where in an Item's life a call stands: the same code means "try again" while linking
// and "sign in again" later (ux.md 1.3).
type stage uint8

const (
	reading  stage = iota // an Item that is linked: get, balance, upgrade, delete
	linking               // add, exchange
	updating              // new credentials for an Item
	stepping              // an answer to a challenge
)

// problem sorts a code of legacy-api §4, the retired ones included.
func problem(code, status int, at stage) plaidapi.Problem {
	switch code {
	case 1200, 1201, 1202, 1203, 1209: // what the person typed
		if at == reading {
			return plaidapi.LoginRequired
		}
	case 1103, 1105: // the token
		if at == stepping {
			return plaidapi.AttemptOver
		}
		return plaidapi.ItemGone
	case 1005: // a credential is lacking
		if at == linking || at == updating {
			return plaidapi.WrongDetails
		}
	}
	if p, ok := constant(code); ok {
		return p
	}
	switch {
	case status == http.StatusTooManyRequests:
		return plaidapi.RateLimited
	case status >= http.StatusInternalServerError:
		return plaidapi.ServerFault
	}
	return plaidapi.Unknown
}

// constant is the Problem of a code that means the same at every stage.
func constant(code int) (plaidapi.Problem, bool) {
	switch code {
	case 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1009, 1107, // the request is not well formed
		1304, 1305, 1400, 1401, 1500, 1501, 1502, 1503, 1504, 1505, 1506, 1507:
		return plaidapi.Unknown, true
	case 1100, 1101, 1102, 1104, 1109, 1112, 1114:
		return plaidapi.BadKeys, true
	case 1113:
		return plaidapi.RateLimited, true
	case 1200, 1201, 1202, 1209, 1213:
		return plaidapi.WrongDetails, true
	case 1203, 1204, 1216:
		return plaidapi.WrongAnswer, true
	case 1106, 1214, 1218:
		return plaidapi.AttemptOver, true
	case 1205:
		return plaidapi.Locked, true
	case 1206:
		return plaidapi.NotSetUp, true
	case 1215:
		return plaidapi.LoginRequired, true
	case 1008, 1108, 1110, 1111, 1115, 1207, 1208, 1210, 1211, 1212, 1219, 1301, 1307, 1600, 1601, 1606, 2001:
		return plaidapi.Unsupported, true
	case 1300, 1302, 1303, 1800:
		return plaidapi.BankDown, true
	case 1605, 1610:
		return plaidapi.ItemGone, true
	case 1700, 1701, 1702, 2002:
		return plaidapi.ServerFault, true
	}
	return plaidapi.Unknown, false
}
