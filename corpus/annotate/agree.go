package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/bench"
	"github.com/onrecord/onrecord/corpus"
)

// agree prints how far two folders of annotations agree, over the documents both
// have: the figures of bench with the first as gold, then field by field.
func (p *program) agree(dirs []string) error {
	if len(dirs) != 2 {
		return fmt.Errorf("want two folders of annotations: %w", onrecord.ErrInvalid)
	}
	list, err := ids(nil, dirs[0], ".jsonl")
	if err != nil {
		return err
	}
	var readings []bench.Reading
	for _, id := range list {
		if _, err := os.Stat(filepath.Join(dirs[1], corpus.FileName(id, ".jsonl"))); err != nil {
			continue
		}
		d, a, err := p.annotation(dirs[0], id)
		if err != nil {
			return err
		}
		_, b, err := p.annotation(dirs[1], id)
		if err != nil {
			return err
		}
		readings = append(readings, bench.Reading{Document: d, A: a, B: b})
	}
	if len(readings) == 0 {
		return fmt.Errorf("documents in both folders: %w", onrecord.ErrNotFound)
	}
	agreement := bench.Agree(readings)
	for _, m := range agreement.Errors(p.errors) {
		if _, err := m.WriteTo(p.stdout); err != nil {
			return err
		}
	}
	_, err = agreement.WriteTo(p.stdout)
	return err
}
