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
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	browserlog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/onrecord/onrecord"
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

// until waits for an expression in the page to be true, over a change of pages.
func (b *browser) until(expression string) {
	b.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		// While the page changes there is nothing to ask; that is no failure.
		yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		if err == nil && yes {
			return
		}
		if time.Now().After(deadline) || b.ctx.Err() != nil {
			b.Fatalf("waited for %s: %v\nat %s", expression, err, run(b, chromedp.Location()))
		}
	}
}

// arrive waits for a page whose keys work.
func (b *browser) arrive(path string) {
	b.Helper()
	b.until(`location.pathname.startsWith("` + path + `") && document.documentElement.classList.contains("keys-on")`)
}

// is checks that an expression in the page is true.
func (b *browser) is(expression string) {
	b.Helper()
	if !run(b, chromedp.Evaluate[bool]("Boolean("+expression+")")) {
		b.Errorf("not so: %s\nat %s", expression, run(b, chromedp.Location()))
	}
}

// press presses keys one after another, as a keyboard does: a letter that the
// page takes for a key is not typed as well.
func (b *browser) press(keys ...string) {
	b.Helper()
	for _, k := range keys {
		if k == kb.Enter || k == kb.Escape || k == " " {
			run(b, chromedp.KeyEvent(k))
			continue
		}
		for letter := range strings.SplitSeq(k, "") {
			call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: letter, Text: letter})
			call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyUp, Key: letter})
		}
	}
}

// quiet checks that the browser had nothing to complain about.
func (b *browser) quiet() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		b.Error(c)
	}
}

// From the box to a marked statement and back, by keys alone.
func TestBrowserSearchOpenMark(t *testing.T) {
	shelf := keep(t, "harbour", "council", "hostile")
	id := shelf.statement("harbour", 2)
	b := browse(t, shelf)
	b.open("/")
	b.press("/")
	b.until(`document.activeElement.id === "q"`)
	b.press(`by:lindqvist "sea wall"`, kb.Enter)
	b.arrive("/search")
	b.is(`document.querySelectorAll(".row").length === 1`)
	b.press("j")
	b.is(`document.querySelector(".row").getAttribute("aria-current") === "true"`)
	b.is(`document.activeElement === document.querySelector(".row")`)

	b.press("o")
	b.until(`location.pathname.startsWith("/article/") && document.querySelector(".note[aria-current]")`)
	b.is(`location.hash === "#` + string(id) + `"`)
	b.is(`document.querySelector(".note[aria-current]").dataset.item === "` + string(id) + `"`)
	b.is(`document.querySelectorAll(".m.now").length === 3`)

	b.press("y")
	b.until(`document.querySelector('.note[aria-current] [data-key="y"][aria-pressed]')`)
	if v := shelf.record("harbour", 2).Verdict; v != onrecord.Right {
		t.Errorf("after y the verdict is %q", v)
	}
	b.is(`document.getElementById("status").textContent === "Kept."`)
	b.press("n")
	b.until(`document.querySelector('.note[aria-current] [data-key="n"][aria-pressed]')`)
	if v := shelf.record("harbour", 2).Verdict; v != onrecord.Wrong {
		t.Errorf("after n the verdict is %q", v)
	}
	b.is(`document.querySelector(".m.content.wrong")`)
	b.press("u")
	b.until(`document.querySelector('.note[aria-current] [data-key="y"][aria-pressed]')`)
	b.press("u")
	b.until(`!document.querySelector('.note[aria-current] [aria-pressed]')`)
	if v := shelf.record("harbour", 2).Verdict; v != "" {
		t.Errorf("after u u the verdict is %q", v)
	}

	// The evidence opens, and stays open over a verdict.
	b.press("o")
	b.until(`document.querySelector(".note[aria-current] details").open`)
	b.press("y")
	b.until(`document.querySelector('.note[aria-current] [data-key="y"][aria-pressed]')`)
	b.is(`document.querySelector(".note[aria-current] details").open`)
	b.quiet()
}

func TestBrowserKeys(t *testing.T) {
	b := browse(t, keep(t, "harbour", "council"))
	b.open("/")
	at := func() string {
		return run(b, chromedp.Evaluate[string](`String([...document.querySelectorAll("[data-item]")].findIndex(e => e.getAttribute("aria-current")))`))
	}
	for _, step := range []struct{ key, want string }{{"j", "0"}, {"j", "1"}, {"j", "2"}, {"k", "1"}, {"k", "0"}, {"k", "0"}} {
		b.press(step.key)
		if got := at(); got != step.want {
			t.Errorf("after %s item %s is selected, want %s", step.key, got, step.want)
		}
	}
	b.press("g", "a")
	b.arrive("/articles")
	b.press("j", kb.Enter)
	b.arrive("/article/")
	b.press("g", "p")
	b.arrive("/speakers")
	b.press("g", "s")
	b.arrive("/search")

	// Letters typed into the box are words, not keys.
	b.press("/")
	b.until(`document.activeElement.id === "q"`)
	b.press("jk?g")
	b.is(`document.getElementById("q").value === "jk?g" && !document.getElementById("helper").open`)
	b.press(kb.Escape)
	b.is(`document.activeElement.id !== "q"`)

	b.press("?")
	b.is(`document.getElementById("helper").open`)
	b.is(`document.getElementById("helper").innerText.includes("next and previous statement")`)
	b.press(kb.Escape)
	b.is(`!document.getElementById("helper").open`)

	// Closed, the dialog holds on to no key, however soon it is pressed.
	for range 5 {
		b.press("?")
		b.is(`document.getElementById("helper").open`)
		b.press(kb.Escape, "j")
		b.is(`!document.getElementById("helper").open && document.querySelector("[data-item][aria-current]")`)
		run(b, chromedp.Evaluate[bool](`document.activeElement.blur() || true`))
		b.press("?")
		run(b, chromedp.Evaluate[bool](`document.querySelector("#helper button").click() || true`))
		b.is(`!document.getElementById("helper").open && document.activeElement === document.body`)
	}
	b.open("/search")

	// The switch has the focus when the dialog opens, so a space turns it.
	toggle := func(to string) {
		b.Helper()
		b.is(`document.activeElement.matches("#helper [data-keyswitch]")`)
		b.press(" ")
		b.is(`localStorage.getItem("onrecord.keys") === "` + to + `"`)
	}
	// Keys are switched off for this page and the next, and on again.
	b.press("?")
	toggle("off")
	b.press(kb.Escape)
	b.is(`!document.getElementById("helper").open`)
	b.press("j")
	b.is(`!document.querySelector("[data-item][aria-current]")`)
	b.open("/")
	b.press("j")
	b.is(`!document.querySelector("[data-item][aria-current]") && !document.documentElement.classList.contains("keys-on")`)
	run(b, chromedp.Click("a[data-help]"))
	toggle("on")
	b.press(kb.Escape, "j")
	b.is(`document.querySelector("[data-item][aria-current]")`)
	b.quiet()
}

// Without scripts everything that is not a key works the same.
func TestBrowserWithoutScript(t *testing.T) {
	shelf := keep(t, "harbour")
	b := browse(t, shelf)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open("/")
	run(b, chromedp.SendKeys("#q", "ferries"))
	run(b, chromedp.Click(".box button"))
	run(b, chromedp.WaitVisible(".row .sentence"))
	run(b, chromedp.Click(".row a[data-open]"))
	note := `.note[data-item="` + string(shelf.statement("harbour", 8)) + `"]`
	run(b, chromedp.Click(note+" summary"))
	run(b, chromedp.WaitVisible(note+" .evidence"))
	run(b, chromedp.Click(note+` button[value="wrong"]`))
	run(b, chromedp.WaitVisible(note+" .said-so"))
	if v := shelf.record("harbour", 8).Verdict; v != onrecord.Wrong {
		t.Errorf("the verdict is %q", v)
	}
	run(b, chromedp.Click(note+` button[formaction]`))
	run(b, chromedp.WaitNotPresent(note+" .said-so"))
	if v := shelf.record("harbour", 8).Verdict; v != "" {
		t.Errorf("undone, the verdict is %q", v)
	}
	b.quiet()
}

// tooWide names the elements that reach over the screen's edge.
const tooWide = `document.documentElement.scrollWidth <= innerWidth ? "" :
	[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.tagName + "." + e.className).join(" ")`

// Every page is shown without a complaint, as wide as the screen and no wider.
func TestBrowserEveryPage(t *testing.T) {
	shelf := keep(t, "harbour", "council", "hostile", "foreign")
	b := browse(t, shelf)
	for _, width := range []int64{320, 390, 1280} {
		run(b, chromedp.EmulateViewport(width, 800))
		for _, path := range everyPage(shelf) {
			b.open(path)
			if wide := run(b, chromedp.Evaluate[string](tooWide)); wide != "" {
				t.Errorf("%s, %d pixels wide: too wide are %s", path, width, wide)
			}
			b.is(`document.querySelector("main h1")`)
		}
	}
	b.quiet()
}

// usable lists what can be used on a page, in its order, for reached to tell of.
const usable = `window.usable = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(e =>
	!e.disabled && e.tabIndex >= 0 && e.type !== "hidden" && e.checkVisibility({visibilityProperty: true})), window.usable.length`

// reached is which of them has the focus now: its place, or -1; a name where nobody
// could see that it has.
const reached = `(() => {
	const e = document.activeElement, at = window.usable.indexOf(e), r = e.getBoundingClientRect(), s = getComputedStyle(e);
	if (at < 0) return "-1";
	const shown = r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && (s.outlineStyle !== "none" || s.boxShadow !== "none");
	return shown ? String(at) : "unseen: " + e.outerHTML.slice(0, 120);
})()`

// With the Tab key alone everything that can be used on a page gets the focus, in the
// order of the page, and shows that it has it.
func TestBrowserTab(t *testing.T) {
	shelf := keep(t, "harbour", "council", "hostile", "foreign")
	b := browse(t, shelf)
	for _, width := range []int64{390, 1280} {
		run(b, chromedp.EmulateViewport(width, 800))
		for _, path := range everyPage(shelf) {
			b.open(path)
			run(b, chromedp.Evaluate[bool](`document.activeElement.blur() || true`))
			total := run(b, chromedp.Evaluate[int](usable))
			got := map[string]bool{}
			last := -1
			for range min(total, 60) + 5 {
				run(b, chromedp.KeyEvent(kb.Tab))
				at := run(b, chromedp.Evaluate[string](reached))
				n, err := strconv.Atoi(at)
				switch {
				case err != nil:
					t.Errorf("%s, %d pixels wide: %s", path, width, at)
				case n < 0:
				case n < last && n > 0 && len(got) < total:
					t.Errorf("%s, %d pixels wide: from %d the focus goes back to %d of %d", path, width, last, n, total)
				default:
					last = n
				}
				got[at] = true
				if n == total-1 && err == nil {
					break
				}
			}
			delete(got, "-1")
			if len(got) < min(total, 60) {
				t.Errorf("%s, %d pixels wide: the focus reaches %d of %d", path, width, len(got), total)
			}
		}
	}
	b.quiet()
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
	save := func(name string, png []byte) {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// The picture for the README: an article, one of its statements selected.
	run(b, chromedp.EmulateViewport(1200, 740))
	b.open(articleAddress(shelf.article("harbour"), ""))
	b.press("j", "j", "j", "j")
	run(b, chromedp.Evaluate[chromedp.Void](`scrollTo(0, 0)`))
	save("picture", run(b, chromedp.CaptureScreenshot()))
	b.press("o", "n")
	b.until(`document.querySelector('[aria-pressed="true"]')`)
	save("marked", run(b, chromedp.FullScreenshot(100)))
	b.press("u")
	b.until(`!document.querySelector('[aria-pressed="true"]')`)
	b.press("?")
	save("keys", run(b, chromedp.CaptureScreenshot()))
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	run(b, chromedp.EmulateViewport(800, 1000))
	b.open(articleAddress(shelf.article("harbour"), ""))
	save("print", run(b, chromedp.FullScreenshot(100)))

	pages := map[string]string{
		"home": "/", "search": "/search?q=by%3Alindqvist+wall", "article": articleAddress(shelf.article("harbour"), ""), "hostile": articleAddress(shelf.article("hostile"), ""),
		"statement": statementAddress(shelf.statement("harbour", 4)), "speaker": "/speaker/ada-lindqvist", "speakers": "/speakers", "map": "/map", "articles": "/articles",
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
				save(name+"-"+device+"-"+scheme, run(b, chromedp.FullScreenshot(100)))
			}
		}
	}
}
