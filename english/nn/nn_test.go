package nn

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// toy is a model of the smallest shape with weights that are noise: it knows
// nothing, but everything that must hold whatever the weights are holds for it.
func toy(t testing.TB) *File {
	t.Helper()
	c := Config{Word: 32, Sub: 32, Vec: 32, Buckets: 64, Hidden: 32, Arc: 32, Label: 32, Tag: 32, Name: 32}
	f := &File{
		Config: c, Words: []string{"the", "said"}, Tags: []string{"NOUN NN", "VERB VBD", "PUNCT ."},
		Relations: []string{"nsubj", "root", "obj"}, Scripts: []string{"l0", "k0", "l1", "l3y"},
		Lexicon: NewLexicon([]string{"the", "minister"}, []int{0, 1}), About: map[string]string{"made": "of noise"},
	}
	add := func(name string, rows, cols int, s Storage) {
		f.Tensors = append(f.Tensors, &Tensor{name, rows, cols, s, noise(uint64(len(f.Tensors))+9, rows*cols, 0.4)})
	}
	add("word", len(f.Words)+1, c.Word, Int8)
	add("sub", c.Buckets, c.Sub, Int8)
	add("vec", 2, c.Vec, Int8)
	for _, l := range []struct {
		name string
		in   int
	}{{"lower", c.In()}, {"upper", 2 * c.Hidden}} {
		add(l.name+".w", l.in, 8*c.Hidden, Float16)
		add(l.name+".b", 1, 8*c.Hidden, Float32)
		add(l.name+".forward", c.Hidden, 4*c.Hidden, Float16)
		add(l.name+".backward", c.Hidden, 4*c.Hidden, Float16)
	}
	add("heads.y", 2*c.Hidden, c.Heads(), Float16)
	add("heads.x", c.In(), c.Tag+c.Name, Float16)
	add("heads.b", 1, c.Heads(), Float32)
	add("arc.w", c.Arc, c.Arc, Float16)
	add("arc.b", 1, c.Arc, Float32)
	add("arc.root", 1, c.Arc, Float32)
	add("label.root", 1, c.Label, Float32)
	for _, h := range []struct {
		name    string
		in, out int
	}{{"label", c.Label, len(f.Relations)}, {"tag", c.Tag, len(f.Tags)}, {"lemma", c.Tag, len(f.Scripts)}, {"name", c.Name, NameTags}} {
		add(h.name+".w", h.in, h.out, Float16)
		add(h.name+".b", 1, h.out, Float32)
	}
	add("crf", NameTags+2, NameTags, Float32)
	return f
}

func toyModel(t testing.TB) *Model {
	t.Helper()
	b, err := toy(t).Encode()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Load(b)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// someSentences are sentences of random words, of very different lengths.
func someSentences(r *rand.Rand, n int) [][]string {
	words := strings.Fields("the The minister said that it , “ rains ” in Oslo-on-Sea 1,234 n't . ÅÉ x 東京 http://example.org/" + strings.Repeat("y", 90))
	all := make([][]string, n)
	for i := range all {
		for range r.IntN(40) {
			all[i] = append(all[i], words[r.IntN(len(words))])
		}
	}
	return all
}

// whole complains unless s is one tree with names in order over n words.
func whole(s Sentence, n int) error {
	if len(s.Tokens) != n {
		return fmt.Errorf("%d tokens for %d words", len(s.Tokens), n)
	}
	heads := make([]int, n)
	for i, t := range s.Tokens {
		if heads[i] = t.Head; t.Head == i {
			heads[i] = -1
		}
		if (t.Relation == "root") != (t.Head == i) {
			return fmt.Errorf("word %d: relation %q, head %d", i, t.Relation, t.Head)
		}
		if t.Lemma == "" || t.UPOS == "" || t.XPOS == "" || !(t.Confidence > 0 && t.Confidence <= 1.0001) {
			return fmt.Errorf("word %d: %+v", i, t)
		}
	}
	if n > 0 && !oneTree(heads) {
		return fmt.Errorf("heads %v are not one tree", heads)
	}
	at := 0
	for _, name := range s.Names {
		if name.First < at || name.Last <= name.First || name.Last > n || !(name.Confidence >= 0 && name.Confidence <= 1.0001) {
			return fmt.Errorf("name %+v after %d of %d words", name, at, n)
		}
		at = name.Last
	}
	return nil
}

func TestEverySentenceIsOneTreeWithNamesInOrder(t *testing.T) {
	m := toyModel(t)
	all := someSentences(rand.New(rand.NewPCG(1, 1)), 200)
	all[7] = slices.Repeat([]string{"and", "the"}, 600) // longer than a piece
	out := make([]Sentence, len(all))
	m.Tag(all, out)
	for i, s := range out {
		if err := whole(s, len(all[i])); err != nil {
			t.Errorf("sentence %d: %v", i, err)
		}
	}
	if out[7].Pieces != 3 || out[8].Pieces != 1 {
		t.Errorf("1,200 words in %d pieces, want 3; few words in %d, want 1", out[7].Pieces, out[8].Pieces)
	}
}

func TestASentenceDoesNotDependOnItsNeighbours(t *testing.T) {
	m := toyModel(t)
	all := someSentences(rand.New(rand.NewPCG(2, 2)), 120)
	together, alone := make([]Sentence, len(all)), make([]Sentence, 1)
	m.Tag(all, together)
	for i := range all {
		m.Tag(all[i:i+1], alone)
		if !slices.Equal(alone[0].Tokens, together[i].Tokens) || !slices.Equal(alone[0].Names, together[i].Names) {
			t.Fatalf("sentence %d alone: %+v, among others: %+v", i, alone[0], together[i])
		}
	}
}

func TestManyGoroutinesShareAModel(t *testing.T) {
	m := toyModel(t)
	all := someSentences(rand.New(rand.NewPCG(3, 3)), 40)
	want := make([]Sentence, len(all))
	m.Tag(all, want)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			out := make([]Sentence, len(all))
			for range 3 {
				m.Tag(all, out)
				for i := range out {
					if !slices.Equal(out[i].Tokens, want[i].Tokens) || !slices.Equal(out[i].Names, want[i].Names) {
						t.Errorf("sentence %d differs", i)
						return
					}
				}
			}
		})
	}
	group.Wait()
}

// Kernels may differ in the last bits, so in a decision between two that are as
// good, never in many.
func TestKernelsDecideAlike(t *testing.T) {
	m := toyModel(t)
	all := someSentences(rand.New(rand.NewPCG(4, 4)), 300)
	before := Kernels()
	defer Use(before)
	want := make([]Sentence, len(all))
	m.Tag(all, want)
	for _, name := range Available() {
		Use(name)
		got := make([]Sentence, len(all))
		toyModel(t).Tag(all, got) // one that remembers nothing of other kernels
		words, other := 0, 0
		for i := range all {
			for j, a := range got[i].Tokens {
				b := want[i].Tokens[j]
				words++
				if a.Head != b.Head || a.UPOS != b.UPOS || a.Relation != b.Relation || a.Lemma != b.Lemma {
					other++
				}
			}
		}
		// Noise leaves many ties; a trained model has few.
		if other*500 > words {
			t.Errorf("%s and %s differ in %d of %d words", name, before, other, words)
		}
	}
}

func TestLoadRefusesWhatIsNoModel(t *testing.T) {
	good, err := toy(t).Encode()
	if err != nil {
		t.Fatal(err)
	}
	flipped := slices.Clone(good)
	flipped[len(flipped)/2] ^= 1
	without := toy(t)
	without.Tensors = without.Tensors[1:]
	missing, _ := without.Encode()
	odd := toy(t)
	odd.Config.Hidden = 33
	oddly, _ := odd.Encode()
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("It rains in Oslo, the minister said."), "cut": good[:len(good)-9],
		"flipped": flipped, "a tensor missing": missing, "a width that fits no register": oddly,
	} {
		if _, err := Load(data); !errors.Is(err, ErrModel) {
			t.Errorf("%s: error %v, want ErrModel", name, err)
		}
	}
}

// Whatever the bytes, Load returns a model that works or an error.
func FuzzLoad(f *testing.F) {
	good, err := toy(f).Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good[:len(good)-4])
	f.Add([]byte(magic))
	header := []byte(`{"Config":{"Word":4096,"Sub":4096,"Vec":4096,"Buckets":9,"Hidden":4096,"Arc":32,"Label":32,"Tag":32,"Name":32},` +
		`"Tags":["X Y"],"Relations":["a","root"],"Scripts":["l0"],"Tensors":[null]}`)
	f.Add(append(append([]byte(magic), byte(len(header)), byte(len(header)>>8), 0, 0), header...))
	f.Fuzz(func(t *testing.T, body []byte) {
		// The right sum at the end, or nothing past it would be tried.
		data := binary.LittleEndian.AppendUint32(slices.Clone(body), crc32.ChecksumIEEE(body))
		m, err := Load(data)
		if err != nil {
			if !errors.Is(err, ErrModel) {
				t.Fatalf("error %v does not wrap ErrModel", err)
			}
			return
		}
		out := make([]Sentence, 1)
		m.Tag([][]string{{"It", "rains", "."}}, out)
	})
}

// Whatever the words, the sentence comes out as one tree.
func FuzzTag(f *testing.F) {
	m := toyModel(f)
	f.Add("The minister said it rains .")
	f.Add("\xff\xfe ́ ")
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Split(text, " ")
		if slices.Contains(words, "") {
			return // there are no empty words
		}
		out := make([]Sentence, 1)
		m.Tag([][]string{words}, out)
		if err := whole(out[0], len(words)); err != nil {
			t.Fatal(err)
		}
	})
}
