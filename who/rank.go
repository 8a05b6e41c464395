package who

import (
	"math"
	"slices"

	"github.com/onrecord/onrecord"
)

// The ranker chooses for each pronoun and each nominal the mention it goes back
// to, or none. A candidate's score is the sum of the weights of its features;
// features are conjunctions, hashed into one table of weights. The kind of model
// is that of Durrett and Klein, "Easy victories and uphill battles in coreference
// resolution" (EMNLP 2013).

const (
	tableBits  = 18
	tableSize  = 1 << tableBits
	near       = 60 // mentions back that a candidate may stand
	maxChoices = 40 // candidates of one mention
)

// choice is a candidate antecedent with its features.
type choice struct {
	mention  int // -1 for none
	features []uint32
	score    float64
}

// ranker collects choices.
type ranker struct {
	*chains
	buffer  []uint32
	choices []choice
}

func mix(h, x uint32) uint32 {
	h ^= x
	h *= 0x9E3779B1
	return h ^ h>>15
}

func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// bucket coarsens a distance.
func bucket(n int) uint32 {
	switch {
	case n < 4:
		return uint32(n)
	case n < 6:
		return 4
	case n < 10:
		return 5
	case n < 20:
		return 6
	case n < 40:
		return 7
	}
	return 8
}

// asks tells mentions that the ranker decides on.
func (c *chains) asks(i int) bool {
	m := &c.mentions[i]
	if m.predicate || m.apposed > 0 {
		return false
	}
	if m.pronoun != nil {
		return m.pronoun.class != "relative" && c.links[i].to == 0
	}
	return m.form == onrecord.NominalMention && c.links[i].to == 0
}

// pronounType is a pronoun's family; "he" and "she" behave alike.
func pronounType(m *mention) string {
	if m.pronoun.family == "she" {
		return "he"
	}
	return m.pronoun.family
}

// wordOf is a mention's head, of a pronoun its row and column of the paradigm.
func wordOf(m *mention) uint32 {
	if m.pronoun == nil {
		return hash(m.headWord)
	}
	return hash(m.pronoun.class) ^ hash(pronounType(m))*31
}

// typeOf is the coarse type of a mention: a pronoun's family, or form and determiner.
func typeOf(m *mention) uint32 {
	if m.pronoun != nil {
		return hash(pronounType(m))
	}
	if m.form == onrecord.NameMention {
		return 1
	}
	if m.joint {
		return 2
	}
	return 3 + uint32(m.determiner)
}

// compatible tells whether a mention may go back to another at all.
func (c *chains) compatible(i, j int) bool {
	m, o := &c.mentions[i], &c.mentions[j]
	k := &c.all[c.chain(j)]
	if o.pronoun != nil && o.pronoun.class == "relative" || m.pronoun != nil && (o.predicate || o.apposed > 0) {
		return false
	}
	if o.first <= m.first && o.last >= m.last || m.first <= o.first && m.last >= o.last {
		return false // one inside the other
	}
	if m.pronoun == nil {
		if o.pronoun != nil && o.pronoun.person < 3 {
			return false
		}
		if m.joint != o.joint && o.pronoun == nil || o.modifier && m.determiner != definite {
			return false
		}
		if clash(m.nature, k.nature()) && m.headWord != o.headWord {
			return false
		}
		if m.headWord == o.headWord && o.form == onrecord.NominalMention && len(m.words) > 1 && len(o.words) > 1 {
			if shared, _ := overlap(m.words, o.words); shared == 1 {
				return false // "the northern pier", "the southern pier"
			}
		}
		if m.number != 0 && o.number != 0 && m.number != o.number && o.nature != groupNature {
			return false
		}
		return m.gender == 0 || k.gender == 0 || m.gender&k.gender != 0
	}
	if m.pronoun.person < 3 {
		// "I" goes with "I"; rules tie the "I" of quotations to whoever speaks.
		if o.pronoun == nil || o.pronoun.family != m.pronoun.family || m.pronoun.family == "i" && o.quotation != m.quotation {
			return false
		}
		s, t := c.speaker[i], c.speaker[j]
		return (s == 0) == (t == 0) && (s == 0 || c.chain(s-1) == c.chain(t-1))
	}
	if k.family != "" && m.pronoun.person == 3 && m.pronoun.family != "they" && m.quotation == o.quotation && o.pronoun != nil {
		return false
	}
	switch m.pronoun.family {
	case "he", "she":
		if k.it || k.gender != 0 && k.gender&m.gender == 0 || o.number == plural || o.joint {
			return false
		}
		if k.gender == 0 && o.pronoun != nil {
			return false
		}
		switch n := k.nature(); n {
		case groupNature, placeNature, timeNature, thingNature:
			// Names' kinds err: one of a kind may yet be a person.
			return o.form == onrecord.NameMention && n != timeNature && (k.natures[n] < 4 || len(o.words) > 1 && n == placeNature) || k.gender != 0
		}
		return true
	case "it", "this", "that":
		return k.gender == 0 && (k.nature() != personNature || o.form == onrecord.NominalMention && o.determiner != possessed) && o.number != plural && !o.joint
	case "they", "these", "those":
		if o.number == plural || o.joint || o.nature == groupNature || o.nature == placeNature {
			return true
		}
		if o.pronoun != nil {
			return o.pronoun.family == "they" || o.pronoun.family == "these" || o.pronoun.family == "those"
		}
		return k.gender == 0
	}
	return true
}

// gather lists the choices of a mention, "none" first.
func (r *ranker) gather(i int) []choice {
	r.choices, r.buffer = r.choices[:0], r.buffer[:0]
	m := &r.mentions[i]
	r.choices = append(r.choices, choice{mention: -1})
	rank := 0
	seen := [16]int{}
	chainsSeen := 0
	fresh := func(k int) bool { // a chain not met nearer
		if slices.Contains(seen[:min(chainsSeen, len(seen))], k+1) {
			return false
		}
		if chainsSeen < len(seen) {
			seen[chainsSeen] = k + 1
		}
		chainsSeen++
		return true
	}
	headSeen := false
	candidate := func(j int) {
		if !r.compatible(i, j) {
			return
		}
		o := &r.mentions[j]
		if m.pronoun == nil && !r.related(m, o) {
			return
		}
		isNew := fresh(r.chain(j))
		if isNew {
			rank++
		} else if m.pronoun != nil && m.pronoun.person == 3 && m.sentence-o.sentence > 2 {
			return
		}
		if m.headWord == o.headWord {
			headSeen = true
		}
		start := len(r.buffer)
		r.pair(i, j, rank, isNew)
		r.choices = append(r.choices, choice{mention: j, features: r.buffer[start:len(r.buffer):len(r.buffer)]})
	}
	if m.pronoun != nil {
		// Cataphora: "In his speech, Quist …".
		if m.pronoun.person == 3 && m.pronoun.class != "demonstrative" {
			for j := i + 1; j < len(r.mentions) && j < i+8 && r.mentions[j].sentence == m.sentence; j++ {
				if o := &r.mentions[j]; o.form == onrecord.NameMention && !o.modifier && (o.relation == subject || o.relation == passiveSubject) {
					candidate(j)
				}
			}
			rank, chainsSeen, seen = 0, 0, [16]int{}
		}
	}
	limit := near
	if m.pronoun != nil && m.pronoun.person == 3 {
		limit = 40
	}
	for j := i - 1; j >= 0 && j >= i-limit && len(r.choices) < maxChoices; j-- {
		candidate(j)
	}
	if m.pronoun != nil && m.pronoun.person < 3 {
		for _, j := range r.heads[m.pronoun.family] {
			if j < i-limit {
				candidate(j)
			}
		}
	}
	if m.pronoun == nil {
		for _, j := range r.heads[m.headWord] {
			if j < i-limit && len(r.choices) < maxChoices+8 {
				candidate(j)
			}
		}
	}
	start := len(r.buffer)
	r.none(i, headSeen, len(r.choices) > 1)
	r.choices[0].features = r.buffer[start:len(r.buffer):len(r.buffer)]
	return r.choices
}

// related tells nominals that are worth a comparison.
func (r *ranker) related(m, o *mention) bool {
	if m.headWord == o.headWord {
		return true
	}
	if o.pronoun != nil {
		return false
	}
	return m.sentence-o.sentence <= 3 && (m.determiner == definite || m.determiner == demonstrative || m.determiner == possessed) || o.form == onrecord.NameMention && m.determiner == definite && m.sentence-o.sentence < 6
}

// emit adds a feature alone and with the types of both mentions.
func (r *ranker) emit(t, pairType, feature, value uint32) {
	f := mix(feature*0x85EBCA6B, value)
	r.buffer = append(r.buffer, mix(f, t)&(tableSize-1), mix(f^0x5bd1e995, pairType)&(tableSize-1))
}

// none is the features of starting a chain, or of meaning nobody.
func (r *ranker) none(i int, headSeen, others bool) {
	m := &r.mentions[i]
	t := mix(77, typeOf(m))
	full := mix(t, uint32(m.relation))
	add := func(f, v uint32) { r.emit(t, full, f, v) }
	add(100, 0)
	add(101, wordOf(m))
	add(102, truth(headSeen)<<1|truth(others))
	add(103, uint32(m.nature)<<3|uint32(m.number))
	add(104, min(uint32(len(m.words)), 4)<<3|min(uint32(m.last-m.head-1), 3))
	add(105, bucket(m.sentence))
	if m.verb >= 0 {
		add(106, hash(r.text.Tokens[m.verb].Lemma))
	}
	add(107, uint32(min(m.nested, 3))<<1|truth(m.quotation > 0))
	if m.pronoun != nil {
		add(108, wordOf(m)<<4|uint32(m.relation))
		if next := m.last; next < len(r.text.Tokens) {
			add(109, hash(r.text.Tokens[next].Lemma))
		}
	}
}

// truth is 1 for true.
func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// pair is the features of a mention with a candidate.
func (r *ranker) pair(i, j, rank int, isNew bool) {
	m, o := &r.mentions[i], &r.mentions[j]
	k := &r.all[r.chain(j)]
	t := typeOf(m)
	pairType := mix(t, mix(typeOf(o), 3))
	add := func(f, v uint32) { r.emit(t, pairType, f, v) }
	sentences := m.sentence - o.sentence
	back := i - j
	ahead := truth(back < 0)
	if back < 0 {
		back = -back
	}
	add(1, bucket(sentences)<<1|ahead)
	add(2, bucket(back)<<1|ahead)
	add(3, uint32(m.relation)<<8|uint32(o.relation)<<1|truth(sentences == 0))
	add(4, uint32(o.relation)<<4|min(uint32(sentences), 2)<<1|ahead)
	add(5, min(uint32(rank), 6)<<2|truth(isNew)<<1|ahead)
	add(6, bucket(len(k.mentions)))
	add(7, uint32(k.nature())<<4|uint32(m.nature))
	add(8, truth(k.gender != 0)<<4|truth(m.gender != 0)<<3|truth(k.gender == m.gender)<<2|truth(k.named))
	add(9, uint32(o.number)<<4|uint32(m.number)<<2|uint32(k.numbers))
	add(10, truth(m.quotation == o.quotation)<<2|truth(m.quotation > 0)<<1|truth(o.quotation > 0))
	add(11, truth(m.paragraph == o.paragraph)<<3|min(uint32(m.paragraph-o.paragraph), 4))
	add(12, uint32(min(o.nested, 3))<<3|truth(o.modifier)<<2|truth(o.joint)<<1|truth(m.nested > 0))
	add(13, truth(m.verb >= 0 && m.verb == o.verb)<<8|uint32(m.relation)<<4|uint32(o.relation))
	if sentences == 0 && !(back < 0) {
		add(14, min(uint32(m.head-o.head), 12))
	}
	if m.pronoun != nil {
		add(15, wordOf(m)^wordOf(o)*truth(o.pronoun != nil))
		add(16, truth(r.firstSubject(j))<<3|min(uint32(sentences), 3))
		add(17, wordOf(m)<<5|uint32(o.determiner)<<1|truth(k.named))
		if o.pronoun == nil && o.form == onrecord.NominalMention {
			add(18, wordOf(o))
		}
		if m.verb >= 0 {
			add(19, hash(r.text.Tokens[m.verb].Lemma)^uint32(m.relation)*31^uint32(k.nature())<<8)
		}
		if s := r.speaker[i]; s > 0 {
			add(22, truth(r.chain(s-1) == r.chain(j)))
		}
		add(20, truth(o.verb >= 0 && m.verb >= 0 && r.above(o.verb, m.verb))<<5|truth(m.relation == o.relation)<<4|uint32(o.relation))
		subjects, recent, family := r.standing(k, m)
		add(21, uint32(min(subjects, 5))<<3|uint32(min(recent, 5)))
		add(23, uint32(m.relation)<<8|uint32(o.relation)<<3|min(uint32(rank), 4))
		add(24, uint32(min(recent, 5))<<4|bucket(sentences))
		add(25, truth(family)<<5|bucket(sentences)<<1|truth(k.named))
		add(26, truth(o.first == r.text.Sentences[o.sentence].First)<<4|truth(o.sentence == 0)<<3|min(uint32(sentences), 3))
		add(27, truth(k.named)<<6|uint32(o.relation)<<2|min(uint32(sentences), 3))
		add(28, min(uint32(rank), 4)<<4|min(uint32(sentences), 3)<<2|truth(r.firstSubject(j))<<1|truth(r.firstSubject(i)))
		if m.verb >= 0 && o.verb >= 0 {
			add(29, truth(r.text.Tokens[m.verb].Lemma == r.text.Tokens[o.verb].Lemma)<<2|truth(r.above(m.verb, o.verb))<<1|truth(r.above(o.verb, m.verb)))
		}
		return
	}
	same := truth(m.headWord == o.headWord)
	shared, extra := overlap(m.words, o.words)
	_, more := overlap(o.words, m.words)
	add(30, same<<6|min(uint32(shared), 3)<<4|min(uint32(extra), 3)<<2|min(uint32(more), 3))
	add(31, same<<6|bucket(sentences)<<1|truth(extra == 0))
	add(32, same<<8|uint32(m.determiner)<<4|uint32(o.determiner))
	add(33, truth(same == 1 && m.last-m.first == o.last-o.first && extra == 0 && more == 0)<<1|truth(m.last-m.head > 1))
	if same == 1 {
		add(34, wordOf(m))
		add(36, min(uint32(m.last-m.head), 3)<<2|min(uint32(o.last-o.head), 3))
	} else {
		add(35, wordOf(m)*31^wordOf(o))
		add(37, wordOf(m)^uint32(k.nature())<<4)
		add(38, wordOf(m)^min(uint32(rank), 4)<<7)
	}
}

// standing is how often a chain was a subject lately, how often it was mentioned
// in the last sentences, and whether a pronoun of the same family is in it.
func (r *ranker) standing(k *chain, m *mention) (subjects, recent int, family bool) {
	for _, j := range k.past {
		o := &r.mentions[j]
		if o.pronoun != nil && o.pronoun.family == m.pronoun.family {
			family = true
		}
		if m.sentence-o.sentence <= 2 {
			recent++
		}
		if o.relation == subject || o.relation == passiveSubject {
			subjects++
		}
	}
	return subjects, recent, family
}

// overlap counts the words of a that b has and has not.
func overlap(a, b []string) (shared, extra int) {
	for _, w := range a {
		if slices.Contains(b, w) {
			shared++
		} else {
			extra++
		}
	}
	return shared, extra
}

// firstSubject tells the subject of a sentence's main clause.
func (r *ranker) firstSubject(j int) bool {
	o := &r.mentions[j]
	return (o.relation == subject || o.relation == passiveSubject) && o.verb >= 0 && r.text.Tokens[o.verb].Head == o.verb
}

// above tells whether token b hangs on token a, at most eight steps away.
func (r *ranker) above(a, b int) bool {
	for range 8 {
		if b == a {
			return true
		}
		h := r.text.Tokens[b].Head
		if h < 0 || h == b {
			return false
		}
		b = h
	}
	return false
}

// probabilities turns scores into shares of one.
func probabilities(choices []choice, out []float64) []float64 {
	out = out[:0]
	top := math.Inf(-1)
	for _, c := range choices {
		top = max(top, c.score)
	}
	sum := 0.0
	for _, c := range choices {
		p := math.Exp(c.score - top)
		out = append(out, p)
		sum += p
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
