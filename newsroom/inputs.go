package newsroom

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/fetch"
	"github.com/onrecord/onrecord/read"
)

// Stdin is the argument that stands for standard input.
const Stdin = "-"

// extensions are the files that a folder is searched for.
var extensions = []string{".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".warc", ".warc.gz", ".mht", ".mhtml"}

// Files lists what arguments mean: a file, every article file below a folder
// (hidden ones left out), every match of a glob, [Stdin], or an address on the
// web. Each argument that
// means nothing is an error of its own beside the files.
func Files(args []string) (files []string, errs []error) {
	for _, arg := range args {
		if arg == Stdin || IsAddress(arg) {
			files = append(files, arg)
			continue
		}
		info, err := os.Stat(arg)
		switch {
		case err == nil && info.IsDir():
			found, err := below(arg)
			if err == nil && len(found) == 0 {
				err = onrecord.WithHint(fmt.Errorf("%s: %w: no article files in this folder", arg, onrecord.ErrNotFound),
					"files ending in "+strings.Join(extensions, ", ")+" are read; name others one by one")
			}
			if err != nil {
				errs = append(errs, err)
			}
			files = append(files, found...)
		case err == nil:
			files = append(files, arg)
		case strings.ContainsAny(arg, "*?["):
			found, globErr := filepath.Glob(arg)
			found = slices.DeleteFunc(found, func(path string) bool { return !isFile(path) })
			if globErr != nil || len(found) == 0 {
				errs = append(errs, fmt.Errorf("%s: %w: nothing matches", arg, onrecord.ErrNotFound))
			}
			files = append(files, found...)
		default:
			errs = append(errs, fmt.Errorf("%s: %w", arg, onrecord.ErrNotFound))
		}
	}
	return files, errs
}

// isFile reports whether path is a file that ends: no folder, pipe or device,
// which a glob may match unmeant.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

// isArticles reports whether a file's name ends as those of articles do.
func isArticles(path string) bool {
	path = strings.ToLower(path)
	return slices.ContainsFunc(extensions, func(end string) bool { return strings.HasSuffix(path, end) })
}

// below lists the article files in a folder and its folders, in order.
func below(folder string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if strings.HasPrefix(entry.Name(), ".") && path != folder {
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if entry.Type().IsRegular() && isArticles(path) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		return found, fmt.Errorf("search %s: %w", folder, err)
	}
	return found, nil
}

// Opening says how [Opening.Captures] opens inputs.
type Opening struct {
	Stdin  io.Reader
	Format read.Format
	Given  read.Given
	Shard  Shard
	Fetch  Fetcher                 // of addresses on the web; nil: they are not asked
	From   func(path string) int64 // byte at which to begin a file; nil: at its start
	Bytes  func(n int64)           // told how many bytes were read, as they are; may be nil
}

// Shard is one of several equal parts of the work, which other processes may do
// beside this one. Captures are dealt out by their addresses, so that one article
// is always in one part. The zero Shard is all of it.
type Shard struct{ Part, Of int }

// ParseShard reads "2/8": the second of eight parts. It wraps
// [onrecord.ErrInvalid].
func ParseShard(s string) (Shard, error) {
	part, of, ok := strings.Cut(s, "/")
	i, err := strconv.Atoi(part)
	n, err2 := strconv.Atoi(of)
	if !ok || err != nil || err2 != nil || i < 1 || n < i {
		return Shard{}, fmt.Errorf("shard %q: %w: want 1/4, 2/4, … 4/4", s, onrecord.ErrInvalid)
	}
	return Shard{i, n}, nil
}

// String is the shard as it is written, empty for all.
func (s Shard) String() string {
	if s.Of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.Part, s.Of)
}

// has reports whether an address is in the shard.
func (s Shard) has(address string) bool {
	if s.Of <= 1 {
		return true
	}
	h := fnv.New64a()
	_, _ = io.WriteString(h, address)
	return h.Sum64()%uint64(s.Of) == uint64(s.Part-1)
}

// Captures opens inputs, as [Files] lists them, one after another and yields what
// stands in them. One that cannot be opened or read is yielded as an error that
// names it.
func (o *Opening) Captures(ctx context.Context, files []string) iter.Seq2[onrecord.Capture, error] {
	return func(yield func(onrecord.Capture, error) bool) {
		mine := func(c onrecord.Capture, err error) bool {
			return !o.Shard.has(c.Address) || yield(c, err)
		}
		for _, name := range files {
			if IsAddress(name) {
				if !o.Shard.has(name) {
					continue
				}
				if !o.asked(ctx, name, yield) {
					return
				}
				continue
			}
			if !o.file(name, mine) {
				return
			}
		}
	}
}

// IsAddress reports whether an argument is an address on the web.
func IsAddress(arg string) bool {
	return strings.HasPrefix(arg, "https://") || strings.HasPrefix(arg, "http://")
}

// asked yields what an address on the web answers.
func (o *Opening) asked(ctx context.Context, address string, yield func(onrecord.Capture, error) bool) bool {
	if o.Fetch == nil {
		return yield(named(address), fmt.Errorf("%w: addresses are not asked here", onrecord.ErrInvalid))
	}
	r, err := o.Fetch.Get(ctx, fetch.Request{URL: address, Kind: fetch.Page})
	if err != nil {
		return yield(named(address), err)
	}
	c := Capture(&r, o.Given.Publisher)
	if !o.Given.Published.IsZero() {
		c.Header[onrecord.GivenPublished] = []string{o.Given.Published.String()}
	}
	return yield(c, nil)
}

func (o *Opening) file(name string, yield func(onrecord.Capture, error) bool) bool {
	r, path, given := o.Stdin, "stdin", o.Given
	if name != Stdin {
		path = name
		f, err := os.Open(name)
		if err != nil {
			return yield(named(name), err)
		}
		defer func() { _ = f.Close() }() // only read from
		if o.From != nil {
			given.Offset = o.From(name)
			if info, err := f.Stat(); err == nil && given.Offset > 0 && given.Offset >= info.Size() {
				return true // read to its end before
			}
			if given.Offset > 0 {
				if _, err := f.Seek(given.Offset, io.SeekStart); err != nil {
					return yield(named(name), err)
				}
			}
		}
		r = f
	}
	if o.Bytes != nil {
		if given.Offset > 0 {
			o.Bytes(given.Offset)
		}
		r = &metered{r, o.Bytes}
	}
	for c, err := range read.Captures(r, path, o.Format, given) {
		if c.Address == "" {
			c = named(path)
		}
		if !yield(c, err) {
			return false
		}
	}
	return true
}

// metered tells how much is read.
type metered struct {
	r    io.Reader
	told func(int64)
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.told(int64(n))
	return n, err
}

// named is a capture that holds nothing but where it should have come from.
func named(path string) onrecord.Capture { return onrecord.Capture{Address: path} }
