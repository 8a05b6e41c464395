package newsroom

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/read"
)

// mostTried is how many addresses Find asks at most.
const mostTried = 12

// Find looks for something to watch at an address: the address itself where it is
// a feed or a sitemap, else the first feed that its page names, else one where
// sites usually have theirs, else the page itself where it lists articles. What
// was tried stands in the error. The source is not kept yet.
func Find(ctx context.Context, f Fetcher, address string) (ledger.Source, read.Listing, error) {
	none := ledger.Source{}
	r, err := f.Get(ctx, fetch.Request{URL: address, Kind: fetch.Feed})
	if err != nil {
		return none, read.Listing{}, err
	}
	list, err := read.ParseListing(r.Body, r.Header.Get("Content-Type"), r.URL)
	if err == nil && list.Kind != read.IndexPage {
		return sourceOf(&r, &list), list, nil
	}
	page, pageList, pageErr := r, list, err
	var tries []string
	for _, link := range read.Discover(r.Body, r.URL) {
		tries = append(tries, link.URL)
	}
	tries = slices.Concat(tries, read.UsualFeeds(r.URL))
	tried := map[string]bool{r.URL: true}
	for _, try := range tries {
		if tried[try] || len(tried) > mostTried {
			continue
		}
		tried[try] = true
		r, err := f.Get(ctx, fetch.Request{URL: try, Kind: fetch.Feed})
		if err != nil {
			if ctx.Err() != nil {
				return none, read.Listing{}, err
			}
			continue
		}
		list, err := read.ParseListing(r.Body, r.Header.Get("Content-Type"), r.URL)
		if err == nil && list.Kind != read.IndexPage && len(list.Items)+len(list.More) > 0 {
			return sourceOf(&r, &list), list, nil
		}
	}
	if pageErr == nil && len(pageList.Items) > 0 {
		return sourceOf(&page, &pageList), pageList, nil
	}
	err = fmt.Errorf("%s: %w: no feed, no sitemap and no list of articles, there or at %d other addresses", address, onrecord.ErrNotFound, len(tried)-1)
	return none, read.Listing{}, onrecord.WithHint(errors.Join(err, pageErr), "name the feed's own address, or a page that lists articles")
}

func sourceOf(r *fetch.Response, list *read.Listing) ledger.Source {
	address := r.URL
	if r.Moved != "" {
		address = r.Moved
	}
	return ledger.Source{Address: address, Kind: string(list.Kind), Title: list.Title, Site: list.Site}
}
