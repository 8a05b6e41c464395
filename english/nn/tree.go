package nn

import "slices"

// Heads are found as a maximum spanning tree with exactly one root (Chu and Liu
// 1965, Edmonds 1967). Most sentences need none of that: where each word's best
// head makes a tree, that tree is the best.

// forest is room for finding a tree.
type forest struct {
	mark   []int
	score  []float64 // (n+1)×(n+1), [head][dependent], 0 is the root of all
	tail   []int32   // the words that the arc now at [head][dependent] joins
	tip    []int32
	best   []int   // best head of a node
	heads  []int   // the result, for nodes
	cycle  []int   // nodes of the cycle at hand
	group  []int32 // the node that now holds a word
	alive  []bool
	inside []bool // of the cycle at hand
}

// tree sets heads to the best tree for scores: row i of scores is dependent i,
// its first n columns the words as heads, column n the root of all. A word
// whose head is the root of all gets -1. No word is its own head.
func (f *forest) tree(heads []int, scores []float32, stride int) {
	n := len(heads)
	roots := 0
	for i := range heads {
		row := scores[i*stride : i*stride+n+1]
		best := -1
		for j, v := range row {
			if j != i && (best < 0 || v > row[best]) {
				best = j
			}
		}
		if best == n {
			best = -1
			roots++
		}
		heads[i] = best
	}
	if roots == 1 && f.reaches(heads) {
		return
	}
	f.edmonds(heads, scores, stride)
}

// reaches reports whether every word leads to the root of all.
func (f *forest) reaches(heads []int) bool {
	n := len(heads)
	if cap(f.mark) < n {
		f.mark = make([]int, n)
	}
	mark := f.mark[:n]
	clear(mark)
	for i := range heads {
		at := i
		for at >= 0 && mark[at] == 0 {
			mark[at] = i + 1
			at = heads[at]
		}
		if at >= 0 && mark[at] == i+1 {
			return false
		}
	}
	return true
}

// edmonds contracts cycles until none is left. Scores of root arcs are lowered by
// more than all others can make up for, so that the fewest, one, are taken.
func (f *forest) edmonds(heads []int, scores []float32, stride int) {
	n := len(heads)
	size := n + 1
	if cap(f.score) < size*size {
		f.score = make([]float64, size*size)
	}
	s := f.score[:size*size]
	var low, high float64
	for i := range n {
		for j, v := range scores[i*stride : i*stride+n+1] {
			if j != i {
				low, high = min(low, float64(v)), max(high, float64(v))
			}
		}
	}
	penalty := (high - low + 1) * float64(n+1)
	for i := range n {
		for j, v := range scores[i*stride : i*stride+n+1] {
			from := j + 1
			w := float64(v)
			if j == n {
				from, w = 0, w-penalty
			}
			s[from*size+i+1] = w
		}
	}
	in := f.contract(s, size)
	for i := range heads {
		heads[i] = in[i+1] - 1
	}
}

// merged is a cycle that has become one node, its first.
type merged struct {
	cycle []int
	arcs  []int32 // for each node the real ends of its arc within the cycle, head and dependent
	owner []int32 // which of the cycle's nodes held a word, -1 for none
}

// room makes the lists long enough for a graph of size nodes.
func (f *forest) room(size int) {
	if cap(f.tail) < size*size {
		f.tail, f.tip = make([]int32, size*size), make([]int32, size*size)
	}
	if cap(f.best) < size {
		f.best, f.heads, f.group = make([]int, size), make([]int, size), make([]int32, size)
		f.alive, f.inside = make([]bool, size), make([]bool, size)
	}
	if cap(f.mark) < size {
		f.mark = make([]int, size)
	}
	f.tail, f.tip = f.tail[:size*size], f.tip[:size*size]
	f.best, f.heads, f.group, f.mark = f.best[:size], f.heads[:size], f.group[:size], f.mark[:size]
	f.alive, f.inside = f.alive[:size], f.inside[:size]
	for a := range size {
		f.group[a], f.alive[a], f.inside[a] = int32(a), true, false
		for b := range size {
			f.tail[a*size+b], f.tip[a*size+b] = int32(a), int32(b)
		}
	}
}

// contract finds the best arborescence from node 0 of a dense graph, weights
// [from][to] of which it overwrites. It returns each node's head.
//
// A cycle becomes one node, its first, which takes over the best arcs into and out
// of the cycle; merged remembers whose they were. Undone last to first.
func (f *forest) contract(s []float64, size int) []int {
	f.room(size)
	tail, tip, best, alive := f.tail, f.tip, f.best, f.alive
	pick := func(v int) {
		best[v] = -1
		for u := range size {
			if alive[u] && u != v && (best[v] < 0 || s[u*size+v] > s[best[v]*size+v]) {
				best[v] = u
			}
		}
	}
	for v := 1; v < size; v++ {
		pick(v)
	}
	var stack []merged
	for f.findCycle() {
		stack = append(stack, f.merge(s, size))
		pick(f.cycle[0])
	}
	heads, entered := f.heads, f.mark // entered: the word through which the tree enters a node
	for v := 1; v < size; v++ {
		if alive[v] {
			at := best[v]*size + v
			heads[tip[at]] = int(tail[at])
			entered[v] = int(tip[at])
		}
	}
	for _, m := range slices.Backward(stack) {
		at := int32(entered[m.cycle[0]])
		broken := m.owner[at]
		for j, v := range m.cycle {
			if int32(v) == broken {
				entered[v] = int(at)
				continue
			}
			heads[m.arcs[2*j+1]] = int(m.arcs[2*j])
			entered[v] = int(m.arcs[2*j+1])
		}
	}
	heads[0] = 0
	return heads
}

// merge makes the cycle at hand one node.
func (f *forest) merge(s []float64, size int) merged {
	tail, tip, best, cycle := f.tail, f.tip, f.best, f.cycle
	m := merged{cycle: append([]int(nil), cycle...), owner: make([]int32, size)}
	for _, v := range cycle {
		f.inside[v] = true
		at := best[v]*size + v
		m.arcs = append(m.arcs, tail[at], tip[at])
	}
	keep := cycle[0]
	for i, g := range f.group {
		m.owner[i] = -1
		if f.inside[g] {
			m.owner[i] = g
			f.group[i] = int32(keep)
		}
	}
	for u := range size {
		if !f.alive[u] || f.inside[u] {
			continue
		}
		into, out := -1, -1
		var intoScore, outScore float64
		for _, v := range cycle {
			// An arc into the cycle replaces the one that its node has within.
			if w := s[u*size+v] - s[best[v]*size+v]; into < 0 || w > intoScore {
				into, intoScore = v, w
			}
			if w := s[v*size+u]; out < 0 || w > outScore {
				out, outScore = v, w
			}
		}
		ti, tp := tail[u*size+into], tip[u*size+into]
		s[u*size+keep], tail[u*size+keep], tip[u*size+keep] = intoScore, ti, tp
		ti, tp = tail[out*size+u], tip[out*size+u]
		s[keep*size+u], tail[keep*size+u], tip[keep*size+u] = outScore, ti, tp
		if u != 0 && f.inside[best[u]] {
			best[u] = keep
		}
	}
	for i, v := range cycle {
		f.inside[v] = false
		f.alive[v] = i == 0
	}
	return m
}

// findCycle sets f.cycle to the nodes of a cycle of best heads; false if there is
// none.
func (f *forest) findCycle() bool {
	best, mark := f.best, f.mark
	clear(mark)
	for v := 1; v < len(best); v++ {
		if !f.alive[v] || mark[v] != 0 {
			continue
		}
		at := v
		for at != 0 && mark[at] == 0 {
			mark[at] = v
			at = best[at]
		}
		if at == 0 || mark[at] != v {
			continue
		}
		f.cycle = append(f.cycle[:0], at)
		for next := best[at]; next != at; next = best[next] {
			f.cycle = append(f.cycle, next)
		}
		return true
	}
	return false
}
