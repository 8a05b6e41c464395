package newsroom

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/read"
)

const (
	mostSitemaps = 8              // of an index, asked in one visit
	tomorrow     = 24 * time.Hour // how far ahead of the clock a date may lie: zones, and clocks that go wrong
)

// visit asks a source what is new, and keeps the answer.
func (w *watching) visit(ctx context.Context, src ledger.Source) error {
	now := time.Now()
	r, err := w.Fetch.Get(ctx, fetch.Request{URL: src.Address, Kind: fetch.Feed, ETag: src.ETag, LastModified: src.LastModified})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	var list read.Listing
	var leads []ledger.Lead
	if err == nil && !r.NotModified {
		list, err = w.listing(ctx, &r)
	}
	if err == nil {
		leads = leadsOf(&src, &list, now)
		w.move(ctx, &src, r.Moved)
	}
	kept, keepErr := w.Sources.Visited(ctx, src.ID, leads, func(s *ledger.Source, found int) {
		s.Health.Visits++
		s.Health.Visited = now
		if err != nil {
			stumble(s, err, now)
			return
		}
		s.ETag, s.LastModified = r.ETag, r.LastModified
		if r.NotModified {
			s.Health.Unchanged++
		} else {
			describe(s, &list)
		}
		settle(s, found, max(list.TTL, r.MaxAge), now)
		src.Health.Found = s.Health.Found
	})
	if keepErr != nil {
		return keepErr
	}
	w.mu.Lock()
	for i := range w.sources {
		if w.sources[i].ID == kept.ID {
			w.sources[i] = kept
		}
	}
	w.mu.Unlock()
	w.tell(Told{Source: &kept, Found: kept.Health.Found - src.Health.Found, Err: err})
	return nil
}

// listing reads a source's answer. Of an index of sitemaps it asks for the first
// few too.
func (w *watching) listing(ctx context.Context, r *fetch.Response) (read.Listing, error) {
	list, err := read.ParseListing(r.Body, r.Header.Get("Content-Type"), r.URL)
	if err != nil {
		return list, err
	}
	if list.Kind != read.SitemapIndex {
		return list, nil
	}
	for _, address := range list.More[:min(len(list.More), mostSitemaps)] {
		part, err := w.Fetch.Get(ctx, fetch.Request{URL: address, Kind: fetch.Sitemap})
		var more read.Listing
		if err == nil {
			more, err = read.ParseListing(part.Body, part.Header.Get("Content-Type"), part.URL)
		}
		if err != nil {
			list.Problems = append(list.Problems, onrecord.Problem{Code: "sitemap", Message: fmt.Sprintf("%s: %v", address, err)})
			continue
		}
		list.Items = append(list.Items, more.Items...)
		list.Problems = append(list.Problems, more.Problems...)
	}
	return list, nil
}

// describe notes what a list tells of itself.
func describe(src *ledger.Source, list *read.Listing) {
	src.Kind = string(list.Kind)
	if src.Title == "" {
		src.Title = list.Title
	}
	if src.Site == "" {
		src.Site = list.Site
	}
	src.Health.Problems = list.Problems[:min(len(list.Problems), 8)]
}

// leadsOf are the leads that a list gives, each address once. A date that lies
// ahead of the clock is unknown.
func leadsOf(src *ledger.Source, list *read.Listing, now time.Time) []ledger.Lead {
	leads := make([]ledger.Lead, 0, len(list.Items))
	seen := make(map[string]bool, len(list.Items))
	ahead, odd := 0, 0
	for i := range list.Items {
		item := &list.Items[i]
		address, err := fetch.Canonical(item.URL)
		if err != nil {
			odd++
			continue
		}
		if seen[address] || address == src.Address {
			continue
		}
		seen[address] = true
		l := ledger.Lead{Address: address, Host: hostOf(address), Due: now, Found: now, Title: item.Title, Published: item.Published, Modified: item.Modified}
		for _, d := range []*onrecord.Date{&l.Published, &l.Modified} {
			if d.Time.Sub(now) > tomorrow {
				*d = onrecord.Date{}
				ahead++
			}
		}
		leads = append(leads, l)
	}
	if ahead > 0 {
		list.Problems = append(list.Problems, onrecord.Problem{Code: "future", Message: fmt.Sprintf("%d dates lie in the future and are taken for unknown", ahead)})
	}
	if odd > 0 {
		list.Problems = append(list.Problems, onrecord.Problem{Code: "address", Message: fmt.Sprintf("%d items have no address on the web", odd)})
	}
	return leads
}

// move gives a source the address that it moved to for good, unless another
// source has it.
func (w *watching) move(ctx context.Context, src *ledger.Source, to string) {
	if to == "" || to == src.Address {
		return
	}
	_, err := w.Sources.ChangeSource(ctx, src.ID, func(s *ledger.Source) error {
		s.Address = to
		return nil
	})
	if err == nil {
		src.Address = to
	}
}

// follow looks at a lead's page, and hands it on to be read.
func (w *watching) follow(ctx context.Context, l ledger.Lead) error {
	now := time.Now()
	r, err := w.Fetch.Get(ctx, fetch.Request{URL: l.Address, Kind: fetch.Page, ETag: l.ETag, LastModified: l.LastModified})
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err == nil && !r.NotModified {
		l.Looks, l.Tries, l.Looked, l.ETag, l.LastModified = l.Looks+1, 0, now, r.ETag, r.LastModified
		// Until the page is kept its lead is put off, so that nobody fetches it twice;
		// killed before that, the watch fetches it again.
		l.Due = now.Add(lease)
		if err := w.Sources.Followed(ctx, l); err != nil {
			return err
		}
		select {
		case w.pages <- page{l, Capture(&r, w.publisher(l.Source))}:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		return nil
	}
	if err != nil {
		missed(&l, err, now)
	} else {
		l.Looks, l.Tries, l.Looked, l.Reason, l.Error = l.Looks+1, 0, now, "", ""
		lookAgain(&l, now)
	}
	if err := w.Sources.Followed(ctx, l); err != nil {
		return err
	}
	w.tell(Told{Lead: &l, Err: err})
	return nil
}

// publisher is the name that a source's owner gave for pages that name none.
func (w *watching) publisher(source onrecord.ID) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.sources {
		if w.sources[i].ID == source {
			return w.sources[i].Publisher
		}
	}
	return ""
}

// Capture makes a capture of an answer. The publisher is of pages that do not
// name theirs; it may be empty.
func Capture(r *fetch.Response, publisher string) onrecord.Capture {
	c := onrecord.Capture{Bytes: r.Body, MediaType: r.Header.Get("Content-Type"), Address: r.URL, Retrieved: r.Retrieved, Header: map[string][]string{}}
	for _, name := range []string{"Content-Type", "Content-Language", "Date", "Last-Modified", "Etag", "Link", "Server"} {
		if v := r.Header.Values(name); len(v) > 0 {
			c.Header[name] = v
		}
	}
	if r.Truncated {
		c.Header[onrecord.CutShort] = []string{"length"}
	}
	if publisher != "" {
		c.Header[onrecord.GivenPublisher] = []string{publisher}
	}
	return c
}

// missed notes that a page did not answer, and plans what comes of that.
func missed(l *ledger.Lead, err error, now time.Time) {
	l.Tries++
	l.Looked = now
	var wait time.Duration
	status := 0
	l.Reason, l.Error = "failure", err.Error()
	if f, ok := errors.AsType[*fetch.RequestError](err); ok {
		l.Reason, wait, status = string(f.Reason), f.RetryAfter, f.Status
	}
	absent := status == http.StatusNotFound || status == http.StatusGone
	final := l.Reason == "robots" || l.Reason == "address" || l.Reason == "private" || status == http.StatusUnauthorized || status == http.StatusForbidden
	switch {
	case absent && l.Article != "" && (status == http.StatusGone || l.Tries >= mostAbsent):
		l.Outcome, l.Due = ledger.LeadDown, time.Time{}
	case l.Article != "" && (final || l.Tries >= mostTries):
		l.Due = time.Time{} // it stays kept
	case final, absent && l.Tries >= mostAbsent, l.Tries >= mostTries:
		l.Outcome, l.Due = ledger.LeadLost, time.Time{}
	default:
		if l.Article == "" {
			l.Outcome = ledger.LeadFailing
		}
		l.Due = now.Add(max(wait, fetch.Backoff(l.Tries, againSoon, againLate, jitter)))
	}
}
