package newsroom

import (
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/onrecord/onrecord"
	"github.com/onrecord/onrecord/read"
)

// Stdin is the argument that stands for standard input.
const Stdin = "-"

// extensions are the files that a folder is searched for.
var extensions = []string{".txt", ".text", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".warc", ".warc.gz", ".mht", ".mhtml"}

// Files lists what arguments mean: a file, every article file below a folder
// (hidden ones left out), every match of a glob, or [Stdin]. Each argument that
// means nothing is an error of its own beside the files.
func Files(args []string) (files []string, errs []error) {
	for _, arg := range args {
		if arg == Stdin {
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

// Captures opens files one after another and yields what stands in them. A file
// that cannot be opened or read is yielded as an error that names it. done, if
// not nil, is called after each file.
func Captures(files []string, stdin io.Reader, format read.Format, given read.Given, done func()) iter.Seq2[onrecord.Capture, error] {
	return func(yield func(onrecord.Capture, error) bool) {
		for _, name := range files {
			if !oneFile(name, stdin, format, given, yield) {
				return
			}
			if done != nil {
				done()
			}
		}
	}
}

func oneFile(name string, stdin io.Reader, format read.Format, given read.Given, yield func(onrecord.Capture, error) bool) bool {
	r, path := stdin, "stdin"
	if name != Stdin {
		path = name
		f, err := os.Open(name)
		if err != nil {
			return yield(named(name), err)
		}
		defer func() { _ = f.Close() }() // only read from
		r = f
	}
	for c, err := range read.Captures(r, path, format, given) {
		if c.Address == "" {
			c = named(path)
		}
		if !yield(c, err) {
			return false
		}
	}
	return true
}

// named is a capture that holds nothing but where it should have come from.
func named(path string) onrecord.Capture { return onrecord.Capture{Address: path} }
