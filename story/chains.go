package story

// chains is an index from 32-bit keys to the articles that have them, newest first.
// It is a queue: what was put in first leaves first, in whole blocks, so its memory is
// what the live articles need and nothing is ever deleted one by one.
type chains struct {
	heads  []uint32 // by bucket: the newest entry of any key of the bucket
	blocks [][]entry
	first  uint32 // number of the oldest block's first entry
	next   uint32 // number of the next entry
	oldest uint32 // the oldest live article
}

// entry is one key of one article, and the entry before it in its bucket. Entries
// are numbered; the numbers wrap after 4,294,967,296.
type entry struct{ key, article, before uint32 }

const blockSize = 1 << 14

func newChains(bits int) *chains {
	c := &chains{heads: make([]uint32, 1<<bits), first: 1, next: 1} // no entry is numbered 0 at first
	return c
}

func (c *chains) bucket(key uint32) uint32 {
	return (key * 2654435769) >> (32 - log2(len(c.heads)))
}

func log2(n int) int {
	bits := 0
	for n > 1 {
		n >>= 1
		bits++
	}
	return bits
}

// put adds keys of an article, which is newer than all before.
func (c *chains) put(article uint32, keys []uint32) {
	for _, key := range keys {
		at := c.next - c.first
		if at>>14 == uint32(len(c.blocks)) {
			c.blocks = append(c.blocks, make([]entry, blockSize))
		}
		b := c.bucket(key)
		c.blocks[at>>14][at&(blockSize-1)] = entry{key: key, article: article, before: c.heads[b]}
		c.heads[b] = c.next
		c.next++
	}
}

// each calls do for the live articles with a key, newest first, at most so many
// entries far.
func (c *chains) each(key uint32, most int, do func(article uint32)) {
	number, last := c.heads[c.bucket(key)], c.next
	for range most {
		// An entry that left, or a number from before the numbers wrapped, ends the chain:
		// it is not between the first and the one that named it.
		if number-c.first >= last-c.first {
			return
		}
		e := &c.blocks[(number-c.first)>>14][(number-c.first)&(blockSize-1)]
		if int32(e.article-c.oldest) < 0 {
			return
		}
		if e.key == key {
			do(e.article)
		}
		number, last = e.before, number
	}
}

// forget lets go of all articles before one.
func (c *chains) forget(before uint32) {
	c.oldest = before
	for len(c.blocks) > 1 && int32(c.blocks[0][blockSize-1].article-before) < 0 {
		c.blocks[0] = nil
		c.blocks = c.blocks[1:]
		c.first += blockSize
	}
}

// keys are those that an article put, in order, from the number of its first entry on.
func (c *chains) keys(first uint32, n int) []uint32 {
	out := make([]uint32, 0, n)
	for at := first - c.first; len(out) < n; at++ {
		out = append(out, c.blocks[at>>14][at&(blockSize-1)].key)
	}
	return out
}
