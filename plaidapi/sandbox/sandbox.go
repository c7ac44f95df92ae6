// Package sandbox is the practice bank: a whole bank in one [http.Handler], for
// screens, tests and other programs.
package sandbox

import "time"

// Options says how a Bank behaves; the zero value is the practice bank everyone gets.
type Options struct {
	Clock        func() time.Time // nil: time.Now
	Seed         uint64           // 0: the standard people
	Transactions int              // rows of the "very many transactions" account; 0: 5,000; at most 1,000,000
}
