package cli

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSetSetting: one line changes, and all else stays as it was.
func TestSetSetting(t *testing.T) {
	for _, c := range []struct {
		about, was, key, value, want string
	}{
		{"an empty file", "", "theme", "mono", "theme = \"mono\"\n"},
		{"in place", "# a\nmouse = true\nlock_after = \"10m\"\n", "mouse", "false", "# a\nmouse = false\nlock_after = \"10m\"\n"},
		{"with its comment", "mouse=true# why\n", "mouse", "false", "mouse=false# why\n"},
		{"a text with a comment", "  theme   =  'mono'   # why = \"x\"\n", "theme", "tartan", "  theme   =  \"tartan\"   # why = \"x\"\n"},
		{"a quoted name", "\"mouse\" = true", "mouse", "false", "\"mouse\" = false"},
		{"at the end", "mouse = true\n\n# more\n", "glyphs", "ascii", "mouse = true\n\n# more\nglyphs = \"ascii\"\n"},
		{"without a last line's end", "mouse = true", "glyphs", "ascii", "mouse = true\nglyphs = \"ascii\"\n"},
		{"Windows", "mouse = true\r\n[keys]\r\nfilter = \"f\"\r\n", "glyphs", "ascii", "mouse = true\r\nglyphs = \"ascii\"\r\n\r\n[keys]\r\nfilter = \"f\"\r\n"},
		{"before a table", "mouse = true\n\n# mine\n[keys]\nfilter = \"f\"\n", "glyphs", "ascii", "mouse = true\nglyphs = \"ascii\"\n\n# mine\n[keys]\nfilter = \"f\"\n"},
		{"a table at once", "[keys]\nfilter = \"f\"\n", "mouse", "false", "mouse = false\n\n[keys]\nfilter = \"f\"\n"},
		{"a comment by itself", "# tartan\n\n# keys\n[keys]\nfilter = \"f\"\n", "mouse", "false", "# tartan\nmouse = false\n\n# keys\n[keys]\nfilter = \"f\"\n"},
		{
			"a list that looks like a table", "passphrase_command = [\n\"a\",\n\"[b]\",\n\"c\"]\n[keys]\n", "mouse", "false",
			"passphrase_command = [\n\"a\",\n\"[b]\",\n\"c\"]\nmouse = false\n\n[keys]\n",
		},
		{
			"a text that looks like a key", "passphrase_command = [\"\"\"\nmouse = true\n\"\"\"]\nmouse = true\n", "mouse", "false",
			"passphrase_command = [\"\"\"\nmouse = true\n\"\"\"]\nmouse = false\n",
		},
		{"a key of a table", "[keys]\nmouse = \"m\"\n", "mouse", "true", "mouse = true\n\n[keys]\nmouse = \"m\"\n"},
		{"what it is already", "mouse = true", "mouse", "true", "mouse = true"},
	} {
		folder := t.TempDir()
		path := write(t, folder, "config.toml", c.was)
		err := SetSetting(folder, "main", c.key, c.value)
		if got, _ := os.ReadFile(path); err != nil || string(got) != c.want {
			t.Errorf("%s: %q, %v", c.about, got, err)
		}
		if _, err := ReadSettings(folder, "main"); err != nil {
			t.Errorf("%s: %v", c.about, err)
		}
		if left, _ := os.ReadDir(folder); len(left) != 1 {
			t.Errorf("%s: files left: %v", c.about, left)
		}
	}
}

func TestSetSettingInWhichFile(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new", "tartan")
	if err := SetSetting(folder, "work", "mouse", "false"); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(folder); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("a new folder: %v, %v", info, err)
	}
	path := filepath.Join(folder, "config.toml")
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("a new file: %v, %v", info, err)
	}
	if err := os.Chmod(path, 0o640); err != nil {
		t.Fatal(err)
	}
	profile := write(t, folder, "profiles/work.toml", "theme = \"mono\"\n")
	for key, value := range map[string]string{"theme": "tartan", "mouse": "true"} {
		if err := SetSetting(folder, "work", key, value); err != nil {
			t.Fatal(err)
		}
	}
	for file, want := range map[string]string{path: "mouse = true\n", profile: "theme = \"tartan\"\n"} {
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", file, got, err)
		}
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is not kept: %v, %v", info, err)
	}
}

// TestSetSettingRefuses: the file stays as it was, and the sentence says why.
func TestSetSettingRefuses(t *testing.T) {
	for _, c := range []struct {
		about, was, key, value string
		mode                   os.FileMode
		says                   string
	}{
		{"read-only", "mouse = true\n", "mouse", "false", 0o400, "is read-only, so it stays as it was"},
		{"no TOML", "mouse = \n", "mouse", "false", 0o600, "is not in the form of TOML"},
		{"a table of one's own", "[theme]\nerror = \"red\"\n", "theme", "mono", 0o600, "theme stands in "},
		{"a long text", "theme = \"\"\"\nmono\"\"\"\n", "theme", "tartan", 0o600, "theme stands in "},
		{"a value that makes no sense", "mouse = true\n", "gains", "x", 0o600, "gains takes "},
		{"a setting there is not", "mouse = true\n", "mouses", "true", 0o600, "config.toml has mouses: did you mean mouse?"},
	} {
		folder := t.TempDir()
		path := write(t, folder, "config.toml", c.was)
		if err := os.Chmod(path, c.mode); err != nil {
			t.Fatal(err)
		}
		err := SetSetting(folder, "main", c.key, c.value)
		var told interface{ UserText() string }
		if !errors.As(err, &told) || !strings.Contains(told.UserText(), c.says) {
			t.Errorf("%s: %v", c.about, err)
		}
		if got, _ := os.ReadFile(path); string(got) != c.was {
			t.Errorf("%s: %q", c.about, got)
		}
	}
	blocked := filepath.Join(t.TempDir(), "file")
	write(t, filepath.Dir(blocked), "file", "")
	if err := SetSetting(filepath.Join(blocked, "tartan"), "main", "mouse", "true"); err == nil {
		t.Error("a folder that cannot be made is written to")
	}
}

// TestSetSettingMeanwhile: what another program has just written is not overwritten.
func TestSetSettingMeanwhile(t *testing.T) {
	folder := t.TempDir()
	path := write(t, folder, "config.toml", "mouse = true\n# new\n")
	err := configFiles(folder, "main")[0].replace("mouse = true\n", "mouse = false\n")
	if got, _ := os.ReadFile(path); err == nil || !strings.HasPrefix(err.Error(), "Another program has just written") || string(got) != "mouse = true\n# new\n" {
		t.Errorf("%q, %v", got, err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("files left: %v", left)
	}
}

// TestSetSettingThroughALink: a config file that is kept elsewhere stays there.
func TestSetSettingThroughALink(t *testing.T) {
	folder, elsewhere := t.TempDir(), t.TempDir()
	path := write(t, elsewhere, "dotfiles.toml", "mouse = true\n")
	if err := os.Symlink(path, filepath.Join(folder, "config.toml")); err != nil {
		t.Skip("no links here")
	}
	if err := SetSetting(folder, "main", "mouse", "false"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(path); string(got) != "mouse = false\n" {
		t.Errorf("%q", got)
	}
	if info, err := os.Lstat(filepath.Join(folder, "config.toml")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
}
