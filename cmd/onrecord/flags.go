package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/onrecord/onrecord"
)

// choice is a flag that takes one of a few words.
type choice[T ~string] struct {
	value   *T
	allowed []T
}

func (c choice[T]) String() string {
	if c.value == nil {
		return ""
	}
	return string(*c.value)
}

func (c choice[T]) Set(s string) error {
	if !slices.Contains(c.allowed, T(s)) {
		return fmt.Errorf("want %s", c.words(" or "))
	}
	*c.value = T(s)
	return nil
}

func (c choice[T]) Type() string { return c.words("|") }

func (c choice[T]) words(separator string) string {
	words := make([]string, len(c.allowed))
	for i, w := range c.allowed {
		words[i] = string(w)
	}
	return strings.Join(words, separator)
}

// choose adds a flag of a few words, with their completion.
func choose[T ~string](cmd *cobra.Command, value *T, name, usage string, allowed ...T) {
	c := choice[T]{value, allowed}
	cmd.Flags().Var(c, name, usage)
	words := strings.Split(c.words("|"), "|")
	if err := cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was defined a line above
	}
}

// date is a flag that takes a calendar date of any precision.
type date struct{ value *onrecord.Date }

func (d date) String() string {
	if d.value == nil {
		return ""
	}
	return d.value.String()
}

func (d date) Set(s string) (err error) {
	*d.value, err = onrecord.ParseDate(s)
	return err
}

func (d date) Type() string { return "DATE" }

// Output formats.
type format string

const (
	table format = "table"
	jsonl format = "jsonl"
	csvs  format = "csv"
)

// exactly is cobra.ExactArgs with an error that exits as a usage error.
func exactly(n int, what string) cobra.PositionalArgs { return between(n, n, what) }

// between is cobra.RangeArgs likewise.
func between(least, most int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if least <= len(args) && len(args) <= most {
			return nil
		}
		return onrecord.WithHint(fmt.Errorf("%w: %s wants %s", errUsage, cmd.CommandPath(), what), "see "+cmd.CommandPath()+" --help")
	}
}

// none refuses arguments.
func none(cmd *cobra.Command, args []string) error {
	return exactly(0, "no arguments")(cmd, args)
}

// isUnknownCommand recognises cobra's complaint about a verb it does not know.
func isUnknownCommand(err error) bool { return strings.HasPrefix(err.Error(), "unknown command") }
