// Package newsroom keeps the work going: it takes captures, has them read and
// analysed on all cores, and keeps them in the order they came. A document that
// fails, or even panics a stage, costs that document alone.
package newsroom

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"runtime"
	"sync"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/desk"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/read"
)

// Newsroom ties a desk to a ledger. It is safe for use by one run at a time.
type Newsroom struct {
	Desk    *desk.Desk
	Keeper  ledger.Keeper // nil: read and analyse, keep nothing
	Workers int           // 0: one for each core
}

// Outcome is what became of one capture.
type Outcome struct {
	Name     string // the capture's path or address, for people
	Document ledger.Document
	Kept     ledger.Kept // zero when nothing keeps
	Err      error       // the document could not be read, analysed or kept
}

// Documents wait to be kept in one transaction until there are batch of them,
// they have heavy bytes, or the first has waited for gathering. More gain little
// and hold more memory.
const (
	batch     = 64
	heavy     = 4 << 20
	gathering = 200 * time.Millisecond
)

// Read works through captures and hands each outcome on in their order. A
// capture that comes with an error becomes an outcome with that error. Read
// stops early when each returns an error, when ctx ends, or when the ledger
// itself fails, and returns that.
func (n *Newsroom) Read(ctx context.Context, captures iter.Seq2[onrecord.Capture, error], each func(Outcome) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	ready := inOrder(ctx, n.workers(), captures, func(c onrecord.Capture, err error) Outcome { return n.prepare(ctx, c, err) })
	waiting, weight := make([]Outcome, 0, batch), 0
	flush := func() error {
		err := n.keep(ctx, waiting)
		for i := 0; err == nil && i < len(waiting); i++ {
			err = each(waiting[i])
		}
		clear(waiting)
		waiting, weight = waiting[:0], 0
		return err
	}
	// A transaction has a price of its own, so documents gather for a short while;
	// a slow stream is still kept promptly.
	patience := time.NewTimer(0)
	defer patience.Stop()
	for {
		select {
		case o, ok := <-ready:
			if !ok {
				if err := flush(); err != nil {
					return err
				}
				return context.Cause(ctx)
			}
			if len(waiting) == 0 {
				patience.Reset(gathering)
			}
			waiting, weight = append(waiting, o), weight+len(o.Document.Capture.Bytes)
			if n.Keeper != nil && len(waiting) < batch && weight < heavy {
				continue
			}
		case <-patience.C:
		}
		if err := flush(); err != nil {
			return stop(cancel, ready, err)
		}
	}
}

// stop ends the workers and waits until none is left.
func stop(cancel context.CancelCauseFunc, ready <-chan Outcome, err error) error {
	cancel(err)
	for range ready {
	}
	return err
}

func (n *Newsroom) workers() int {
	if n.Workers > 0 {
		return n.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// prepare reads and analyses one capture.
func (n *Newsroom) prepare(ctx context.Context, c onrecord.Capture, err error) (o Outcome) {
	o.Name = c.Address
	if path := c.Given(onrecord.GivenPath); path != "" {
		o.Name = path
	}
	o.Document.Capture = c
	if err != nil {
		o.Err = err
		return o
	}
	defer func() {
		if p := recover(); p != nil {
			o.Err = fmt.Errorf("a stage failed on this document, please report it: %v", p)
		}
	}()
	if o.Document.Revision, o.Err = read.Revision(&c); o.Err != nil {
		return o
	}
	o.Document.Analysis, o.Err = n.analyse(ctx, &o.Document.Revision)
	return o
}

// analyse has the desk look at a revision and notes who read it.
func (n *Newsroom) analyse(ctx context.Context, rev *onrecord.Revision) (onrecord.Analysis, error) {
	a, err := n.Desk.Analyse(ctx, rev)
	a.MadeBy = maps.Clone(a.MadeBy)
	if a.MadeBy == nil {
		a.MadeBy = onrecord.Versions{}
	}
	a.MadeBy["read"] = rev.ReadBy
	return a, err
}

// Versions are the versions of everything that makes a finding today.
func (n *Newsroom) Versions() onrecord.Versions {
	v := maps.Clone(n.Desk.Versions())
	v["read"] = read.Version
	return v
}

// keep writes the outcomes that have a document.
func (n *Newsroom) keep(ctx context.Context, outcomes []Outcome) error {
	if n.Keeper == nil {
		return nil
	}
	docs := make([]ledger.Document, 0, len(outcomes))
	at := make([]int, 0, len(outcomes))
	for i := range outcomes {
		if outcomes[i].Err == nil {
			docs = append(docs, outcomes[i].Document)
			at = append(at, i)
		}
	}
	if len(docs) == 0 {
		return nil
	}
	kept, err := n.Keeper.Keep(ctx, docs...)
	if err != nil {
		return fmt.Errorf("keep %d documents: %w", len(docs), err)
	}
	if len(kept) != len(docs) {
		return errors.New("keep: the ledger answered for another number of documents")
	}
	for j, i := range at {
		outcomes[i].Kept, outcomes[i].Err = kept[j], kept[j].Err
	}
	return nil
}

// inOrder applies work to each element on several goroutines and delivers the
// results in the elements' order. At most twice as many elements as workers are
// held at a time. The channel closes when the sequence or ctx ends.
func inOrder[A, B, R any](ctx context.Context, workers int, seq iter.Seq2[A, B], work func(A, B) R) <-chan R {
	type job struct {
		a    A
		b    B
		done chan R
	}
	jobs := make(chan job)
	order := make(chan chan R, workers)
	out := make(chan R)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range jobs {
				j.done <- work(j.a, j.b)
			}
		})
	}
	go func() {
		defer close(order)
		defer close(jobs)
		for a, b := range seq {
			j := job{a, b, make(chan R, 1)}
			select {
			case order <- j.done:
			case <-ctx.Done():
				return
			}
			select {
			case jobs <- j:
			case <-ctx.Done():
				close(j.done)
				return
			}
		}
	}()
	go func() {
		defer close(out)
		defer wg.Wait()
		for done := range order {
			r, ok := <-done
			if !ok {
				continue // drained: ctx ended before the work began
			}
			select {
			case out <- r:
			case <-ctx.Done():
			}
		}
	}()
	return out
}
