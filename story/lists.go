package story

import (
	_ "embed"
	"slices"
	"strings"
)

// stopsFile are words that tell no story.
//
//go:embed stops.txt
var stopsFile string

// boilerFile are the beginnings of paragraphs that belong to the page, not the article.
//
//go:embed boilerplate.txt
var boilerFile string

var (
	stops  = readStops(stopsFile)
	boiler = readBoiler(boilerFile)
)

// stopList is the stop words of the languages that share a list.
type stopList struct {
	languages []string
	words     map[uint64]bool
}

func readStops(file string) []stopList {
	var out []stopList
	for _, line := range entries(file) {
		if codes, ok := strings.CutPrefix(line, "["); ok {
			out = append(out, stopList{languages: strings.Fields(strings.TrimSuffix(codes, "]")), words: map[uint64]bool{}})
			continue
		}
		for w := range strings.FieldsSeq(line) {
			out[len(out)-1].words[hashOf(w)] = true
		}
	}
	return out
}

// markStops marks the words that tell no story in the language of the text. A
// language that is not known is the one whose stop words are most of the text.
func markStops(words []word, language string) {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	best := -1
	for i := range stops {
		if slices.Contains(stops[i].languages, base) {
			best = i
		}
	}
	known, most := best >= 0, 0
	for i := 0; !known && i < len(stops); i++ {
		hits := 0
		for _, w := range words[:min(len(words), 300)] {
			if stops[i].words[w.hash] {
				hits++
			}
		}
		if hits > most {
			best, most = i, hits
		}
	}
	if best < 0 {
		return
	}
	for i := range words {
		words[i].stop = stops[best].words[words[i].hash]
	}
}

// phrase is the hashes of a phrase's words, under that of its first.
type phrase []uint64

func readBoiler(file string) map[uint64][]phrase {
	out := map[uint64][]phrase{}
	for _, line := range entries(file) {
		var p phrase
		for _, w := range wordsOf(nil, line) {
			p = append(p, w.hash)
		}
		out[p[0]] = append(out[p[0]], p)
	}
	return out
}

func entries(file string) []string {
	var out []string
	for line := range strings.Lines(file) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

// boilerplate reports whether a paragraph belongs to the page: it is short and begins
// with a phrase of the list.
func boilerplate(words []word) bool {
	if len(words) > 60 {
		return false
	}
	for from := range min(2, len(words)) { // "(c) 2024 Copyright", "© Copyright": one word may stand before
		for _, p := range boiler[words[from].hash] {
			if begins(words[from:], p) {
				return true
			}
		}
	}
	return false
}

func begins(words []word, p phrase) bool {
	if len(words) < len(p) {
		return false
	}
	for i, h := range p {
		if words[i].hash != h {
			return false
		}
	}
	return true
}
