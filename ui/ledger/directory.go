package ledger

import (
	"context"
	"fmt"
	"slices"

	"tartan/plaidapi"
)

// Detailer is a Bank whose lists of institutions are bare: what is worth knowing before somebody signs
// in is asked for one at a time.
type Detailer interface {
	// Institution reads one institution with its site and its health.
	Institution(ctx context.Context, id string) (plaidapi.Institution, error)
}

// Institutions lists the banks that can be linked, or those that match query, of all wires. A list
// that is long to read and tells no health is read once a run.
func (l *Ledger) Institutions(ctx context.Context, query string) ([]plaidapi.Institution, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	var all []plaidapi.Institution
	for _, wire := range []plaidapi.Wire{plaidapi.Legacy, plaidapi.Modern} {
		bank, ok := l.banks[wire]
		if !ok {
			continue
		}
		some, err := l.institutions(ctx, wire, bank, query)
		if err != nil {
			return nil, fmt.Errorf("list banks: %w", err)
		}
		all = append(all, some...)
	}
	return all, nil
}

// institutions are those of one wire.
func (l *Ledger) institutions(ctx context.Context, wire plaidapi.Wire, bank Bank, query string) ([]plaidapi.Institution, error) {
	if _, bare := bank.(Detailer); !bare || query != "" {
		return bank.Institutions(ctx, query)
	}
	// Few calls are allowed in a minute: who asks beside another waits for that answer.
	done, err := l.turn(ctx, "directory of "+string(wire))
	if err != nil {
		return nil, err
	}
	defer done()
	l.mu.Lock()
	all, known := l.listed[wire]
	l.mu.Unlock()
	if !known {
		if all, err = bank.Institutions(ctx, ""); err != nil {
			return nil, err
		}
		l.mu.Lock()
		l.listed[wire] = all
		l.mu.Unlock()
	}
	return slices.Clone(all), nil
}

// Institution tells all there is to know of a bank before somebody signs in there, its health above
// all. It is the bank that was given where its wire has nothing to add.
func (l *Ledger) Institution(ctx context.Context, at plaidapi.Institution) (plaidapi.Institution, error) {
	ctx, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	bank, err := l.bank(at.Wire)
	if err != nil {
		return at, err
	}
	wire, is := bank.(Detailer)
	if !is || at.ID == "" {
		return at, nil
	}
	full, err := wire.Institution(ctx, at.ID)
	if err != nil {
		return at, fmt.Errorf("read bank: %w", err)
	}
	return full, nil
}
