package newsroom_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/ledger"
	"github.com/onrecord/onrecord/ledger/sqlite"
	"github.com/onrecord/onrecord/newsroom"
)

// web is a made-up web on a made-up clock: pages by their addresses.
type web struct {
	mu     sync.Mutex
	pages  map[string]func(r fetch.Request) (fetch.Response, error)
	asked  map[string]int
	inside map[string]int // requests that a host is answering now
	worst  int            // most of them at one host
	pace   map[string][]time.Time
	slow   time.Duration // that an answer takes
}

func newWeb() *web {
	return &web{
		pages: map[string]func(fetch.Request) (fetch.Response, error){}, asked: map[string]int{},
		inside: map[string]int{}, pace: map[string][]time.Time{}, slow: 50 * time.Millisecond,
	}
}

func (w *web) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	host := strings.SplitN(r.URL, "/", 4)[2]
	w.mu.Lock()
	w.asked[r.URL]++
	w.inside[host]++
	w.worst = max(w.worst, w.inside[host])
	answer := w.pages[r.URL]
	w.mu.Unlock()
	defer func() {
		w.mu.Lock()
		w.inside[host]--
		w.mu.Unlock()
	}()
	select {
	case <-time.After(w.slow):
	case <-ctx.Done():
		return fetch.Response{}, ctx.Err()
	}
	if answer == nil {
		return fetch.Response{}, failure("status", http.StatusNotFound)
	}
	a, err := answer(r)
	a.URL, a.Retrieved, a.Status = r.URL, time.Now(), http.StatusOK
	return a, err
}

func failure(reason fetch.Reason, status int) error {
	return &fetch.RequestError{Reason: reason, Status: status, Err: fmt.Errorf("answer %d", status)}
}

// text answers with a plain text.
func text(body string) func(fetch.Request) (fetch.Response, error) {
	return func(fetch.Request) (fetch.Response, error) {
		return fetch.Response{Header: http.Header{"Content-Type": {"text/plain; charset=utf-8"}}, Body: []byte(body)}, nil
	}
}

// feed answers with a feed of items at addresses.
func feed(addresses func() []string) func(fetch.Request) (fetch.Response, error) {
	return func(fetch.Request) (fetch.Response, error) {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>`)
		for _, a := range addresses() {
			fmt.Fprintf(&b, "<item><title>Item</title><link>%s</link></item>", a)
		}
		b.WriteString("</channel></rss>")
		return fetch.Response{Header: http.Header{"Content-Type": {"application/rss+xml"}}, Body: []byte(b.String())}, nil
	}
}

func list(addresses ...string) func() []string { return func() []string { return addresses } }

// prepared makes what all tests share, and what packs the ledger's rows among it,
// before a made-up clock starts: what is made under one clock does not work under
// another.
func prepared(t *testing.T) {
	t.Helper()
	warm.Do(func() {
		store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
		if err != nil {
			t.Fatal(err)
		}
		keep(t, open(t, store), "A notice.", "Another notice.")
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

var warm sync.Once

// keep reads and keeps texts.
func keep(t *testing.T, room *newsroom.Newsroom, texts ...string) {
	t.Helper()
	captures := func(yield func(onrecord.Capture, error) bool) {
		for i, s := range texts {
			if !yield(onrecord.Capture{Bytes: []byte(s), Address: fmt.Sprintf("https://notice.example/%d", i), Retrieved: time.Now()}, nil) {
				return
			}
		}
	}
	if err := room.Read(t.Context(), captures, func(o newsroom.Outcome) error { return o.Err }); err != nil {
		t.Fatal(err)
	}
}

// watched is a ledger in which what a watch did is looked up.
type watched struct {
	*testing.T
	ledger.Store
	web *web
}

func watching(t *testing.T) *watched {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &watched{t, store, newWeb()}
}

func (w *watched) source(address string) ledger.Source {
	w.Helper()
	s, _, err := w.AddSource(w.Context(), ledger.Source{Address: address, Added: time.Now(), Next: time.Now()})
	if err != nil {
		w.Fatal(err)
	}
	return s
}

// run watches for a while of the made-up clock.
func (w *watched) run(d time.Duration, change ...func(*newsroom.Watch)) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), d)
	defer cancel()
	watch := &newsroom.Watch{Room: open(w.T, w.Store), Sources: w.Store, Fetch: w.web, Reload: time.Minute}
	for _, c := range change {
		c(watch)
	}
	if err := watch.Run(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		w.Fatal(err)
	}
}

func (w *watched) lead(address string) ledger.Lead {
	w.Helper()
	leads, err := w.Leads(w.Context(), ledger.LeadQuery{Limit: 1000})
	if err != nil {
		w.Fatal(err)
	}
	i := slices.IndexFunc(leads, func(l ledger.Lead) bool { return l.Address == address })
	if i < 0 {
		w.Fatalf("no lead %s", address)
	}
	return leads[i]
}

const harbourFeed = "https://harbour.example/feed"

func TestWatchKeepsWhatAFeedTellsOf(t *testing.T) {
	prepared(t)
	synctest.Test(t, func(t *testing.T) {
		w := watching(t)
		w.web.pages[harbourFeed] = feed(list("https://harbour.example/a", "https://harbour.example/b", "https://other.example/c"))
		for _, a := range []string{"https://harbour.example/a", "https://harbour.example/b", "https://other.example/c"} {
			w.web.pages[a] = text("Bridge " + a + "\n\nThe mayor said the bridge was safe.")
		}
		src := w.source(harbourFeed)
		settled := 0
		w.run(time.Minute, func(n *newsroom.Watch) {
			n.Settled = func(context.Context) error {
				settled++
				return nil
			}
		})
		for _, a := range []string{"https://harbour.example/a", "https://harbour.example/b", "https://other.example/c"} {
			if l := w.lead(a); l.Outcome != ledger.LeadKept || l.Article == "" || w.web.asked[a] != 1 {
				t.Errorf("%+v, asked %d times", l, w.web.asked[a])
			}
		}
		src, err := w.Source(t.Context(), string(src.ID))
		if h := src.Health; err != nil || h.Found != 3 || h.Kept != 3 || h.Visits != 1 || src.Title != "Harbour News" || h.Answered.IsZero() {
			t.Errorf("%+v, %v", src, err)
		}
		if settled == 0 {
			t.Error("nothing was settled")
		}
		if answer, err := w.Said(t.Context(), ledger.Query{About: "bridge"}); err != nil || len(answer.Rows) != 3 {
			t.Errorf("%d statements, %v", len(answer.Rows), err)
		}
	})
}

// Stopped and started again, a watch asks for nothing that it has, and for
// everything that it has not.
func TestWatchGoesOnWhereItWas(t *testing.T) {
	prepared(t)
	synctest.Test(t, func(t *testing.T) {
		w := watching(t)
		var addresses []string
		for i := range 40 {
			a := fmt.Sprintf("https://harbour.example/%d", i)
			addresses = append(addresses, a)
			w.web.pages[a] = text(fmt.Sprintf("Item %d\n\nThe mayor said that bridge %d was safe.", i, i))
		}
		w.web.pages[harbourFeed] = feed(list(addresses...))
		w.source(harbourFeed)
		for range 12 {
			w.run(300 * time.Millisecond)
			time.Sleep(3 * time.Minute) // what was called off half done is tried again
		}
		totals, err := w.Totals(t.Context())
		if err != nil || totals.Articles != 40 {
			t.Fatalf("%+v, %v", totals, err)
		}
		asked := 0
		for _, a := range addresses {
			asked += w.web.asked[a]
		}
		if asked > 40+12 { // each stop calls off one request at most
			t.Errorf("%d requests for 40 pages and 12 stops", asked)
		}
	})
}

func TestWatchNamesWhatFails(t *testing.T) {
	prepared(t)
	synctest.Test(t, func(t *testing.T) {
		w := watching(t)
		bad := func(err error) func(fetch.Request) (fetch.Response, error) {
			return func(fetch.Request) (fetch.Response, error) { return fetch.Response{}, err }
		}
		w.web.pages[harbourFeed] = feed(list("https://harbour.example/forbidden", "https://harbour.example/slow", "https://harbour.example/nowhere", "https://harbour.example/picture"))
		w.web.pages["https://harbour.example/forbidden"] = bad(failure("robots", 0))
		w.web.pages["https://harbour.example/slow"] = bad(failure("timeout", 0))
		w.web.pages["https://harbour.example/picture"] = text("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
		w.web.pages["https://down.example/feed"] = bad(failure("tls", 0))
		w.web.pages["https://gone.example/feed"] = bad(failure("gone", http.StatusGone))
		w.web.pages["https://page.example/feed"] = text("no list at all")
		w.source(harbourFeed)
		for _, host := range []string{"down", "gone", "page"} {
			w.source("https://" + host + ".example/feed")
		}
		w.run(4 * 24 * time.Hour)
		for address, want := range map[string]string{
			"https://harbour.example/forbidden": "lost robots 1", "https://harbour.example/slow": "lost timeout 6",
			"https://harbour.example/nowhere": "lost status 2", "https://harbour.example/picture": "lost no article 1",
		} {
			l := w.lead(address)
			if got := fmt.Sprintf("%s %s %d", l.Outcome, l.Reason, w.web.asked[address]); got != want || l.Error == "" {
				t.Errorf("%s: %s (%s), want %s", address, got, l.Error, want)
			}
		}
		for address, want := range map[string]string{
			"https://down.example/feed": "active tls", "https://gone.example/feed": "paused gone", "https://page.example/feed": "active no list",
		} {
			s, err := w.Source(t.Context(), address)
			if got := string(s.State) + " " + s.Health.Reason; err != nil || got != want || s.Health.Failures == 0 || s.Health.Failed.IsZero() || s.Health.Error == "" {
				t.Errorf("%s: %s, want %s; %+v, %v", address, got, want, s.Health, err)
			}
			if n := w.web.asked[address]; n > 15 {
				t.Errorf("%s: asked %d times in four days though it fails", address, n)
			}
		}
	})
}

// An article that its outlet changes is a new text of the same article; one that
// is taken down is noted, and stays.
func TestWatchSeesWhatChanges(t *testing.T) {
	prepared(t)
	synctest.Test(t, func(t *testing.T) {
		w := watching(t)
		const address = "https://harbour.example/a"
		w.web.pages[harbourFeed] = feed(list(address))
		w.web.pages[address] = text("Bridge\n\nThe mayor said the bridge was safe.")
		w.source(harbourFeed)
		w.run(30 * time.Minute)
		first := w.lead(address).Article
		w.web.pages[address] = text("Bridge\n\nThe mayor said the bridge was closed.")
		w.run(2 * time.Hour)
		a, err := w.Article(t.Context(), first)
		if err != nil || !strings.Contains(a.Revision.Text, "closed") || len(a.Earlier) != 1 {
			t.Fatalf("%+v, %v", a, err)
		}
		w.web.pages[address] = nil
		w.run(2 * 24 * time.Hour)
		if l := w.lead(address); l.Outcome != ledger.LeadDown || l.Article != first || !l.Due.IsZero() {
			t.Errorf("%+v", l)
		}
		if _, err := w.Article(t.Context(), first); err != nil {
			t.Error(err)
		}
	})
}

// A page that was longer than is taken says so in its article.
func TestWatchSaysWhatWasCut(t *testing.T) {
	prepared(t)
	synctest.Test(t, func(t *testing.T) {
		w := watching(t)
		const address = "https://harbour.example/a"
		w.web.pages[harbourFeed] = feed(list(address))
		w.web.pages[address] = func(r fetch.Request) (fetch.Response, error) {
			a, err := text("Bridge\n\nThe mayor said the bridge was safe.")(r)
			a.Truncated = true
			return a, err
		}
		w.source(harbourFeed)
		w.run(time.Minute)
		a, err := w.Article(t.Context(), w.lead(address).Article)
		if err != nil || len(a.Revision.Problems) != 1 || a.Revision.Problems[0].Code != "cut" || a.Revision.URL != address {
			t.Errorf("%+v, %v", a.Revision, err)
		}
	})
}

// memory keeps sources and leads without a file, so that a week passes soon.
type memory struct {
	ledger.Sourcer
	mu      sync.Mutex
	sources []ledger.Source
	leads   map[string]*ledger.Lead
	byID    []*ledger.Lead
}

func (m *memory) Sources(context.Context) ([]ledger.Source, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.sources), nil
}

func (m *memory) ChangeSource(context.Context, onrecord.ID, func(*ledger.Source) error) (ledger.Source, error) {
	return ledger.Source{}, onrecord.ErrNotFound
}

func (m *memory) Visited(_ context.Context, id onrecord.ID, leads []ledger.Lead, change func(*ledger.Source, int)) (ledger.Source, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.sources, func(s ledger.Source) bool { return s.ID == id })
	found := 0
	for _, l := range leads {
		if m.leads[l.Address] == nil {
			l.ID, l.Source = int64(len(m.byID)), id
			m.leads[l.Address] = &l
			m.byID = append(m.byID, &l)
			found++
		}
	}
	change(&m.sources[i], found)
	return m.sources[i], nil
}

func (m *memory) Leads(_ context.Context, q ledger.LeadQuery) (out []ledger.Lead, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.byID {
		if !l.Due.IsZero() && !l.Due.After(q.By) && l.Host == q.Host {
			return []ledger.Lead{*l}, nil
		}
	}
	return nil, nil
}

func (m *memory) LeadHosts(_ context.Context, by time.Time) (hosts []string, next time.Time, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := map[string]bool{}
	for _, l := range m.byID {
		switch {
		case l.Due.IsZero():
		case !l.Due.After(by):
			seen[l.Host] = true
		case next.IsZero() || l.Due.Before(next):
			next = l.Due
		}
	}
	for h := range seen {
		hosts = append(hosts, h)
	}
	return hosts, next, nil
}

func (m *memory) Followed(_ context.Context, leads ...ledger.Lead) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range leads {
		*m.byID[l.ID] = l
	}
	return nil
}

// TestWeekOfFiveHundredFeeds: seven days over 500 feeds of 120 hosts, on a
// made-up clock. Feeds come out with something new at paces from minutes to days;
// some are down for days.
func TestWeekOfFiveHundredFeeds(t *testing.T) {
	prepared(t)
	synctest.Test(t, func(t *testing.T) {
		const feeds, hosts = 500, 120
		week := 7 * 24 * time.Hour
		w, m := newWeb(), &memory{leads: map[string]*ledger.Lead{}}
		start := time.Now()
		random := rand.New(rand.NewPCG(7, 7))
		var telling sync.Mutex
		told := map[string]int{} // items that each feed came out with by now
		for i := range feeds {
			host := fmt.Sprintf("outlet%d.example", i%hosts)
			address := fmt.Sprintf("https://%s/feed/%d", host, i)
			every := time.Duration(2+random.IntN(60)) * time.Hour
			down := i%25 == 0
			items := func() (list []string) {
				n := int(time.Since(start)/every) + 1
				telling.Lock()
				told[address] = n
				telling.Unlock()
				for k := max(0, n-20); k < n; k++ {
					list = append(list, fmt.Sprintf("https://%s/%d/%d", host, i, k))
				}
				return list
			}
			w.pages[address] = feed(items)
			if down {
				w.pages[address] = func(fetch.Request) (fetch.Response, error) {
					if d := time.Since(start); d > 24*time.Hour && d < 72*time.Hour {
						return fetch.Response{}, failure("timeout", 0)
					}
					return feed(items)(fetch.Request{})
				}
			}
			m.sources = append(m.sources, ledger.Source{ID: onrecord.ID(fmt.Sprint(i)), Address: address, State: ledger.Active, Next: start})
		}
		// Every article page answers alike; what is read does not matter here.
		answers := &anyPage{web: w, body: "A page\n\nNothing was said here by anybody at all.", memory: m}
		ctx, cancel := context.WithTimeout(t.Context(), week)
		defer cancel()
		watch := &newsroom.Watch{Room: open(t, &shelf{}), Sources: m, Fetch: answers, Reload: time.Minute}
		if err := watch.Run(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		if w.worst > 1 {
			t.Errorf("%d requests at one host at a time", w.worst)
		}
		visits, failing := 0, 0
		for _, s := range m.sources {
			visits += s.Health.Visits
			failing += s.Health.Failing
			if u, err := url.Parse(s.Address); err != nil || s.Health.Visits < 10 || s.Health.Visits > 700 {
				t.Errorf("%s: %d visits in a week, %v", u, s.Health.Visits, err)
			}
		}
		missing, kept := 0, 0
		for _, l := range m.byID {
			if l.Outcome == ledger.LeadKept {
				kept++
			} else if l.Found.Before(start.Add(week - time.Hour)) {
				missing++
			}
		}
		out := 0
		for _, n := range told {
			out += n
		}
		if missing > 0 || kept < out*98/100 {
			t.Errorf("%d of %d items kept, %d found and not followed", kept, out, missing)
		}
		var memory runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&memory)
		if memory.HeapAlloc > 400<<20 {
			t.Errorf("%d MB in use after a week", memory.HeapAlloc>>20)
		}
		t.Logf("%d visits, %d failed; %d items came out, %d kept; %d MB in use", visits, failing, out, kept, memory.HeapAlloc>>20)
	})
}

// anyPage answers for pages that the web does not have.
type anyPage struct {
	*web
	body   string
	memory *memory
}

func (a *anyPage) Get(ctx context.Context, r fetch.Request) (fetch.Response, error) {
	if r.Kind == fetch.Page {
		a.mu.Lock()
		if a.pages[r.URL] == nil {
			a.pages[r.URL] = text(a.body)
		}
		a.mu.Unlock()
	}
	return a.web.Get(ctx, r)
}
