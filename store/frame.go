package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
)

// logVersion is the form of the files written here. Later ones are left alone.
const logVersion = 1

// The headers of files and frames never change their shape, whatever the version.
const (
	headerSize = 64 // magic 24, version 4, salt 32, check value 4
	saltPlace  = 28
	frameHead  = 24 // length of what follows 4, check value of length and salt 4, salt 16
	tagSize    = 16
)

// What a file's header begins with, and what its keys are derived for.
const (
	logMagic, logInfo     = "tartan log\n", "tartan log 1"
	frontMagic, frontInfo = "tartan front\n", "tartan front 1"
)

// errDamaged reports bytes that are not as tartan wrote them.
var errDamaged = errors.New("store: not as it was written")

// fileHeader is the first bytes of a sealed file.
type fileHeader [headerSize]byte

// newHeader is the header of a new file: its salt is random.
func newHeader(magic string) fileHeader {
	var h fileHeader
	_, _ = rand.Read(h[saltPlace : saltPlace+32]) // never fails
	return h.rebuilt(magic)
}

// rebuilt is the header that belongs to the salt of h.
func (h fileHeader) rebuilt(magic string) fileHeader {
	clear(h[:saltPlace])
	copy(h[:], magic)
	binary.BigEndian.PutUint32(h[24:], logVersion)
	binary.BigEndian.PutUint32(h[60:], crc32.ChecksumIEEE(h[:60]))
	return h
}

// check fails with errDamaged, or with NewerFile for a later version.
func (h fileHeader) check(magic string) error {
	whole := crc32.ChecksumIEEE(h[:60]) == binary.BigEndian.Uint32(h[60:])
	named := bytes.Equal(bytes.TrimRight(h[:24], "\x00"), []byte(magic))
	switch version := binary.BigEndian.Uint32(h[24:]); {
	case !whole || !named || version == 0:
		return errDamaged
	case version > logVersion:
		return NewerFile
	}
	return nil
}

// sealer seals and opens the frames of one file: nobody reads, changes, moves or swaps them.
type sealer struct {
	master []byte
	info   string
	header fileHeader
	home   string // the server that all of it belongs to
}

// bind gives the cipher for one frame, its nonce, and what is authenticated besides its text.
func (s *sealer) bind(number uint64, salt []byte) (aead cipher.AEAD, nonce, data []byte, err error) {
	both := append(bytes.Clone(s.header[saltPlace:saltPlace+32]), salt...)
	key, err := hkdf.Key(sha256.New, s.master, both, s.info, 32)
	if err != nil {
		return nil, nil, nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, nil, nil, err
	}
	if aead, err = cipher.NewGCM(block); err != nil {
		return nil, nil, nil, err
	}
	nonce = binary.BigEndian.AppendUint64(make([]byte, 4, 12), number)
	data = append(bytes.Clone(s.header[:]), s.home...)
	return aead, nonce, binary.BigEndian.AppendUint64(data, number), nil
}

// seal makes the frame of that number.
func (s *sealer) seal(number uint64, plain []byte) ([]byte, error) {
	if len(plain) > math.MaxInt32-frameHead-tagSize {
		return nil, errors.New("store: too much for one frame")
	}
	frame := make([]byte, frameHead, frameHead+len(plain)+tagSize)
	binary.BigEndian.PutUint32(frame, uint32(len(plain)+tagSize))
	salt := frame[8:frameHead]
	_, _ = rand.Read(salt) // never fails
	binary.BigEndian.PutUint32(frame[4:], frameCheck(frame))
	aead, nonce, data, err := s.bind(number, salt)
	if err != nil {
		return nil, err
	}
	return aead.Seal(frame, nonce, plain, data), nil
}

// open gives the text of a whole frame, decrypted in its place. What is not authentic, or stands
// under another number, is errDamaged.
func (s *sealer) open(number uint64, frame []byte) ([]byte, error) {
	if size, err := frameSize(frame); err != nil || size != int64(len(frame)) {
		return nil, errDamaged
	}
	aead, nonce, data, err := s.bind(number, frame[8:frameHead])
	if err != nil {
		return nil, err
	}
	sealed := frame[frameHead:]
	plain, err := aead.Open(sealed[:0], nonce, sealed, data)
	if err != nil {
		return nil, errDamaged
	}
	return plain, nil
}

// frameSize is how long a frame is with its header, which is the beginning of head.
func frameSize(head []byte) (int64, error) {
	if len(head) < frameHead || frameCheck(head) != binary.BigEndian.Uint32(head[4:]) {
		return 0, errDamaged
	}
	length := binary.BigEndian.Uint32(head)
	if length < tagSize || length > math.MaxInt32-frameHead {
		return 0, errDamaged
	}
	return frameHead + int64(length), nil
}

// frameCheck tells a damaged length from one that is true, so that damage is not taken for the end
// of the file.
func frameCheck(head []byte) uint32 {
	return crc32.Update(crc32.ChecksumIEEE(head[:4]), crc32.IEEETable, head[8:frameHead])
}
