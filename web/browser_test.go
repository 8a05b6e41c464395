package web

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	browserlog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/onrecord/onrecord/ledger"
)

// Pages in a real browser, Chromium without a window. Where none is found the
// tests skip, unless ONRECORD_BROWSER=required.

// chromium is the browser's path.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("ONRECORD_BROWSER") == "required" {
		t.Fatal("no Chromium found, and ONRECORD_BROWSER=required")
	}
	t.Skip("no Chromium found: set ONRECORD_BROWSER=required to fail instead")
	return ""
}

// browser is one tab on a server of its own.
type browser struct {
	*testing.T
	ctx    context.Context
	server *httptest.Server

	mu         sync.Mutex
	complaints []string // what the browser said of the pages
}

// browse starts a server over the store and opens a tab.
func browse(t *testing.T, store ledger.Store) *browser {
	t.Helper()
	path := chromium(t)
	b := &browser{T: t}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(store, Options{Addr: ln.Addr().String(), Writable: true, Reviewer: "Nora Berg", Version: "0.1"})
	if err != nil {
		t.Fatal(err)
	}
	b.server = &httptest.Server{Listener: ln, Config: &http.Server{Handler: h, ReadHeaderTimeout: time.Second}}
	b.server.Start()
	t.Cleanup(b.server.Close)

	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("no-proxy-server", true), chromedp.Flag("hide-scrollbars", true))
	alloc, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(alloc)
	t.Cleanup(func() { _ = chromedp.Cancel(ctx); closeTab() /* the error is that of a browser already gone */ })
	b.ctx = ctx
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	call(b, network.Enable, network.EnableParams{})
	call(b, runtime.Enable, cdp.Empty{})
	call(b, browserlog.Enable, cdp.Empty{})
	return b
}

// listen notes what no page may do: complain, or ask another host.
func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, "console: "+string(e.Type))
	case *browserlog.EventEntryAdded:
		b.complaints = append(b.complaints, string(e.Entry.Level)+": "+e.Entry.Text+" "+e.Entry.URL)
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && u.Host != "" && u.Host != b.server.Listener.Addr().String() {
			b.complaints = append(b.complaints, "asked another host: "+e.Request.URL)
		}
	}
}

// patience is how long a step in the browser may take.
const patience = 30 * time.Second

// run runs one step and gives its value.
func run[T any](b *browser, step chromedp.Action[T]) T {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, step)
	if err != nil {
		b.Fatal(err)
	}
	return v
}

func call[P, R any](b *browser, command cdp.Command[P, R], params P) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.Fatal(err)
	}
}

func (b *browser) open(path string) {
	b.Helper()
	run(b, chromedp.Navigate(b.server.URL+path))
}

// TestShots writes pictures of the pages to look at, into the folder that
// ONRECORD_SHOTS names.
func TestShots(t *testing.T) {
	dir := os.Getenv("ONRECORD_SHOTS")
	if dir == "" {
		t.Skip("ONRECORD_SHOTS names no folder for pictures")
	}
	shelf := keep(t, "harbour", "council", "hostile", "foreign")
	b := browse(t, shelf)
	pages := map[string]string{
		"home": "/", "search": "/search?q=by%3Alindqvist+wall", "article": articleAddress(shelf.article("harbour"), ""), "hostile": articleAddress(shelf.article("hostile"), ""),
		"statement": statementAddress(shelf.statement("harbour", 4)), "speaker": "/speaker/ada-lindqvist", "speakers": "/speakers", "articles": "/articles",
		"empty": "/search?q=zebra", "off": "/search?q=wall+since%3Asoon", "help": "/help", "gone": "/article/a-0000000000000",
	}
	for name, path := range pages {
		if only := os.Getenv("ONRECORD_SHOTS_ONLY"); only != "" && !strings.Contains(only, name) {
			continue
		}
		for _, scheme := range []string{"light", "dark"} {
			for width, device := range map[int64]string{1280: "desk", 390: "phone"} {
				call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
					Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
				})
				run(b, chromedp.EmulateViewport(width, 900))
				b.open(path)
				png := run(b, chromedp.FullScreenshot(100))
				if err := os.WriteFile(filepath.Join(dir, name+"-"+device+"-"+scheme+".png"), png, 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
