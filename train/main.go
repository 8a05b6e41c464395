// Command train makes the model of package english/nn from open treebanks and lists
// of names: fixed seeds, two goroutines, resumable. See README.md for the corpora.
//
//	go run ./train -data DIR -vectors FILE -work DIR -out english/model/english.bin
//	go run ./train -data DIR -measure english/model/english.bin
package main

import (
	"flag"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/onrecord/onrecord/english/lists"
	"github.com/onrecord/onrecord/english/nn"
)

type options struct {
	data, silver, vectors string
	out, work             string
	measure               string
	epochs, stop, batch   int
	rate                  float64
	seed                  uint64
	limit, hidden         int
}

func main() {
	log.SetFlags(log.Ltime)
	var o options
	flag.StringVar(&o.data, "data", "", "folder of the corpora")
	flag.StringVar(&o.silver, "silver", "", "folder of sentences labelled by a teacher; see teacher/README.md")
	flag.StringVar(&o.vectors, "vectors", "", "fixed word vectors, as vectors.py writes them")
	flag.StringVar(&o.out, "out", "", "model file to write")
	flag.StringVar(&o.work, "work", "", "folder for checkpoints, from which training goes on")
	flag.StringVar(&o.measure, "measure", "", "train nothing, but measure this model file")
	flag.IntVar(&o.epochs, "epochs", 40, "times every sentence is seen")
	flag.IntVar(&o.stop, "stop", 0, "stop after this epoch, to go on later; 0 is the last")
	flag.IntVar(&o.batch, "batch", 1400, "words in a batch")
	flag.Float64Var(&o.rate, "rate", 2e-3, "learning rate at its highest")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of everything random")
	flag.IntVar(&o.limit, "limit", 0, "use only so many sentences, to try things out")
	flag.IntVar(&o.hidden, "hidden", 192, "units of an LSTM layer, one way")
	flag.Parse()
	if err := run(o); err != nil {
		log.Fatal(err)
	}
}

func run(o options) error {
	c, err := readAll(o.data, o.silver)
	if err != nil {
		return err
	}
	if o.measure != "" {
		b, err := os.ReadFile(o.measure)
		if err != nil {
			return fmt.Errorf("measure a model: %w", err)
		}
		return c.measure(b, "")
	}
	if o.limit > 0 && o.limit < len(c.train) {
		step := len(c.train) / o.limit
		var some []*example
		for i := 0; i < len(c.train); i += step {
			some = append(some, c.train[i])
		}
		c.train = some
	}
	config := nn.Config{
		Word: 96, Sub: 96, Vec: 128, Buckets: 32768, Hidden: o.hidden, Arc: 128, Label: 128, Tag: 160, Name: 128,
		Lists: lists.Marks,
	}
	v, err := readVectors(o.vectors, config.Vec)
	if err != nil {
		return err
	}
	if len(v.rows) == 0 {
		v.rows = make([]float32, config.Vec)
	}
	words, tags, rels, scripts := inventories(c.train, c.silver)
	known, err := lists.Load()
	if err != nil {
		return fmt.Errorf("load lists of names: %w", err)
	}
	n := newNetwork(config, words, tags, rels, scripts, v, o.seed)
	n.lists = known
	for _, line := range c.description {
		log.Print(line)
	}
	log.Printf("%d words, %d tags, %d relations, %d lemma scripts; kernels %s", len(words), len(tags), len(rels), len(scripts), nn.Kernels())

	t := &trainer{options: o, network: n, corpora: c, started: time.Now(), names: newExchange(append(slices.Clone(c.train), c.silver...))}
	for k := range t.workers {
		t.workers[k] = &worker{n: n, id: k}
	}
	if o.work != "" {
		if err := t.resume(); err != nil {
			return err
		}
	}
	last := o.epochs
	if o.stop > 0 {
		last = min(last, o.stop)
	}
	for t.epoch < last {
		t.oneEpoch()
		if o.work != "" {
			if err := t.save(); err != nil {
				return err
			}
		}
		if t.epoch%4 == 0 || t.epoch == last {
			if err := t.report(t.epoch == last); err != nil {
				return err
			}
		}
	}
	return t.write()
}

// inventories are the words, tags, relations and lemma scripts worth a place.
// Words of silver alone must come oftener.
func inventories(train, silver []*example) (words, tags, rels, scripts []string) {
	wordCount, tagCount, relCount, scriptCount := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, e := range train {
		for i, w := range e.words {
			wordCount[nn.WordKey(w)]++
			if e.tree {
				tagCount[e.upos[i]+" "+e.xpos[i]]++
				relCount[e.rel[i]]++
				if e.lemma[i] != "_" {
					scriptCount[nn.ScriptOf(w, e.lemma[i]).String()]++
				}
			}
		}
	}
	more := map[string]int{}
	for _, e := range silver {
		for _, w := range e.words {
			more[nn.WordKey(w)]++
		}
	}
	for w, n := range more {
		if wordCount[w] < 2 && n >= leastSilver {
			wordCount[w] = 2
		}
	}
	return often(wordCount, 2), often(tagCount, 3), often(relCount, 3), often(scriptCount, 3)
}

// leastSilver is how often a word must come in silver text to have a place.
const leastSilver = 20

func often(count map[string]int, least int) []string {
	var list []string
	for s, n := range count {
		if n >= least {
			list = append(list, s)
		}
	}
	sort.Slice(list, func(i, j int) bool {
		if count[list[i]] != count[list[j]] {
			return count[list[i]] > count[list[j]]
		}
		return list[i] < list[j]
	})
	return list
}

type trainer struct {
	options
	network *network
	corpora *corpora
	workers [workers]*worker
	epoch   int // epochs done
	step    int // steps done
	names   exchange
	started time.Time
}

// batches divides the training part into batches of sentences of similar length.
func (t *trainer) batches(r *rand.Rand) [][]*example {
	order := slices.Clone(t.corpora.train)
	// Silver is sampled anew each time, the less the nearer the end.
	silver := slices.Clone(t.corpora.silver)
	r.Shuffle(len(silver), func(i, j int) { silver[i], silver[j] = silver[j], silver[i] })
	share := silverFirst + (silverLast-silverFirst)*float64(t.epoch)/float64(max(t.epochs-1, 1))
	order = append(order, silver[:int(share*float64(len(silver)))]...)
	r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	for i, e := range order {
		order[i] = guise(t.names.apply(e, r), r)
	}
	const pool = 2500
	var all [][]*example
	for from := 0; from < len(order); from += pool {
		part := order[from:min(from+pool, len(order))]
		sort.SliceStable(part, func(i, j int) bool { return len(part[i].words) < len(part[j].words) })
		var now []*example
		words := 0
		for _, e := range part {
			if len(e.words) > nn.MaxPiece {
				continue
			}
			now = append(now, e)
			if words += len(e.words); words >= t.batch {
				all, now, words = append(all, now), nil, 0
			}
		}
		if len(now) > 0 {
			all = append(all, now)
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// Shares of the silver sentences that are read in the first and in the last epoch.
const silverFirst, silverLast = 0.6, 0.1

func (t *trainer) oneEpoch() {
	begun := time.Now()
	r := rand.New(rand.NewPCG(t.seed, uint64(t.epoch)+1000))
	batches := t.batches(r)
	var sum losses
	var rate float64
	for b, batch := range batches {
		rate = schedule((float64(t.epoch)+float64(b)/float64(len(batches)))/float64(t.epochs), float64(t.step)) * t.rate
		t.one(batch, rate)
	}
	for _, w := range t.workers {
		sum.add(w.loss)
		w.loss = losses{}
	}
	t.epoch++
	log.Printf("epoch %d of %d: %d batches in %.0f s, rate %.2g; losses a word: tag %.4f lemma %.4f arc %.4f label %.4f name %.4f",
		t.epoch, t.epochs, len(batches), time.Since(begun).Seconds(), rate,
		sum.tag/sum.words, sum.lemma/sum.words, sum.arc/sum.words, sum.label/sum.words, sum.name/sum.words)
}

// schedule is the share of the highest rate: up over 200 steps, level for the first
// part, then down to nothing as a cosine.
func schedule(done, step float64) float64 {
	const level = 0.25
	s := min(1, (step+1)/200)
	if done > level {
		s *= 0.5 + 0.5*math.Cos(math.Pi*(done-level)/(1-level))
	}
	return max(s, 0.005)
}

// one is a step of training.
func (t *trainer) one(batch []*example, rate float64) {
	n := t.network
	var group sync.WaitGroup
	both := func(f func(k int)) {
		for k := range workers {
			group.Go(func() { f(k) })
		}
		group.Wait()
	}
	both(func(k int) {
		for i, p := range n.all {
			if i%workers == k && !p.sparse {
				p.pack()
			}
		}
	})
	words := 0
	var share [workers][]*example
	for i, e := range batch {
		words += len(e.words)
		share[i%workers] = append(share[i%workers], e)
	}
	both(func(k int) {
		if len(share[k]) > 0 {
			t.workers[k].random = rand.New(rand.NewPCG(t.seed, uint64(t.step)*workers+uint64(k)+1<<32))
			t.workers[k].run(share[k])
		}
	})
	t.step++
	var squares [workers]float64
	both(func(k int) {
		for i, p := range n.all {
			if i%workers == k {
				squares[k] += p.squares()
			}
		}
	})
	scale := 1 / float64(words)
	if norm := math.Sqrt(squares[0]+squares[1]) * scale; norm > clip {
		scale *= clip / norm
	}
	a := adam{rate: rate, beta1: 0.9, beta2: 0.98, step: t.step}
	both(func(k int) {
		for _, p := range n.all {
			if p.sparse {
				if (p == n.sub) == (k == 0) {
					p.update(a, float32(scale))
				}
				continue
			}
			half := p.rows / 2 * p.stride
			if k == 0 {
				p.updateRange(a, float32(scale), 0, half)
			} else {
				p.updateRange(a, float32(scale), half, len(p.w))
			}
		}
	})
	if t.step%averageEvery != 0 {
		return
	}
	toward := float32(max(averageShare, 1/float64(t.step/averageEvery+1)))
	both(func(k int) {
		for i, p := range n.all {
			if i%workers == k {
				p.average(toward)
			}
		}
	})
}

const (
	clip         = 5
	averageEvery = 8
	averageShare = 0.02
)

func (t *trainer) write() error {
	if t.out == "" {
		return nil
	}
	b, err := t.network.file(true, about(t)).Encode()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(t.out), 0o755); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	if err := os.WriteFile(t.out, b, 0o644); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	log.Printf("%s: %.1f MB", t.out, float64(len(b))/1e6)
	return nil
}

func about(t *trainer) map[string]string {
	return map[string]string{
		"licence": "CC BY-SA 4.0",
		"made":    fmt.Sprintf("train: %d epochs, seed %d", t.epoch, t.seed),
		"of":      fmt.Sprint(t.corpora.description),
	}
}
