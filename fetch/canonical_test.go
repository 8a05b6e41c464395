package fetch

import (
	"errors"
	"strings"
	"testing"

	"github.com/onrecord/onrecord"
)

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://News.Example:443/a#top":                         "https://news.example/a",
		"http://news.example:80":                                 "http://news.example/",
		"https://news.example:8443/a":                            "https://news.example:8443/a",
		"https://news.example/a/../b/./c/":                       "https://news.example/b/c/",
		"https://news.example/a?utm_source=x&id=7&fbclid=y":      "https://news.example/a?id=7",
		"https://news.example/a/./b?utm_source=x&id=7":           "https://news.example/a/b?id=7",
		"https://news.example/a?b=2&a=1":                         "https://news.example/a?b=2&a=1",
		"https://news.example/a?utm_campaign=%C3%A9":             "https://news.example/a",
		"https://bücher.example/ä":                               "https://xn--bcher-kva.example/%C3%A4",
		"https://news.example./a":                                "https://news.example/a",
		"https://my_site.example/a":                              "https://my_site.example/a",
		"\thttps://news.example/a\n":                             "https://news.example/a",
		"https://[2001:DB8::1]:443/a":                            "https://[2001:db8::1]/a",
		"https://news.example/a?":                                "https://news.example/a",
		"https://news.example/what%3Fis?UTM_Medium=mail&q=a%26b": "https://news.example/what%3Fis?q=a%26b",
		"https://news.example/a%2e%2e/%2E%2e/b":                  "https://news.example/b",
		"https://news.example//a//b/..":                          "https://news.example//a//",
		"https://news.example/../../a":                           "https://news.example/a",
		"https://news.example/%7eann/%e4?q=%7e%e4":               "https://news.example/~ann/%E4?q=~%E4",
		"https://news.example/100%-safe?q=5%":                    "https://news.example/100%25-safe?q=5%25",
		"https://news.example/a%2Fb c|d":                         "https://news.example/a%2Fb%20c%7Cd",
		"https://news.example/a?b&&c=":                           "https://news.example/a?b&c=",
		"https://ＮＥＷＳ.example:00443/a":                           "https://news.example/a",
		"http://[::FFFF:7f00:1]/":                                "http://[::ffff:127.0.0.1]/",
	} {
		if got, err := Canonical(in); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", "news.example/a", "ftp://news.example/a", "https:///a", "https://me:secret@news.example/", "javascript:alert(1)", "http://a b/", "https://%zz/",
		"http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://１２７.１/", "http://a.example:0/", "http://a.example:99999/",
		"http://a..b/", "http://\xb7/", "http://[fe80::1%25eth0]/", "http://a.example/" + strings.Repeat("a", mostAddress),
	} {
		if got, err := Canonical(in); !errors.Is(err, onrecord.ErrInvalid) {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add("https://News.example:443/a/../b?utm_source=x&y=1#z")
	f.Add("http://ＡＢ.example./%2e./a%zz%2fb?%&utm_id&q=%E4 #")
	f.Add("http://[::ffff:1.2.3.4]:080//..//")
	f.Fuzz(func(t *testing.T, in string) {
		once, err := Canonical(in)
		if err != nil {
			t.Skip()
		}
		if twice, err := Canonical(once); err != nil || twice != once {
			t.Fatalf("%q is %q, and that is %q, %v", in, once, twice, err)
		}
	})
}
