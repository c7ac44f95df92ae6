package cli

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// write puts a file, as a person would, into the config folder.
func write(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadSettings(t *testing.T) {
	pass := []string{"pass", "show", "tartan"}
	for _, c := range []struct {
		config, profile string
		want            Settings
	}{
		{"", "", Settings{LockAfter: 10 * time.Minute, Mouse: true}},
		{"# nothing\n", "\n", Settings{LockAfter: 10 * time.Minute, Mouse: true}},
		{`lock_after = "1h30m"`, "", Settings{LockAfter: 90 * time.Minute, Mouse: true}},
		{`lock_after = "never"`, "", Settings{Mouse: true}},
		{"passphrase_command = [\"pass\", \"show\",\n \"tartan\"]\nmouse = false", "", Settings{LockAfter: 10 * time.Minute, PassphraseCommand: pass}},
		{"mouse = false\nlock_after = \"1m\"", `lock_after = "2m"`, Settings{LockAfter: 2 * time.Minute}},
		{"mouse = false", "mouse = true", Settings{LockAfter: 10 * time.Minute, Mouse: true}},
	} {
		folder := t.TempDir()
		write(t, folder, "config.toml", c.config)
		write(t, folder, "profiles/work.toml", c.profile)
		write(t, folder, "profiles/other.toml", "nonsense")
		s, err := ReadSettings(folder, "work")
		if err != nil || s.LockAfter != c.want.LockAfter || s.Mouse != c.want.Mouse || !slices.Equal(s.PassphraseCommand, c.want.PassphraseCommand) {
			t.Errorf("%q, %q: %+v, %v", c.config, c.profile, s, err)
		}
	}
	if s, err := ReadSettings(filepath.Join(t.TempDir(), "none"), "main"); err != nil || s.LockAfter != 10*time.Minute || !s.Mouse {
		t.Errorf("without a folder: %+v, %v", s, err)
	}
}

// TestMistakesInConfig: each is a wrong use that names file and line, and repeats no value.
func TestMistakesInConfig(t *testing.T) {
	const length = `lock_after takes a time such as "10m" or "1h30m", or "never"`
	const program = `passphrase_command takes a program and its arguments, such as ["pass", "show", "tartan"]`
	const style = `theme.error takes a colour, such as "blue", "bright black" or "#7aa2c8"`
	const hidden = "Secrets never stand in the config file: remove what looks like one from config.toml"
	for _, c := range []struct {
		text, says string
		line       string
	}{
		{"\nlock_afer = \"hunter2\"", "config.toml has lock_afer: did you mean lock_after?", "line 2 "},
		{"Mouse = true", "config.toml has Mouse: did you mean mouse?", "line 1 "},
		{"colour = \"hunter2\"", "config.toml has colour: what can be set is gains, glyphs, hide_amounts, keys, lock_after, mouse, passphrase_command, theme", "line 1 "},
		{"\"\\u001b[31m\u202e\" = 1", `config.toml has "\x1b[31m\u202e": what can be set is`, "line 1 "},
		{"mouse = true\n[mause]\nx = 1", "config.toml has mause: did you mean mouse?", "line 2 "},
		{"lock_after = \"hunter2\"", length, "line 1 "},
		{"lock_after = 10", length, "line 1 "},
		{"lock_after = \"0s\"", length, "line 1 "},
		{"lock_after = \"-5m\"", length, "line 1 "},
		{"mouse = \"hunter2\"", "mouse takes true or false", "line 1 "},
		{"hide_amounts = \"hunter2\"", "hide_amounts takes true or false", "line 1 "},
		{"gains = \"hunter2\"", `gains takes "sign only", "blue and amber" or "green and red"`, "line 1 "},
		{"glyphs = 1", `glyphs takes "unicode" or "ascii"`, "line 1 "},
		{"theme = \"hunter2\"", `theme takes "tartan", "high-contrast" or "mono", or is a table`, "line 1 "},
		{"theme = [1]", `theme takes "tartan", "high-contrast" or "mono", or is a table`, "line 1 "},
		{"mouse = true\n[theme]\nacent = \"hunter2\"", "theme has acent: did you mean accent?", "line 2 "},
		{"theme.hunter = \"hunter2\"", "theme has hunter: what can be set is accent, attention,", "in "},
		{"[theme]\nname = \"hunter2\"", `theme.name takes "tartan", "high-contrast" or "mono"`, "line 1 "},
		{"[theme]\nerror = \"rad hunter2\"", "theme.error has a colour that is not known: did you mean red?", "line 1 "},
		{"[theme]\nerror = \"hunter2hunter2hunter2\"", style, "line 1 "},
		{"[theme]\nerror = \"#ff00\"", style, "line 1 "},
		{"[theme]\nerror = \"#ff00000\"", style, "line 1 "},
		{"[theme]\nerror = \"red blue\"", style, "line 1 "},
		{"[theme]\nerror = \"\"", style, "line 1 "},
		{"[theme]\nerror = 4", style, "line 1 "},
		{"keys = \"hunter2\"", "keys is a table: [keys], and under it", "line 1 "},
		{"[keys]\nfilter = 7", "keys.filter takes a key such as", "line 1 "},
		{"[keys]\nfilter = []", "keys.filter takes a key such as", "line 1 "},
		{"[keys]\nfilter = [\"a\", \"\"]", "keys.filter takes a key such as", "line 1 "},
		{"[keys]\nfilter = \"a b\"", "keys.filter takes a key such as", "line 1 "},
		{"[keys]\nfilter = \"\\u001b\"", "keys.filter takes a key such as", "line 1 "},
		{"[keys]\n\"\\u001b[31m\" = \"a\"", `keys."\x1b[31m" takes a key such as`, "line 1 "},
		{"mouse.hunter2 = true", "mouse takes true or false (in ", ""},
		{"passphrase_command = \"hunter2\"", program, "line 1 "},
		{"passphrase_command = []", program, "line 1 "},
		{"passphrase_command = [\"hunter2\", 1]", program, "line 1 "},
		{"mouse = true\nsecret = \"hunter2\"", hidden, "line 2 "},
		{"client_id = \"hunter2\"", hidden, "line 1 "},
		{"plaid-token = \"hunter2\"", hidden, "line 1 "},
		{"passphrase = \"hunter2\"", hidden, "line 1 "},
		{"[plaid]\nid = 1\nsecret = \"hunter2\"", hidden, "line 1 "},
		{"[[bank]]\npin = \"hunter2\"", hidden, "line 1 "},
		{"mouse = true\nhunter2", "config.toml is not in the form of TOML", "line 2 "},
		{"mouse = hunter2", "config.toml is not in the form of TOML", "line 1 "},
		{"mouse = true\nmouse = \"hunter2\"", "config.toml is not in the form of TOML", "line 2 "},
		{"mouse = true\n\xff", "config.toml is not in the form of TOML", "line 2 "},
	} {
		folder := t.TempDir()
		path := write(t, folder, "config.toml", c.text)
		_, err := ReadSettings(folder, "main")
		var usage *UsageError
		if !errors.As(err, &usage) || !strings.HasPrefix(err.Error(), c.says) || !strings.Contains(err.Error(), c.line) ||
			!strings.Contains(err.Error(), path) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: %v", c.text, err)
		}
	}
	folder := t.TempDir()
	write(t, folder, "profiles/work.toml", "lockafter = 1")
	if _, err := ReadSettings(folder, "work"); err == nil || !strings.HasPrefix(err.Error(), "profiles/work.toml has lockafter: did you mean lock_after?") {
		t.Errorf("in the profile's file: %v", err)
	}
}

// TestConfigThatIsNotUsed: what others could have written, and what cannot be read.
func TestConfigThatIsNotUsed(t *testing.T) {
	mode := func(mode os.FileMode) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			if err := os.Chmod(write(t, folder, "config.toml", "mouse = true"), mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		about string
		make  func(*testing.T, string)
		says  string // empty: it is used
	}{
		{"everybody's", mode(0o666), "others can write"},
		{"a group's", mode(0o620), "others can write"},
		{"read by others", mode(0o644), ""},
		{"a folder", func(t *testing.T, folder string) { write(t, folder, "config.toml/x", "") }, "cannot be read"},
		{"a folder that is a file", func(t *testing.T, folder string) { write(t, folder, "profiles", "") }, "cannot be read"},
	} {
		folder := t.TempDir()
		c.make(t, folder)
		_, err := ReadSettings(folder, "main")
		told := ""
		if err != nil {
			told = err.Error()
		}
		if (told == "") != (c.says == "") || !strings.Contains(told, c.says) || err != nil && ExitCode(err) != 9 {
			t.Errorf("%s: %v, code %d", c.about, err, ExitCode(err))
		}
	}
}
