// Command generate writes licences/licences.txt: it asks the go tool which
// packages the onrecord command links on each system, and takes the licence files
// that lie in their folders and above, up to the module's root.
//
// Run it with "go generate ./licences" after a dependency changed. With -check it
// writes nothing and fails when the file is not current.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/onrecord/onrecord/licences"
)

const header = `Licences of onrecord and of everything linked into it.

Source: the licence files of the modules that "go list -deps ./cmd/onrecord" names
on Linux, macOS and Windows. Licence: each text is its component's own.
Regenerate with: go generate ./licences

`

// systems are those a binary is made for; some modules are linked on one alone.
var systems = []string{"linux", "darwin", "windows"}

func main() {
	check := flag.Bool("check", false, "fail when the file is not current, write nothing")
	flag.Parse()
	if err := run(context.Background(), *check); err != nil {
		fmt.Fprintln(os.Stderr, "generate licences:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, check bool) error {
	root, err := output(ctx, nil, "list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	root = strings.TrimSpace(root)
	components, err := linked(ctx, root)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(header)
	for _, c := range components {
		name := c.Module
		if c.Version != "" {
			name += ", " + c.Version
		}
		fmt.Fprintf(&b, "%s\n%s\n%s\n%s\n%s", licences.Rule, name, c.Licence, licences.Rule, c.Text)
	}
	path := filepath.Join(root, "licences", "licences.txt")
	if !check {
		return os.WriteFile(path, b.Bytes(), 0o644)
	}
	if have, err := os.ReadFile(path); err != nil || !bytes.Equal(have, b.Bytes()) {
		return fmt.Errorf("%s is not current; run go generate ./licences", filepath.Base(path))
	}
	return nil
}

// module is a linked module and the folders of it that are linked.
type module struct {
	path, version, dir string
	folders            map[string]bool
}

// linked are the components in their order.
func linked(ctx context.Context, root string) ([]licences.Component, error) {
	modules := map[string]*module{}
	for _, system := range systems {
		if err := addModules(ctx, modules, root, system); err != nil {
			return nil, err
		}
	}
	goroot, err := output(ctx, nil, "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	goroot = strings.TrimSpace(goroot)
	own := &module{path: "github.com/onrecord/onrecord", dir: root, folders: map[string]bool{root: true}}
	std := &module{path: "the Go standard library", version: "1.26", dir: goroot, folders: map[string]bool{goroot: true}}
	all := []*module{own, std}
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		all = append(all, modules[path])
	}
	var out []licences.Component
	for _, m := range all {
		c, err := m.component()
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, nil
}

func addModules(ctx context.Context, modules map[string]*module, root, system string) error {
	list, err := output(ctx, []string{"GOOS=" + system, "GOARCH=amd64", "CGO_ENABLED=0"}, "list", "-deps",
		"-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", root+"/cmd/onrecord")
	if err != nil {
		return err
	}
	for line := range strings.Lines(list) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 {
			continue // the standard library and the project itself
		}
		if modules[f[0]] == nil {
			modules[f[0]] = &module{path: f[0], version: f[1], dir: f[2], folders: map[string]bool{}}
		}
		for folder := f[3]; strings.HasPrefix(folder, f[2]); folder = filepath.Dir(folder) {
			modules[f[0]].folders[folder] = true
		}
	}
	return nil
}

// legal are the names of files that licences and notices stand in.
var legal = regexp.MustCompile(`(?i)^((un)?licen[cs]e|copying|copyright|notice|patents|[a-z]+-licen[cs]e)([-.].*)?$`)

// component gathers a module's licence files. It is an error when there is none
// or when no known licence is in it: a person must look then.
func (m *module) component() (licences.Component, error) {
	var b strings.Builder
	names := map[string]bool{}
	for _, folder := range slices.Sorted(maps.Keys(m.folders)) {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return licences.Component{}, err
		}
		for _, e := range entries {
			if e.IsDir() || !legal.MatchString(e.Name()) || strings.HasSuffix(e.Name(), ".go") {
				continue
			}
			file, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return licences.Component{}, err
			}
			rel, err := filepath.Rel(m.dir, filepath.Join(folder, e.Name()))
			if err != nil {
				return licences.Component{}, err
			}
			text := strings.ReplaceAll(strings.ToValidUTF8(string(file), "�"), "\r\n", "\n")
			fmt.Fprintf(&b, "\n[%s]\n\n%s\n\n", filepath.ToSlash(rel), strings.Trim(text, "\n"))
			for _, name := range identify(text) {
				names[name] = true
			}
		}
	}
	if len(names) == 0 {
		return licences.Component{}, fmt.Errorf("%s %s: no known licence in its files", m.path, m.version)
	}
	return licences.Component{
		Module: m.path, Version: m.version,
		Licence: strings.Join(slices.Sorted(maps.Keys(names)), " AND "), Text: b.String(),
	}, nil
}

// output runs the go tool with additions to the environment.
func output(ctx context.Context, env []string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return string(out), nil
}
