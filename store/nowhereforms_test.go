package store_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// canaries are known secrets, by what they are.
type canaries map[string]string

// forms are the ways in which a secret may stand in a file or a text without being seen at once.
func forms(secret string) map[string]string {
	raw := []byte(secret)
	all := map[string]string{
		"clear": secret, "hex": hex.EncodeToString(raw), "upper hex": strings.ToUpper(hex.EncodeToString(raw)),
		"query": url.QueryEscape(secret), "path": url.PathEscape(secret),
	}
	for name, html := range map[string]bool{"JSON": false, "JSON for HTML": true} {
		var quoted bytes.Buffer
		e := json.NewEncoder(&quoted)
		e.SetEscapeHTML(html)
		_ = e.Encode(secret) // a string never fails
		all[name] = strings.Trim(quoted.String(), "\"\n")
	}
	// Padding stands behind what depends on the secret alone, so it makes no form of its own.
	for name, encoding := range map[string]*base64.Encoding{"base64": base64.RawStdEncoding, "base64 for URLs": base64.RawURLEncoding} {
		for before := range 3 {
			text := encoding.EncodeToString(append(make([]byte, before), raw...))
			all[fmt.Sprint(name, " after ", before)] = text[(before*8+5)/6 : (before+len(raw))*8/6]
		}
	}
	return all
}

// find names each secret that stands in a text, and how.
func (c canaries) find(text []byte) (found []string) {
	for name, secret := range c {
		for form, look := range forms(secret) {
			if bytes.Contains(text, []byte(look)) {
				found = append(found, name+" in "+form)
			}
		}
	}
	return found
}

// search looks into all files below a folder, and at their names.
func (c canaries) search(t *testing.T, dir string) (found []string, files int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		text := []byte(path + "\n")
		if entry.Type().IsRegular() {
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			files++
			text = append(text, content...)
		}
		for _, what := range c.find(text) {
			found = append(found, filepath.Base(path)+": "+what)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found, files
}

// What is planted is found, in every form and at every place in a base64 text.
func TestPlantedSecretsAreFound(t *testing.T) {
	c := canaries{"secret": "pass \"wörd\" <&> +/= 5309"}
	secret := c["secret"]
	quoted, err := json.Marshal(secret)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(strings.NewReplacer("<", "", "&", "", ">", "").Replace(secret))
	if err != nil || len((canaries{"secret": "pass \"wörd\"  +/= 5309"}).find(plain)) == 0 {
		t.Errorf("%s is not found, %v", plain, err)
	}
	planted := []string{
		secret, string(quoted), fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret),
		url.Values{"p": {secret}}.Encode(), (&url.URL{Path: "/" + url.PathEscape(secret)}).Path,
	}
	for before := range 4 {
		for after := range 4 {
			all := []byte(strings.Repeat("ÿ", before) + secret + strings.Repeat("ÿ", after) + "a")[before:]
			for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
				planted = append(planted, encoding.EncodeToString(all))
			}
		}
	}
	for _, text := range planted {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "log"), []byte("\x00before"+text+"after"), 0o600); err != nil {
			t.Fatal(err)
		}
		if found, files := c.search(t, dir); len(found) == 0 || files != 1 {
			t.Errorf("%q is not found", text)
		}
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "x"+hex.EncodeToString([]byte(secret))), 0o700); err != nil {
		t.Fatal(err)
	}
	if found, _ := c.search(t, dir); len(found) == 0 {
		t.Error("the name of a folder is not looked at")
	}
	if found := c.find([]byte("pass word 5309")); len(found) != 0 {
		t.Errorf("found %q where it is not", found)
	}
}
