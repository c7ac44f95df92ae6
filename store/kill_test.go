package store

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"tartan/plaidapi"
)

// deathRing is the real keyring, with which this process dies.
type deathRing struct {
	osRing
	before func()
}

func (r deathRing) Set(service, account, secret string) error {
	r.before()
	return r.osRing.Set(service, account, secret)
}

func (r deathRing) Delete(service, account string) error {
	r.before()
	return r.osRing.Delete(service, account)
}

// TestMoveUntilKilled moves what is kept and is killed before its n-th change of disk or keyring.
// testKilledService runs it in a process of its own.
func TestMoveUntilKilled(t *testing.T) {
	at, err := strconv.Atoi(os.Getenv("TARTAN_TEST_KILL_AT"))
	if err != nil {
		t.Skip("only testKilledService runs this")
	}
	self, err := os.FindProcess(os.Getpid())
	must(t, err)
	n := 0
	before := func() {
		if n++; n == at {
			_ = self.Kill()
			select {}
		}
	}
	k := tokensOn(Options{Dir: os.Getenv("TARTAN_TEST_DIR"), Ring: deathRing{before: before}})
	must(t, k.unlock(t.Context(), token(passphrase)))
	n = 0
	k.vault.disk.hook = func(string, string) error { before(); return nil }
	must(t, k.choose(t.Context(), plaidapi.AccessPlace(os.Getenv("TARTAN_TEST_TO")), token(passphrase), "attempt"))
}

// testKilledService kills a tartan at every change that moving there and back makes.
func testKilledService(t *testing.T) {
	dir := t.TempDir()
	master := fill(t, system(dir))
	for _, to := range []plaidapi.AccessPlace{plaidapi.InFile, plaidapi.InKeyring} {
		at := 1
		for killed := true; killed; at++ {
			k := system(dir)
			must(t, k.unlock(t.Context(), token(passphrase)))
			if k.place() == to {
				other := plaidapi.InKeyring
				if to == other {
					other = plaidapi.InFile
				}
				must(t, k.choose(t.Context(), other, token(passphrase), "attempt"))
			}
			killed = movesUntilKilled(t, dir, to, at)
			k = system(dir)
			must(t, k.unlock(t.Context(), token(passphrase)))
			holdsAll(t, k, master)
			must(t, k.tidy(t.Context()))
			holdsAll(t, k, master)
			if t.Failed() || !killed && k.place() != to {
				t.Fatalf("to %s, killed before change %d: access is in %s", to, at, k.place())
			}
		}
		if at < 10 {
			t.Errorf("to %s: only %d changes to be killed at", to, at-2)
		}
	}
}

func movesUntilKilled(t *testing.T, dir string, to plaidapi.AccessPlace, at int) bool {
	t.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(t.Context()), os.Args[0], "-test.run=^TestMoveUntilKilled$")
	cmd.Env = append(os.Environ(), "TARTAN_TEST_DIR="+dir, "TARTAN_TEST_TO="+string(to), "TARTAN_TEST_KILL_AT="+strconv.Itoa(at))
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState.ExitCode() != -1 {
		t.Fatalf("change %d: %v\n%s", at, err, out)
	}
	return err != nil
}
