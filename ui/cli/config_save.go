package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// saveError is why a setting was not saved.
type saveError struct{ text string }

func (e *saveError) Error() string { return e.text }

// UserText is the sentence that people read.
func (e *saveError) UserText() string { return e.text }

// SetSetting writes a setting into the file that decides it: the profile's, where that has it, else
// config.toml, which is made if need be. All else in the file stays, byte for byte. value is as it
// stands in the file, without quotes. A file that is read-only, no TOML, or written by another
// program meanwhile is left alone, and that is the error.
func SetSetting(folder, profile, key, value string) error {
	files := configFiles(folder, profile)
	file := files[0]
	if text, err := files[1].read(); err == nil && has(text, key) {
		file = files[1]
	}
	text, err := file.read()
	if err != nil {
		return err
	}
	next, err := file.with(text, key, value)
	if err != nil || next == text {
		return err
	}
	return file.replace(text, next)
}

// has reports whether a file's text sets key.
func has(text, key string) bool {
	var table map[string]any
	_, err := toml.Decode(text, &table)
	_, set := table[key]
	return err == nil && set
}

// with is text with key set to value. Of the ways to write that it takes the first that changes
// nothing else.
func (f configFile) with(text, key, value string) (string, error) {
	var was map[string]any
	if _, err := toml.Decode(text, &was); err != nil {
		return "", &saveError{fmt.Sprintf("%q is not in the form of TOML, so it stays as it was. Mend it, and try again.", f.path)}
	}
	literal, wanted := strconv.Quote(value), any(value)
	if value == "true" || value == "false" {
		literal, wanted = value, value == "true"
	}
	ways := inserted(text, key+" = "+literal)
	if _, set := was[key]; set {
		ways = replaced(text, key, literal)
	}
	if was == nil {
		was = map[string]any{}
	}
	was[key] = wanted
	for next := range ways {
		var now map[string]any
		if _, err := toml.Decode(next, &now); err == nil && reflect.DeepEqual(was, now) {
			return next, new(Settings).apply(f, next)
		}
	}
	return "", &saveError{fmt.Sprintf("%s stands in %q in a form that tartan does not change, so it stays as it was. Change it there.", key, f.path)}
}

// replaced are the ways to give key another value where it stands: what is behind it on the line stays.
func replaced(text, key, literal string) iter.Seq[string] {
	return func(yield func(string) bool) {
		at := 0
		for line := range strings.Lines(text) {
			if start, end := value(line, key); end > 0 && !yield(text[:at+start]+literal+text[at+end:]) {
				return
			}
			at += len(line)
		}
	}
}

// value is where the value of key stands in a line; 0, 0 where the line sets another or none.
func value(line, key string) (start, end int) {
	rest := strings.TrimLeft(line, " \t")
	for _, name := range []string{key, `"` + key + `"`, "'" + key + "'"} {
		after, found := strings.CutPrefix(rest, name)
		after, equals := strings.CutPrefix(strings.TrimLeft(after, " \t"), "=")
		if !found || !equals {
			continue
		}
		after = strings.TrimLeft(after, " \t")
		start = len(line) - len(after)
		length := strings.IndexAny(after, "# \t\r\n")
		if quote := after[:min(1, len(after))]; quote == `"` || quote == "'" {
			length = strings.Index(after[1:], quote) + 2
		}
		if length < 0 {
			length = len(after)
		}
		return start, start + length
	}
	return 0, 0
}

// inserted are the ways to add a line: before each line that may begin a table, with the blank lines
// and the comment above it, and at the end.
func inserted(text, line string) iter.Seq[string] {
	ending := "\n"
	if strings.Contains(text, "\r\n") {
		ending = "\r\n"
	}
	return func(yield func(string) bool) {
		at, free := 0, 0 // free is where what belongs to the next line begins
		comment := false
		for l := range strings.Lines(text) {
			trimmed := strings.TrimSpace(l)
			if strings.HasPrefix(trimmed, "[") {
				between := ""
				if free == at {
					between = ending
				}
				if !yield(text[:free] + line + ending + between + text[free:]) {
					return
				}
			}
			switch {
			case strings.HasPrefix(trimmed, "#"):
				comment = true
			case trimmed == "" && comment: // a comment that stands by itself
				free, comment = at, false
			case trimmed != "":
				free, comment = at+len(l), false
			}
			at += len(l)
		}
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += ending
		}
		yield(text + line + ending)
	}
}

// replace puts next in the place of was, whole or not at all.
func (f configFile) replace(was, next string) error {
	path, mode := f.path, fs.FileMode(0o600)
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // a link stays one
	}
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	if mode&0o200 == 0 {
		return &saveError{fmt.Sprintf("%q is read-only, so it stays as it was. Make it writable, and try again.", f.path)}
	}
	folder := filepath.Dir(path)
	err := os.MkdirAll(folder, 0o700)
	var beside *os.File
	if err == nil {
		beside, err = os.CreateTemp(folder, ".tartan-*")
	}
	if err == nil {
		defer func() { _ = os.Remove(beside.Name()) }()
		_, err = beside.WriteString(next)
		err = errors.Join(err, beside.Chmod(mode), beside.Sync(), beside.Close())
	}
	if err == nil {
		var now string
		if now, err = f.read(); err == nil && now != was {
			return &saveError{fmt.Sprintf("Another program has just written %q, so it stays as it is now. Try again.", f.path)}
		}
	}
	if err == nil {
		err = os.Rename(beside.Name(), path)
	}
	if err != nil {
		var told *fs.PathError
		if errors.As(err, &told) {
			err = told.Err // the path is told once
		}
		return &saveError{fmt.Sprintf("%q cannot be written (%v), so it stays as it was.", f.path, err)}
	}
	if dir, err := os.Open(folder); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
	return nil
}
