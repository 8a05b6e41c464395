package corpus

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
)

//go:embed documents.tsv
var documentData string

// Listed is one document of the corpus as documents.tsv names it.
type Listed struct {
	ID, Treebank, Split, Genre string
	Words                      int // tokens that are no punctuation
	Hash                       onrecord.Hash
}

// Documents are those of the corpus, in the list's order.
func Documents() ([]Listed, error) {
	var out []Listed
	lines := bufio.NewScanner(strings.NewReader(documentData))
	for n := 1; lines.Scan(); n++ {
		if lines.Text() == "" || lines.Text()[0] == '#' {
			continue
		}
		f := strings.Split(lines.Text(), "\t")
		if len(f) != 6 {
			return nil, fmt.Errorf("documents.tsv, line %d: %d columns, not 6: %w", n, len(f), onrecord.ErrInvalid)
		}
		words, err := strconv.Atoi(f[4])
		if err != nil {
			return nil, fmt.Errorf("documents.tsv, line %d: %w: %w", n, onrecord.ErrInvalid, err)
		}
		hash, err := onrecord.ParseHash(f[5])
		if err != nil {
			return nil, fmt.Errorf("documents.tsv, line %d: %w", n, err)
		}
		out = append(out, Listed{f[0], f[1], f[2], f[3], words, hash})
	}
	return out, nil
}

// ewtDocuments is how many documents EWT gives: its weblogs, and newsgroup
// documents beside them.
const ewtDocuments = 60

// newsVerbs are those a report of what others say cannot do without. The choice
// of newsgroup documents counts them.
var newsVerbs = []string{"say", "tell", "report", "announce", "claim", "state", "warn", "accuse", "deny", "declare", "argue", "urge", "accord", "demand", "criticize"}

// Choose names the corpus's documents by rule: every document of GUM's news,
// interview, speech, court and bio; every weblog of EWT; and of EWT's newsgroup
// documents with 100 words or more those with most news verbs for each hundred
// words, until EWT has 60. Order: treebank, then ID.
func Choose(t *Treebanks) ([]Listed, error) {
	var chosen, newsgroups []Listed
	density := map[string]float64{}
	for _, id := range t.IDs() {
		g := genre(id)
		if !slices.Contains([]string{"news", "interview", "speech", "court", "bio", "weblog", "newsgroup"}, g) {
			continue
		}
		d, err := t.Document(id)
		if err != nil {
			return nil, err
		}
		l := Listed{ID: id, Treebank: d.Treebank, Split: d.Split, Genre: g, Hash: d.Hash()}
		verbs := 0
		for _, w := range d.Words.Tokens {
			if w.UPOS != "PUNCT" {
				l.Words++
			}
			if w.UPOS == "VERB" && slices.Contains(newsVerbs, w.Lemma) {
				verbs++
			}
		}
		if g != "newsgroup" {
			chosen = append(chosen, l)
		} else if l.Words >= 100 {
			newsgroups = append(newsgroups, l)
			density[id] = float64(verbs) / float64(l.Words)
		}
	}
	slices.SortFunc(newsgroups, func(a, b Listed) int {
		if x, y := density[a.ID], density[b.ID]; x != y {
			if x > y {
				return -1
			}
			return 1
		}
		return strings.Compare(a.ID, b.ID)
	})
	weblogs := 0
	for _, l := range chosen {
		if l.Genre == "weblog" {
			weblogs++
		}
	}
	chosen = append(chosen, newsgroups[:min(len(newsgroups), max(0, ewtDocuments-weblogs))]...)
	slices.SortFunc(chosen, func(a, b Listed) int {
		if a.Treebank != b.Treebank {
			return strings.Compare(b.Treebank, a.Treebank) // GUM first
		}
		return strings.Compare(a.ID, b.ID)
	})
	return chosen, nil
}

// WriteList writes documents.tsv.
func WriteList(w io.Writer, list []Listed) error {
	_, err := fmt.Fprint(w, `# The corpus's documents: ID, treebank, part, genre, words without punctuation, hash of the text.
# Source: UD English-GUM (Amir Zeldes and others) and UD English-EWT (Natalie Silveira and others), official parts;
#   chosen by the rule of corpus.Choose. Names and counts only, no text.
# Licence: CC BY 4.0, with the corpus.
# To regenerate: go run ./corpus/annotate choose > documents.tsv in a copy, with ONRECORD_SHARED set.
`)
	for _, l := range list {
		if _, err = fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\n", l.ID, l.Treebank, l.Split, l.Genre, l.Words, l.Hash); err != nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("write the list of documents: %w", err)
	}
	return nil
}
