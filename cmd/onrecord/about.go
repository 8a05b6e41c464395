package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord/english"
	"github.com/onrecord/onrecord/licences"
)

// build is what the program knows of itself.
type build struct{ Version, Commit, Time string }

// version reads what the Go toolchain wrote into the program.
func version() build {
	b := build{Version: "development"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		}
	}
	return b
}

func (a *app) versionVerb() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the program's version and those of its stages",
		Args:  none,
		RunE: func(*cobra.Command, []string) error {
			room, err := a.newsroom(nil)
			if err != nil {
				return err
			}
			b := version()
			fmt.Fprintf(a.stdout, "onrecord %s\n", b.Version)
			if b.Commit != "" {
				fmt.Fprintf(a.stdout, "commit   %s (%s)\n", b.Commit, b.Time)
			}
			fmt.Fprintf(a.stdout, "stages   %s\n", room.Versions())
			fmt.Fprintf(a.stdout, "built    %s %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

func (a *app) licencesVerb() *cobra.Command {
	var list bool
	cmd := &cobra.Command{
		Use:     "licences",
		Aliases: []string{"licenses"},
		Short:   "Print the licences of the program and of all that it holds",
		Args:    none,
		RunE: func(*cobra.Command, []string) error {
			if !list {
				_, err := fmt.Fprint(a.stdout, licences.Text, licences.Rule, "\nModels built in\n", licences.Rule, "\n\n", english.Notices())
				return err
			}
			fmt.Fprintf(a.stdout, "%-45s %-12s %s\n", "models of English", english.Version, "CC-BY-SA-4.0")
			for _, m := range licences.List() {
				fmt.Fprintf(a.stdout, "%-45s %-12s %s\n", m.Module, m.Version, m.Licence)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&list, "list", false, "names only")
	return cmd
}
