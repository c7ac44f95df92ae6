package cli

import (
	"maps"
	"reflect"
	"testing"
)

// table is what a table of the config files holds: styles, or keys.
type table = map[string][]string

func TestReadLook(t *testing.T) {
	for _, c := range []struct {
		about           string
		config, profile string
		want            Settings
	}{
		{"nothing", "", "", Settings{Theme: "tartan", Gains: "sign only"}},
		{"by name", `theme = "mono"`, "", Settings{Theme: "mono", Gains: "sign only"}},
		{
			"all of it", "theme = \"high-contrast\"\ngains = \"blue and amber\"\nglyphs = \"ascii\"\nhide_amounts = true", "",
			Settings{Theme: "high-contrast", Gains: "blue and amber", Glyphs: "ascii", Hide: true},
		},
		{
			"a table", "[theme]\naccent = \"#7AA2c8 bold\"\nfaint = \"bright black\"\nstrong = \"underline  bright blue\"\ntext = \"default\"", "",
			Settings{Theme: "tartan", Gains: "sign only", Roles: table{
				"accent": {"#7AA2c8", "bold"}, "faint": {"8"}, "strong": {"underline", "12"}, "text": {},
			}},
		},
		{
			"a table with a name", "[theme]\nname = \"mono\"\nmoney_in = \"green\"\nmoney_out = \"faint\"", "",
			Settings{Theme: "mono", Gains: "sign only", Roles: table{"money_in": {"2"}, "money_out": {"faint"}}},
		},
		{"a name in place of a table", "[theme]\nerror = \"red\"", `theme = "mono"`, Settings{Theme: "mono", Gains: "sign only"}},
		{
			"a table in place of a name", `theme = "mono"`, "[theme]\nerror = \"white bold\"",
			Settings{Theme: "tartan", Gains: "sign only", Roles: table{"error": {"7", "bold"}}},
		},
		{
			"keys of both", "[keys]\nfilter = \"f\"\nactivity = \"2\"", "[keys]\nfilter = [\"/\", \"ctrl+f\"]",
			Settings{Theme: "tartan", Gains: "sign only", Keys: table{"filter": {"/", "ctrl+f"}, "activity": {"2"}}},
		},
	} {
		folder := t.TempDir()
		write(t, folder, "config.toml", c.config)
		write(t, folder, "profiles/work.toml", c.profile)
		s, err := ReadSettings(folder, "work")
		c.want.LockAfter, c.want.Mouse = s.LockAfter, s.Mouse
		if err != nil || !reflect.DeepEqual(s, c.want) {
			t.Errorf("%s: %+v, %v", c.about, s, err)
		}
	}
}

func TestPrepareLook(t *testing.T) {
	for _, c := range []struct {
		flags  Command
		config string
		env    []string
		ascii  bool
	}{
		{Command{}, "", nil, false},
		{Command{ASCII: true}, `glyphs = "unicode"`, []string{"LANG=C.UTF-8"}, true},
		{Command{}, `glyphs = "ascii"`, []string{"LANG=C.UTF-8"}, true},
		{Command{}, `glyphs = "unicode"`, []string{"TERM=dumb", "LANG=C"}, false},
		{Command{}, "", []string{"TERM=dumb", "LANG=C.UTF-8"}, true},
		{Command{}, "", []string{"LANG=C"}, true},
		{Command{}, "", []string{"LANG=de_DE.ISO-8859-1"}, true},
		{Command{}, "", []string{"LANG=de_DE@euro"}, true},
		{Command{}, "", []string{"LANG=en_GB.utf8"}, false},
		{Command{}, "", []string{"LC_CTYPE=UTF-8"}, false},
		{Command{}, "", []string{"LANG=C", "LC_CTYPE=en_GB.UTF-8"}, false},
		{Command{}, "", []string{"LC_ALL=POSIX", "LC_CTYPE=en_GB.UTF-8", "LANG=en_GB.UTF-8"}, true},
	} {
		folder := t.TempDir()
		write(t, folder, "config.toml", c.config)
		s, err := Prepare(c.flags, environment(append(c.env, "TARTAN_CONFIG_DIR="+folder)...), Places{"/data", "/config"})
		if err != nil || s.ASCII != c.ascii {
			t.Errorf("%+v, %s, %v: %t, %v", c.flags, c.config, c.env, s.ASCII, err)
		}
	}
}

// TestPrepareHide: a flag hides what the file shows, and nothing shows what the file hides. The title
// names no profile.
func TestPrepareHide(t *testing.T) {
	for _, flag := range []bool{false, true} {
		for config, hides := range map[string]bool{"": false, "hide_amounts = true": true} {
			folder := t.TempDir()
			write(t, folder, "config.toml", config)
			s, err := Prepare(Command{Hide: flag, NoColour: flag, Profile: "alimony"}, environment("TARTAN_CONFIG_DIR="+folder), Places{"/data", "/config"})
			if err != nil || s.Hide != (flag || hides) || s.NoColour != flag || s.Title != "tartan: practice bank" {
				t.Errorf("flag %t, %q: %+v, %v", flag, config, s, err)
			}
		}
	}
	s, err := Prepare(Command{}, environment("PLAID_CLIENT_ID=id", "PLAID_SECRET=s"), Places{"/data", t.TempDir()})
	if err != nil || s.Title != "tartan" {
		t.Errorf("title %q, %v", s.Title, err)
	}
}

// What the config files do not decide in this run is told with what does.
func TestGiven(t *testing.T) {
	for _, c := range []struct {
		command Command
		config  Settings
		env     map[string]string
		want    map[string]string
	}{
		{Command{}, Settings{}, nil, map[string]string{}},
		{Command{Hide: true, ASCII: true, NoColour: true}, Settings{}, nil, map[string]string{"hide_amounts": "--hide", "glyphs": "--ascii", "theme": "--no-color"}},
		{Command{}, Settings{}, map[string]string{"TERM": "dumb", "NO_COLOR": "1"}, map[string]string{"glyphs": "the terminal", "theme": "NO_COLOR"}},
		{Command{}, Settings{Glyphs: "unicode"}, map[string]string{"TERM": "dumb"}, map[string]string{}},
	} {
		got := given(c.command, c.config, func(name string) string { return c.env[name] })
		if !maps.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.command, got, c.want)
		}
	}
}
