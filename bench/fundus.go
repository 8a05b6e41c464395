package bench

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
)

// The tests of Fundus (https://github.com/flairNLP/fundus, MIT) hold its parsers to
// pages of news: a folder a country, in it PUBLISHER.json with what is expected of
// each version of the publisher's parser, and PUBLISHER_DATE.html.gz, the pages.

// fundusGold is what Fundus expects of one version of a publisher's parser.
type fundusGold struct {
	Authors []string `json:"authors"`
	Body    *struct {
		Summary  []string `json:"summary"`
		Sections []struct {
			Headline   []string `json:"headline"`
			Paragraphs []string `json:"paragraphs"`
		} `json:"sections"`
	} `json:"body"`
	Published string `json:"publishing_date"`
	Title     string `json:"title"`
}

// paragraphs are those of the body, standfirsts and headings among them.
func (g *fundusGold) paragraphs() []string {
	if g.Body == nil {
		return nil
	}
	out := slices.Clone(g.Body.Summary)
	for _, s := range g.Body.Sections {
		out = append(append(out, s.Headline...), s.Paragraphs...)
	}
	return out
}

// fundusFiles are the files of publishers, in order.
func fundusFiles(dir string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no articles of Fundus: %w", dir, onrecord.ErrNotFound)
	}
	slices.Sort(files)
	return files, nil
}

// readFundus reads a publisher's file: its versions in order, with what is
// expected of each.
func readFundus(file string) (versions []string, gold map[string]fundusGold, err error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, fmt.Errorf("reading articles: %w", err)
	}
	if err := json.Unmarshal(content, &gold); err != nil {
		return nil, nil, fmt.Errorf("%s: %w: %w", file, err, onrecord.ErrInvalid)
	}
	return slices.Sorted(maps.Keys(gold)), gold, nil
}

// fundusPages are a publisher's pages, in order of their dates.
func fundusPages(file string) ([]string, error) {
	pages, err := filepath.Glob(strings.TrimSuffix(file, ".json") + "_[0-9]*.html.gz")
	slices.Sort(pages)
	return pages, err
}

// unzipped reads a compressed page.
func unzipped(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening a page: %w", err)
	}
	defer func() { _ = f.Close() }() // only read from
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", filepath.Base(file), err)
	}
	content, err := io.ReadAll(io.LimitReader(z, 16<<20))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", filepath.Base(file), err)
	}
	return content, nil
}
