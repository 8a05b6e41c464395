package sqlite

import (
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/klauspost/compress/zstd"

	"github.com/onrecord/onrecord"
)

// shapes is JSON as findings have it. Frames of small JSON refer to it instead of
// spelling out the same keys each time, which leaves a third of their size. What
// is kept needs exactly these bytes to be read again: the file never changes; a
// better one would be added beside it under another number.
//
//go:embed shapes.v1.json
var shapes []byte

const shapesID = 1

// maxUnpacked bounds what a damaged or forged frame may blow up to, in bytes.
const maxUnpacked = 1 << 30

var (
	packer = must(zstd.NewWriter(nil, zstd.WithEncoderCRC(true), zstd.WithEncoderConcurrency(2)))
	shaper = must(zstd.NewWriter(nil, zstd.WithEncoderCRC(true), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(2), zstd.WithEncoderDictRaw(shapesID, shapes)))
	opener = must(zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxUnpacked), zstd.WithDecoderConcurrency(0), zstd.WithDecoderDictRaw(shapesID, shapes)))
)

// must is for settings that are constants: tests meet a wrong one at once.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// pack compresses bytes to a zstd frame with a checksum.
func pack[T ~[]byte | ~string](content T) []byte {
	return packer.EncodeAll([]byte(content), nil)
}

// unpack is what pack took. Errors wrap [onrecord.ErrDamaged].
func unpack(frame []byte) ([]byte, error) {
	content, err := opener.DecodeAll(frame, nil)
	if err != nil {
		return nil, fmt.Errorf("unpack: %w: %w", onrecord.ErrDamaged, err)
	}
	return content, nil
}

// packJSON compresses small JSON.
func packJSON(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("pack: %w", err)
	}
	return shaper.EncodeAll(plain, nil), nil
}

// unpackJSON fills v. Errors wrap [onrecord.ErrDamaged].
func unpackJSON(frame []byte, v any) error {
	plain, err := unpack(frame)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(plain, v); err != nil {
		return fmt.Errorf("unpack: %w: %w", onrecord.ErrDamaged, err)
	}
	return nil
}
