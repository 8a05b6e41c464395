package wire_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/onrecord/onrecord/wire"
)

// schema checks values against the part of JSON Schema 2020-12 that schema.json
// uses. A keyword that it does not know fails, so that none goes unchecked.
type schema struct {
	root   map[string]any
	closed bool // fields that the schema does not name are errors
}

func newSchema(t *testing.T, closed bool) *schema {
	t.Helper()
	s := &schema{closed: closed}
	if err := json.Unmarshal(wire.JSONSchema, &s.root); err != nil {
		t.Fatalf("schema.json: %v", err)
	}
	return s
}

func (s *schema) check(line []byte) error {
	var value any
	if err := json.Unmarshal(line, &value); err != nil {
		return err
	}
	return s.value("", s.root, value)
}

func (s *schema) value(path string, rule map[string]any, v any) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%s: %s", path, fmt.Sprintf(format, args...))
	}
	object, _ := v.(map[string]any)
	list, _ := v.([]any)
	text, _ := v.(string)
	number, _ := v.(float64)
	for keyword, want := range rule {
		switch keyword {
		case "$schema", "$id", "$defs", "title", "description":
		case "$ref":
			name := strings.TrimPrefix(want.(string), "#/$defs/")
			target, ok := s.root["$defs"].(map[string]any)[name].(map[string]any)
			if !ok {
				return bad("no definition %q", want)
			}
			if err := s.value(path, target, v); err != nil {
				return err
			}
		case "type":
			if got := typeOf(v); got != want && (want != "number" || got != "integer") {
				return bad("%s, want %s", got, want)
			}
		case "const":
			if v != want {
				return bad("%v, want %v", v, want)
			}
		case "enum":
			if !slices.Contains(want.([]any), v) {
				return bad("%q is none of %v", v, want)
			}
		case "pattern":
			if !regexp.MustCompile(want.(string)).MatchString(text) {
				return bad("%q does not match %s", text, want)
			}
		case "minimum":
			if number < want.(float64) {
				return bad("%v, under %v", number, want)
			}
		case "maximum":
			if number > want.(float64) {
				return bad("%v, over %v", number, want)
			}
		case "minLength":
			if float64(len(text)) < want.(float64) {
				return bad("too short")
			}
		case "minItems":
			if float64(len(list)) < want.(float64) {
				return bad("%d items", len(list))
			}
		case "maxItems":
			if float64(len(list)) > want.(float64) {
				return bad("%d items", len(list))
			}
		case "items":
			for i, item := range list {
				if err := s.value(fmt.Sprintf("%s[%d]", path, i), want.(map[string]any), item); err != nil {
					return err
				}
			}
		case "anyOf":
			if !slices.ContainsFunc(want.([]any), func(one any) bool { return s.value(path, one.(map[string]any), v) == nil }) {
				return bad("%v fits none", v)
			}
		case "required":
			for _, name := range want.([]any) {
				if _, ok := object[name.(string)]; !ok {
					return bad("no %q", name)
				}
			}
		case "additionalProperties":
			for name, field := range object {
				if err := s.value(path+"."+name, want.(map[string]any), field); err != nil {
					return err
				}
			}
		case "properties":
			for name, field := range object {
				one, ok := want.(map[string]any)[name].(map[string]any)
				if !ok && s.closed {
					return bad("field %q is not in the schema", name)
				}
				if ok {
					if err := s.value(path+"."+name, one, field); err != nil {
						return err
					}
				}
			}
		default:
			return bad("keyword %q is not checked", keyword)
		}
	}
	return nil
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case float64:
		if v == float64(int64(v)) {
			return "integer"
		}
	}
	return "number"
}

// The schema refuses what is no document.
func TestSchemaRefuses(t *testing.T) {
	const good = `{"schema":"onrecord/1","made_by":{},"document":{"capture":"sha256-` + zeros + `","revision":"sha256-` + zeros +
		`","byline":[],"credit":[],"text":"","zones":[]},"entities":[],"times":[],"places":[],"statements":[],"events":[],"problems":[]}`
	s := newSchema(t, false)
	if err := s.check([]byte(good)); err != nil {
		t.Fatalf("a bare document: %v", err)
	}
	for _, test := range []struct{ from, to, reason string }{
		{`"onrecord/1"`, `"onrecord/0"`, "want onrecord/1"},
		{`"statements":[]`, `"statements":null`, "null, want array"},
		{`"statements":[]`, `"statements":[{}]`, `statements[0]`},
		{`"zones":[]`, `"zones":[{"kind":"footer","span":[0,0]}]`, `"footer" is none`},
		{`"zones":[]`, `"zones":[{"kind":"body","span":[0]}]`, "1 items"},
		{`"zones":[]`, `"zones":[{"kind":"body","span":[-1,0]}]`, "under 0"},
		{`"events":[],`, ``, `no "events"`},
		{`"text":""`, `"text":"","published":"24 February"`, "does not match"},
	} {
		err := s.check([]byte(strings.Replace(good, test.from, test.to, 1)))
		if err == nil || !strings.Contains(err.Error(), test.reason) {
			t.Errorf("%s: %v, want %q", test.to, err, test.reason)
		}
	}
}

const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
