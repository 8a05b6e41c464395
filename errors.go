package onrecord

import "errors"

// Kinds of failure. Errors wrap one of these with what was being done; package
// cmd maps them to exit codes, package web to problem details.
var (
	ErrNotFound  = errors.New("not found")
	ErrInvalid   = errors.New("invalid")           // the caller's words are off
	ErrNotText   = errors.New("not readable text") // bytes that are no article
	ErrTooLarge  = errors.New("too large")
	ErrForgotten = errors.New("forgotten") // a tombstone stands in its place
	ErrDamaged   = errors.New("damaged")   // kept bytes do not match their hash
	ErrBusy      = errors.New("busy")      // another process is writing
	ErrForbidden = errors.New("forbidden")
)

// hinted is an error with advice for the person who sees it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// WithHint adds what the person can do about err; nil stays nil.
func WithHint(err error, hint string) error {
	if err == nil {
		return nil
	}
	return hinted{err, hint}
}

// Hint is the advice nearest the outside of err; empty when there is none.
func Hint(err error) string {
	if h, ok := errors.AsType[hinted](err); ok {
		return h.hint
	}
	return ""
}
