package store

import (
	"encoding/binary"
	"encoding/json"

	"tartan/plaidapi"
)

// frontLimit is the most that is read of a front page.
const frontLimit = 64 << 20

// frontPage is what the first screen needs, so that it need not wait for the log: a sealed file
// beside it. It is a cache and yet vouches for the log: where the log is shorter than the front
// page says, something was lost. It is a file's header, then one frame: the size of the JSON, the
// JSON, and a Batch, if there is one.
type frontPage struct {
	header fileHeader // of the log it belongs to
	extent extent     // as far as the log went
	state  bookState
	newest *plaidapi.Batch
}

// frontSaved is the JSON of a frontPage.
type frontSaved struct {
	Header []byte
	Extent extent
	State  stateSaved
}

// seal makes a file of a front page.
func (p frontPage) seal(master []byte, home string) ([]byte, error) {
	text, err := json.Marshal(frontSaved{p.header[:], p.extent, p.state.save()})
	if err != nil {
		return nil, err
	}
	plain := append(binary.AppendUvarint(nil, uint64(len(text))), text...)
	if p.newest != nil {
		plain = appendBatch(plain, p.newest)
	}
	s := sealer{master, frontInfo, newHeader(frontMagic), home}
	frame, err := s.seal(0, plain)
	return append(s.header[:], frame...), err
}

// openFront reads a front page, or gives nil for what is none.
func openFront(file, master []byte, home string) *frontPage {
	if len(file) < headerSize {
		return nil
	}
	s := sealer{master: master, info: frontInfo, header: fileHeader(file[:headerSize]), home: home}
	if s.header.check(frontMagic) != nil {
		return nil
	}
	plain, err := s.open(0, file[headerSize:])
	if err != nil {
		return nil
	}
	r := reader{left: plain}
	var saved frontSaved
	if json.Unmarshal(r.sized(), &saved) != nil || r.bad || len(saved.Header) != headerSize {
		return nil
	}
	p := &frontPage{header: fileHeader(saved.Header), extent: saved.Extent}
	if p.state, err = saved.State.state(); err != nil {
		return nil
	}
	if len(r.left) > 0 {
		if p.newest, err = readBatch(r.left); err != nil {
			return nil
		}
	}
	return p
}
