package web

import (
	"bytes"
	"compress/gzip"
	"math"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// schemes reads the colours of the light and the dark scheme from the style.
func schemes(t *testing.T) map[string]map[string]string {
	t.Helper()
	style, err := assetFiles.ReadFile("assets/style.css")
	if err != nil {
		t.Fatal(err)
	}
	light, rest, ok := strings.Cut(string(style), "@media screen and (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark scheme")
	}
	dark, _, _ := strings.Cut(rest, "\n}\n")
	colour := regexp.MustCompile(`--([a-z0-9-]+):\s*(#[0-9a-f]{6});`)
	read := func(css string) map[string]string {
		m := map[string]string{}
		for _, c := range colour.FindAllStringSubmatch(css, -1) {
			m[c[1]] = c[2]
		}
		return m
	}
	l, d := read(light), read(dark)
	for name := range l {
		if d[name] == "" {
			t.Errorf("the dark scheme has no %s", name)
		}
	}
	return map[string]map[string]string{"light": l, "dark": d}
}

// contrast is the ratio of WCAG 2.2 between two colours, from 1 to 21.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	luminance := func(colour string) float64 {
		n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
		if err != nil {
			t.Fatalf("colour %q: %v", colour, err)
		}
		sum := 0.0
		for i, weight := range []float64{0.0722, 0.7152, 0.2126} { // blue, green, red
			v := float64(n>>(8*i)&0xff) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += weight * v
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	if c := contrast(t, "#000000", "#ffffff"); math.Abs(c-21) > 0.01 {
		t.Fatalf("black on white is %.2f", c)
	}
	for name, colours := range schemes(t) {
		grounds := []string{"paper", "panel", "tint-0", "tint-1", "tint-2", "tint-3"}
		for _, ground := range grounds {
			for _, words := range []string{"ink", "accent", "soft"} {
				if c := contrast(t, colours[words], colours[ground]); c < 4.5 {
					t.Errorf("%s: %s on %s has %.2f, wants 4.5", name, words, ground, c)
				}
			}
			if c := contrast(t, colours["edge"], colours[ground]); c < 3 && !strings.HasPrefix(ground, "tint") {
				t.Errorf("%s: edges on %s have %.2f, want 3", name, ground, c)
			}
		}
		for _, pair := range [][2]string{{"flag", "paper"}, {"flag", "panel"}, {"on-accent", "accent"}} {
			if c := contrast(t, colours[pair[0]], colours[pair[1]]); c < 4.5 {
				t.Errorf("%s: %s on %s has %.2f, wants 4.5", name, pair[0], pair[1], c)
			}
		}
	}
}

// A page's script stays far below 20 kB as it is sent.
func TestWeight(t *testing.T) {
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	sizes := map[string]int{}
	for name, content := range a.files {
		var out bytes.Buffer
		z := gzip.NewWriter(&out)
		if _, err := z.Write(content); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		sizes[name] = out.Len()
	}
	t.Log("gzipped:", sizes)
	if sizes["keys.js"] > 20_000 || sizes["style.css"] > 20_000 {
		t.Errorf("too heavy: %v", sizes)
	}
}

// The style and the script name no other host.
func TestAssetsStayHere(t *testing.T) {
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range a.files {
		for line := range strings.SplitSeq(string(content), "\n") {
			if strings.Contains(line, "//") && strings.Contains(line, "http") && !strings.Contains(line, `xmlns="http://www.w3.org/2000/svg"`) {
				t.Errorf("%s: %s", name, line)
			}
		}
	}
}

func TestAssetAddresses(t *testing.T) {
	h := serve(t, keep(t))
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]string{"style.css": "text/css; charset=utf-8", "keys.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"} {
		got := get(t, h, a.address(name))
		got.want(t, http.StatusOK)
		if got.Header.Get("Content-Type") != kind || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %v", name, got.Header)
		}
		get(t, h, "/assets/old/"+name).want(t, http.StatusNotFound)
	}
	get(t, h, "/assets/"+a.version+"/layout.html").want(t, http.StatusNotFound)
}
