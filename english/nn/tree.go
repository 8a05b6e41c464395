package nn

// Heads are found as a maximum spanning tree with exactly one root (Chu and Liu
// 1965, Edmonds 1967). Most sentences need none of that: where each word's best
// head makes a tree, that tree is the best.

// forest is room for finding a tree.
type forest struct {
	head   []int
	mark   []int
	score  []float64 // (n+1)×(n+1), [head][dependent], 0 is the root of all
	in     []int     // best head of a node, contracted or not
	inside []int     // the cycle a node has become part of
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
	in := contract(s, size)
	for i := range heads {
		heads[i] = in[i+1] - 1
	}
}

// contract finds the best arborescence from node 0 of a dense graph, weights
// [from][to] of which it overwrites. It returns each node's head.
//
// A cycle becomes one node, its first, which takes over the best arcs into and out
// of the cycle; taken[…] remembers whose they were. Undone last to first.
func contract(s []float64, size int) []int {
	// Real ends of the arc that now stands at [from][to].
	tail, tip := make([]int32, size*size), make([]int32, size*size)
	for a := range size {
		for b := range size {
			tail[a*size+b], tip[a*size+b] = int32(a), int32(b)
		}
	}
	alive := make([]bool, size)
	for i := range alive {
		alive[i] = true
	}
	best := make([]int, size)
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
	type merged struct {
		cycle []int   // nodes at the time, the first lives on
		arcs  []int32 // head and dependent, the real ends of each node's arc in the cycle
		owner []int32 // which of the cycle's nodes holds a real node, -1 for none
	}
	var stack []merged
	group := make([]int32, size) // the node that now holds a real node
	for i := range group {
		group[i] = int32(i)
	}
	mark := make([]int, size)
	for round := 1; ; round++ {
		cycle := findCycle(best, alive, mark)
		if cycle == nil {
			break
		}
		m := merged{cycle: cycle}
		in := make(map[int]bool, len(cycle))
		for _, v := range cycle {
			in[v] = true
			at := best[v]*size + v
			m.arcs = append(m.arcs, tail[at], tip[at])
		}
		m.owner = make([]int32, size)
		for i, g := range group {
			m.owner[i] = -1
			if in[int(g)] {
				m.owner[i] = g
			}
		}
		keep := cycle[0]
		// The weight that a node's arc within the cycle gives up when another replaces it.
		given := make([]float64, len(cycle))
		for i, v := range cycle {
			given[i] = s[best[v]*size+v]
		}
		for u := range size {
			if !alive[u] || in[u] {
				continue
			}
			into, out := -1, -1
			var intoScore, outScore float64
			for i, v := range cycle {
				if w := s[u*size+v] - given[i]; into < 0 || w > intoScore {
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
			if u != 0 && in[best[u]] {
				best[u] = keep
			}
		}
		for _, v := range cycle[1:] {
			alive[v] = false
		}
		for i, g := range group {
			if in[int(g)] {
				group[i] = int32(keep)
			}
		}
		stack = append(stack, m)
		pick(keep)
	}
	heads := make([]int, size)
	for v := 1; v < size; v++ {
		if alive[v] {
			at := best[v]*size + v
			heads[tip[at]] = int(tail[at])
			mark[v] = int(tip[at])
		}
	}
	// entered[v] is the real node through which the tree enters node v.
	entered := mark
	for i := len(stack) - 1; i >= 0; i-- {
		m := stack[i]
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

// findCycle returns the nodes of a cycle of best heads, nil if there is none.
func findCycle(best []int, alive []bool, mark []int) []int {
	clear(mark)
	for v := 1; v < len(best); v++ {
		if !alive[v] || mark[v] != 0 {
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
		cycle := []int{at}
		for next := best[at]; next != at; next = best[next] {
			cycle = append(cycle, next)
		}
		return cycle
	}
	return nil
}
