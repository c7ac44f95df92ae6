package cli

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"strings"
)

// Places are this system's folders for programs, which main knows.
type Places struct{ Data, Config string }

// Setup is all that is decided before the app opens.
type Setup struct {
	Server
	Settings
	Profile string // in small letters: "main"
	Config  string // the folder of the config files
	Dir     string // the folder that is this profile's and this server's alone; it may not exist yet
	Service string // keyring service: no two profiles and no two kinds of server share one

	ASCII    bool   // draw with nothing but ASCII
	NoColour bool   // whatever the environment says
	Title    string // of the window: nothing private

	// Given is what a flag or the environment decides in this run: what does, by the name of the
	// setting.
	Given map[string]string

	// Where a passphrase may come from without asking, beside PassphraseCommand; empty when nowhere.
	PassphraseFile, CredentialsDir string
}

// Prepare decides by the flags, then the environment, then the profile's config file, then
// config.toml. It reads the two files and changes nothing.
func Prepare(c Command, get func(string) string, system Places) (Setup, error) {
	server, err := ReadEnv(get, c.Practice)
	if err != nil {
		return Setup{}, err
	}
	profile := cmp.Or(c.Profile, mainProfile)
	if env := get("TARTAN_PROFILE"); c.Profile == "" && env != "" {
		if profile, err = profileName(env, "TARTAN_PROFILE"); err != nil {
			return Setup{}, err
		}
	}
	data, err := folder(get, "TARTAN_DATA_DIR", system.Data)
	if err != nil {
		return Setup{}, err
	}
	config, err := folder(get, "TARTAN_CONFIG_DIR", system.Config)
	if err != nil {
		return Setup{}, err
	}
	settings, err := ReadSettings(config, profile)
	if err != nil {
		return Setup{}, err
	}
	if profile != mainProfile {
		server.Name += ", " + profile
	}
	settings.Hide = settings.Hide || c.Hide
	title := "tartan"
	if server.Practice {
		title += ": practice bank"
	}
	return Setup{
		Given:  given(c, settings, get),
		Server: server, Settings: settings, Profile: profile, Config: config, NoColour: c.NoColour, Title: title,
		ASCII: c.ASCII || settings.Glyphs == ascii || settings.Glyphs == "" && plainText(get),
		Dir:   server.folder(data, profile), Service: server.service(profile),
		PassphraseFile: get("TARTAN_PASSPHRASE_FILE"), CredentialsDir: get("CREDENTIALS_DIRECTORY"),
	}, nil
}

// given tells which settings the config files do not decide in this run.
func given(c Command, s Settings, get func(string) string) map[string]string {
	all := map[string]string{}
	by := func(name, what string, does bool) {
		if does {
			all[name] = what
		}
	}
	by("glyphs", "the terminal", s.Glyphs == "" && plainText(get))
	by("glyphs", "--ascii", c.ASCII)
	by("hide_amounts", "--hide", c.Hide)
	by("theme", "NO_COLOR", get("NO_COLOR") != "")
	by("theme", "--no-color", c.NoColour)
	return all
}

// Save keeps a setting for the next start, as SetSetting does.
func (s Setup) Save(key, value string) error {
	return SetSetting(s.Config, s.Profile, key, value)
}

// plainText reports whether the environment speaks of a terminal that shows nothing but ASCII. An
// environment without a locale speaks of none.
func plainText(get func(string) string) bool {
	locale := cmp.Or(get("LC_ALL"), get("LC_CTYPE"), get("LANG"))
	utf8 := strings.Contains(strings.ReplaceAll(strings.ToLower(locale), "-", ""), "utf8")
	return get("TERM") == "dumb" || locale != "" && !utf8
}

const mainProfile = "main"

// profileName checks the name of a profile, which came from a flag or a variable. It names folders,
// files and keyring services, so it is made of little, and in small letters: some file systems do
// not tell large from small.
func profileName(name, from string) (string, error) {
	if name == "" || len(name) > 32 || !plain(name) {
		return "", wrong("%s takes a name of letters, digits, - and _, at most 32 of them.", from)
	}
	return strings.ToLower(name), nil
}

// plain reports whether a text has nothing but letters and digits of ASCII, - and _.
func plain(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return r != '-' && r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
}

// folder is the one that a variable names, or else tartan's in the system's place.
func folder(get func(string) string, variable, system string) (string, error) {
	path := get(variable)
	if path == "" {
		path = filepath.Join(system, "tartan")
	}
	if !filepath.IsAbs(path) {
		return "", wrong("%s must be a whole path, from the root on. tartan did not open.", variable)
	}
	return filepath.Clean(path), nil
}

// folder is where beneath root the data of this server and a profile lives. A server that is not
// its kind's own has a folder of its own, named by its address.
func (s Server) folder(root, profile string) string {
	name := s.kind.folder
	if s.Base != s.kind.home {
		sum := sha256.Sum256([]byte(s.Base))
		name += "-" + hex.EncodeToString(sum[:4])
	}
	return filepath.Join(root, name, profile)
}

// service is the keyring service of this kind of server and a profile. Servers of one kind share
// it: each entry names the server that it belongs to.
func (s Server) service(profile string) string {
	if profile == mainProfile {
		return s.kind.service
	}
	return s.kind.service + "@" + profile
}
