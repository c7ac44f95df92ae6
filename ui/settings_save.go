package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// settings are what the settings screen shows and changes beyond how things look.
type settings struct {
	save     func(name, value string) error // nil: changes hold for this run
	given    map[string]string              // what decides a setting in this run, by its name
	requests *RequestLog
	version  string
}

// saver writes settings to the config file one after the other, as they were changed.
type saver struct {
	call    task[struct{}]
	waiting []written
}

// written is a setting as it stands in the config file.
type written struct{ name, value string }

// keep saves a setting once those before it are. Of one setting only the last value is worth saving.
func (v *saver) keep(e *env, name, value string) tea.Cmd {
	delete(e.settings.given, name)
	if e.settings.save == nil {
		return nil
	}
	for i := range v.waiting {
		if v.waiting[i].name == name {
			v.waiting[i].value = value
			return nil
		}
	}
	v.waiting = append(v.waiting, written{name, value})
	return v.next(e)
}

// next saves the first setting that waits, unless one is being saved.
func (v *saver) next(e *env) tea.Cmd {
	if len(v.waiting) == 0 || v.call.running() {
		return nil
	}
	first, save := v.waiting[0], e.settings.save
	v.waiting = v.waiting[1:]
	return v.call.start(e.ctx, func(context.Context) (struct{}, error) {
		return struct{}{}, save(first.name, first.value)
	})
}

// saved says so where a setting could not be.
func saved(err error) nav {
	if err == nil {
		return nav{}
	}
	return said(sentence(err, "The config file could not be written.") + " This holds for now.")
}
