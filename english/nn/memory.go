package nn

import "sync/atomic"

// A word's input, and what the first multiplication makes of it, depend on the word
// alone. For common words that is remembered: it saves a quarter of the work.
const (
	memorySlots = 1 << 13
	memoryIDs   = 4096 // words so common are remembered
	memoryMost  = 5000 // words are remembered; 7 KB each with 192 hidden units
)

// memory is a table from which many goroutines read and to which they add, without
// locks. What it answers is to the bit what would be computed again.
type memory struct {
	slots [memorySlots]atomic.Pointer[remembered]
	count atomic.Int32
}

type remembered struct {
	word string
	row  []float32
}

func slotOf(word string) int { h := hash(seed('m'), word); return int(h^h>>32) & (memorySlots - 1) }

// recall returns what is remembered of a word, or nil. Not to be changed.
func (m *memory) recall(word string) []float32 {
	if len(word) > maxRunes {
		return nil
	}
	if r := m.slots[slotOf(word)].Load(); r != nil && r.word == word {
		return r.row
	}
	return nil
}

// keep remembers a copy if the word is common and there is room.
func (m *memory) keep(word string, id int, row []float32) {
	if id == 0 || id > memoryIDs || len(word) > maxRunes || m.count.Load() >= memoryMost {
		return
	}
	slot := &m.slots[slotOf(word)]
	if slot.Load() != nil {
		return
	}
	// A word may be part of a large text that should not stay in memory.
	r := &remembered{string(append([]byte(nil), word...)), append([]float32(nil), row...)}
	if slot.CompareAndSwap(nil, r) {
		m.count.Add(1)
	}
}
