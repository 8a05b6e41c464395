package main

import (
	"slices"
	"testing"
)

func TestIdentify(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"over line breaks", "Permission is hereby granted, free of charge, to any person obtaining\na copy of this software and associated documentation files (the", []string{"MIT"}},
		{"in a comment", " * May you do good\n * and not evil.", []string{"blessing"}},
		{"in line comments", "// May you do good\n// and not evil.", []string{"blessing"}},
		{"two in one file", "                Apache License\n         Version 2.0, January 2004\n\nCC0 1.0 Universal", []string{"Apache-2.0", "CC0-1.0"}},
		{"two clauses", "Redistribution and use in source and binary forms, with or without\nmodification, are permitted provided", []string{"BSD-2-Clause"}},
		{"three clauses", "Redistribution and use in source and binary forms, with or without modification, are permitted; names may not be used to endorse or\npromote products derived from this", []string{"BSD-3-Clause"}},
		{"a notice alone", "Copyright 2020 Somebody", nil},
	} {
		if got := identify(c.file); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
	if got := legal.MatchString; !got("LICENSE-3RD-PARTY.md") || !got("COPYING") || !got("SQLITE-LICENSE") || !got("NOTICE.txt") || got("licensing.go.txt") || got("README") {
		t.Error("names of licence files are not told from others")
	}
}
