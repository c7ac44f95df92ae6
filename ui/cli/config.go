package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// Settings are what the config files decide.
type Settings struct {
	LockAfter         time.Duration // idle time until tartan locks itself; 0: never
	PassphraseCommand []string      // prints the passphrase; program and arguments, no shell; may be nil
	Mouse             bool
	Hide              bool                // start with amounts hidden
	Theme             string              // one of themes
	Roles             map[string][]string // roles that a person coloured: "#rrggbb" or the number of one of sixteen, and weights
	Gains             string              // one of gains
	Glyphs            string              // unicode or ascii; empty: whatever the terminal shows
	Keys              map[string][]string // actions that a person gave other keys; ui knows which there are
}

// settings are the known keys, each with the value that it is read into.
func (s *Settings) settings() map[string]toml.Unmarshaler {
	return map[string]toml.Unmarshaler{
		"gains":              &word{"gains", gains, &s.Gains},
		"glyphs":             &word{"glyphs", glyphs, &s.Glyphs},
		"hide_amounts":       &choice{"hide_amounts", &s.Hide},
		"keys":               (*bindings)(&s.Keys),
		"lock_after":         (*pause)(&s.LockAfter),
		"mouse":              &choice{"mouse", &s.Mouse},
		"passphrase_command": (*command)(&s.PassphraseCommand),
		"theme":              (*theme)(s),
	}
}

// ReadSettings reads config.toml in folder and then profiles/PROFILE.toml, which overrides it.
// Either may be missing. What makes no sense is a UsageError with file and line; no value is ever
// repeated.
func ReadSettings(folder, profile string) (Settings, error) {
	s := Settings{LockAfter: 10 * time.Minute, Mouse: true, Theme: themes[0], Gains: gains[0]}
	for _, f := range configFiles(folder, profile) {
		text, err := f.read()
		if err == nil {
			err = s.apply(f, text)
		}
		if err != nil {
			return Settings{}, err
		}
	}
	return s, nil
}

// configFiles are the files there may be; the last one decides.
func configFiles(folder, profile string) []configFile {
	return []configFile{
		{filepath.Join(folder, "config.toml"), "config.toml"},
		{filepath.Join(folder, "profiles", profile+".toml"), "profiles/" + profile + ".toml"},
	}
}

// configFile is one of the files: where it is, and what it is called in sentences.
type configFile struct{ path, name string }

// read is the text of the file, empty when there is none. A file that others can write is refused:
// it names a program to run.
func (f configFile) read() (string, error) {
	info, err := os.Stat(f.path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a file")
	}
	if err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o022 != 0 {
		return "", fmt.Errorf("others can write to %q, so tartan did not open. If what it says is yours, run chmod go-w on it", f.path)
	}
	var text []byte
	if err == nil {
		text, err = os.ReadFile(f.path)
	}
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case errors.As(err, &path):
		err = path.Err // the path is told once
	}
	if err != nil {
		return "", fmt.Errorf("%q cannot be read (%w), so tartan did not open. Make it readable, or remove it", f.path, err)
	}
	return string(text), nil
}

// wrong is a mistake in the file. The library does not know the line of a dotted key: 0.
func (f configFile) wrong(line int, sentence string) error {
	if line == 0 {
		return wrong("%s (in %q)", sentence, f.path)
	}
	return wrong("%s (line %d of %q)", sentence, line, f.path)
}

// apply takes over what the file sets.
func (s *Settings) apply(f configFile, text string) error {
	var table map[string]toml.Primitive
	meta, err := toml.Decode(text, &table)
	if err != nil {
		var bad toml.ParseError
		_ = errors.As(err, &bad) // its message can quote a value
		return f.wrong(bad.Position.Line, f.name+" is not in the form of TOML")
	}
	known := s.settings()
	for _, key := range meta.Keys() {
		into, ok := known[key[0]]
		secret := func(k toml.Key) bool { return k[0] == key[0] && slices.ContainsFunc(k, secretive) }
		switch {
		case ok:
		case slices.ContainsFunc(meta.Keys(), secret):
			into = refusal("Secrets never stand in the config file: remove what looks like one from " + f.name)
		default:
			into = refusal(f.name + " has " + shown(key[0]) + ": " + instead(key[0], known))
		}
		var bad toml.ParseError
		if err := meta.PrimitiveDecode(table[key[0]], into); errors.As(err, &bad) {
			return f.wrong(bad.Position.Line, bad.Message)
		} else if err != nil {
			return fmt.Errorf("read %q: %w", f.path, err)
		}
	}
	return nil
}

// refusal is what a key that is not known is read into: it fails with its own text, and the
// library adds the line.
type refusal string

// UnmarshalTOML implements toml.Unmarshaler.
func (r refusal) UnmarshalTOML(any) error { return errors.New(string(r)) }

// secretive reports whether a flag or a key looks as if a secret stood behind it.
func secretive(name string) bool {
	name = strings.ToLower(name)
	words := strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	squeezed := strings.Join(words, "")
	for _, part := range []string{"secret", "token", "password", "passwd", "passphrase", "credential", "clientid", "apikey"} {
		if strings.Contains(squeezed, part) {
			return true
		}
	}
	return slices.Contains(words, "pin") || slices.Contains(words, "pass")
}

// shown is a key as it may be printed.
func shown(key string) string {
	if plain(key) {
		return key
	}
	return strconv.QuoteToASCII(key)
}
