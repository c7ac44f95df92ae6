package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// FileFault is what is wrong with a file, sorted by what to do about it.
type FileFault uint8

// The faults of files.
const (
	Unwritable FileFault = iota // a change was refused
	Unreadable                  // it is there, but cannot be read
	DiskFull                    // no room, or the user's share is used up
	NotYours                    // a link, a device, or the property of another user
	NewerFile                   // written by a later tartan
	Busy                        // another tartan is the one that writes
	Outdated                    // another tartan has written since this one read
)

// Error is the fault in a few words, for logs and tests, and lets a FileFault be the target of errors.Is.
func (f FileFault) Error() string {
	switch f {
	case Unreadable:
		return "cannot be read"
	case DiskFull:
		return "disk full"
	case NotYours:
		return "not a file of this user"
	case NewerFile:
		return "written by a newer version"
	case Busy:
		return "another tartan writes"
	case Outdated:
		return "changed by another tartan"
	default:
		return "cannot be written"
	}
}

// FileError is a failure of a file in tartan's own folder.
type FileError struct {
	Fault FileFault
	Path  string
	Err   error // the system's own words; may be nil
}

// Error names the file, the fault, and the system's own words.
func (e *FileError) Error() string {
	s := e.Path + ": " + e.Fault.Error()
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// ExitCode is 11 for Busy and Outdated, 9 for the others (security.md).
func (e *FileError) ExitCode() int {
	if e.Fault == Busy || e.Fault == Outdated {
		return 11
	}
	return 9
}

// Unwrap gives the fault and the cause.
func (e *FileError) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Fault}
	}
	return []error{e.Fault, e.Err}
}

// UserText says in whole sentences what happened, what was kept, and what to do.
func (e *FileError) UserText() string {
	switch e.Fault {
	case Unreadable:
		return "The file " + e.Path + " cannot be read." + because(e.Err) + " Nothing was changed. Make it readable, then try again."
	case DiskFull:
		return "The disk is full. What was saved before is kept; this change is not saved. Make room on the disk of " +
			e.Path + ", then try again."
	case NotYours:
		return e.Path + " is not a file or folder of your own, or it is a link. It was not touched. Move it away, then start tartan again."
	case NewerFile:
		return "What is saved here was written by a newer tartan. It is left as it is, and nothing new is saved. Update tartan."
	case Busy:
		return "Another tartan is open; this one shows what is saved and changes nothing. Close the other one first."
	case Outdated:
		return "Another tartan has changed what is saved since this one read it; this one changes nothing. Start this one again."
	default:
		return "The file " + e.Path + " cannot be written." + because(e.Err) +
			" What was saved before is kept; this change is not saved. Make it writable, then try again."
	}
}

// because is the system's reason as a sentence, or nothing.
func because(err error) string {
	var reason syscall.Errno
	if !errors.As(err, &reason) {
		return ""
	}
	return " The system says: " + reason.Error() + "."
}

// writeError makes a FileError of a failed change; nil stays nil.
func writeError(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case full(err):
		return &FileError{DiskFull, path, cause(err)}
	}
	return &FileError{Unwritable, path, cause(err)}
}

// readError makes a FileError of a failed read; nil stays nil.
func readError(path string, err error) error {
	if err == nil {
		return nil
	}
	return &FileError{Unreadable, path, cause(err)}
}

// cause is err without the path that a FileError names already.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// userText is what people read of a failure.
func userText(err error) string {
	var words interface{ UserText() string }
	if errors.As(err, &words) {
		return words.UserText()
	}
	return "What is saved cannot be changed now. Nothing was lost. Start tartan again."
}
