package bench

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/onrecord/onrecord"
)

// line is what scoring needs of one document of the JSON contract.
type line struct {
	Document *struct {
		Path string  `json:"path"`
		URL  string  `json:"url"`
		Text *string `json:"text"`
	} `json:"document"`
	Statements []struct {
		Depth   int  `json:"depth"`
		Source  role `json:"source"`
		Cue     role `json:"cue"`
		Content role `json:"content"`
	} `json:"statements"`
}

type role struct {
	Spans [][2]int `json:"spans"`
}

func (r role) spans() ([]Span, error) {
	out := make([]Span, 0, len(r.Spans))
	for _, s := range r.Spans {
		if s[0] < 0 || s[1] < 0 {
			return nil, fmt.Errorf("span [%d, %d]: %w", s[0], s[1], onrecord.ErrInvalid)
		}
		out = append(out, Span{s[0], s[1]})
	}
	return out, nil
}

// ReadPredictions reads what `onrecord read --format jsonl` prints, one object a
// document, and returns its statements by document name: the last part of the
// path, else the URL, without ".txt". A document named twice counts as it stood
// last. Where the object carries the text and gold has the document, the two
// must be equal, since offsets could not be compared otherwise. Errors wrap
// [onrecord.ErrInvalid] and name the line.
func ReadPredictions(r io.Reader, gold *Gold) (map[string][]Prediction, error) {
	texts := make(map[string]string, len(gold.Documents))
	for _, d := range gold.Documents {
		texts[d.Name] = d.Text
	}
	out := map[string][]Prediction{}
	lines := bufio.NewReader(r)
	for n, more := 1, true; more; n++ {
		raw, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("read predictions: %w", err)
		}
		more = err == nil
		if len(bytes.TrimSpace(raw)) == 0 {
			continue
		}
		name, predictions, err := parsePrediction(raw, texts)
		if err != nil {
			return nil, fmt.Errorf("predictions, line %d: %w", n, err)
		}
		out[name] = predictions
	}
	return out, nil
}

func parsePrediction(raw []byte, texts map[string]string) (name string, _ []Prediction, _ error) {
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return "", nil, fmt.Errorf("%w: %w", onrecord.ErrInvalid, err)
	}
	if l.Document == nil {
		return "", nil, fmt.Errorf("no document: %w", onrecord.ErrInvalid)
	}
	name = l.Document.Path
	if name == "" {
		name = l.Document.URL
	}
	name = strings.TrimSuffix(name[strings.LastIndexByte(name, '/')+1:], ".txt")
	if want, ok := texts[name]; ok && l.Document.Text != nil && *l.Document.Text != want {
		return "", nil, fmt.Errorf("%s: the document's text is not the file's text, so offsets cannot be compared: %w", name, onrecord.ErrInvalid)
	}
	predictions := make([]Prediction, 0, len(l.Statements))
	for _, s := range l.Statements {
		source, err1 := s.Source.spans()
		cue, err2 := s.Cue.spans()
		content, err3 := s.Content.spans()
		if err := errors.Join(err1, err2, err3); err != nil {
			return "", nil, fmt.Errorf("%s: %w", name, err)
		}
		predictions = append(predictions, Prediction{s.Depth, Attribution{source, cue, content}})
	}
	return name, predictions, nil
}
