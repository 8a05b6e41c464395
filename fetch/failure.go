package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"code.dny.dev/ssrf"

	"github.com/onrecord/onrecord"
)

// Reason is why nothing came of a request, in one word.
type Reason string

// Reasons.
const (
	Robots     Reason = "robots"    // the host's robots.txt asks not to, or cannot be had
	BadAddress Reason = "address"   // not one that may be asked
	Private    Reason = "private"   // it leads into this machine or a private network
	DNS        Reason = "dns"       // the host's name leads nowhere
	Refused    Reason = "refused"   // no connection, or it broke
	Timeout    Reason = "timeout"   //
	TLS        Reason = "tls"       // the certificate or the handshake is bad
	Redirects  Reason = "redirects" // too many, or one to nowhere
	Status     Reason = "status"    // an answer that is an error
	Gone       Reason = "gone"      // 410: it will not come back
	Busy       Reason = "busy"      // 429 or 503: later
	TooLarge   Reason = "too large" //
	Encoding   Reason = "encoding"  // compressed in a way that cannot be, or should not be, undone
	Protocol   Reason = "protocol"  // not an answer as HTTP has them
)

// RequestError is why a request brought nothing.
type RequestError struct {
	Reason     Reason
	Status     int // of the answer; 0 where there was none
	URL        string
	RetryAfter time.Duration // that the host wants to be left alone; 0: it does not say
	Err        error
}

// Error says what failed.
func (f *RequestError) Error() string {
	what := string(f.Reason)
	if f.Status != 0 {
		what = fmt.Sprintf("answered %d %s", f.Status, http.StatusText(f.Status))
	}
	if f.Err != nil {
		what += ": " + f.Err.Error()
	}
	return what
}

// Unwrap is the failure's cause with the kind of failure it is for the program.
func (f *RequestError) Unwrap() []error {
	errs := []error{f.Err}
	switch f.Reason {
	case Robots, Private:
		errs = append(errs, onrecord.ErrForbidden)
	case BadAddress:
		errs = append(errs, onrecord.ErrInvalid)
	case TooLarge:
		errs = append(errs, onrecord.ErrTooLarge)
	case Gone:
		errs = append(errs, onrecord.ErrNotFound)
	case Status:
		switch f.Status {
		case http.StatusNotFound:
			errs = append(errs, onrecord.ErrNotFound)
		case http.StatusUnauthorized, http.StatusForbidden, http.StatusUnavailableForLegalReasons:
			errs = append(errs, onrecord.ErrForbidden)
		}
	case DNS, Refused, Timeout, TLS, Redirects, Busy, Encoding, Protocol:
	}
	return errs
}

// failed names why a request brought no answer. The caller's own context ending
// is its own error.
func failed(ctx context.Context, address string, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	f := &RequestError{Reason: Protocol, URL: address, Err: err}
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		f.Reason = DNS
		if dns.IsTimeout {
			f.Reason = Timeout
		}
		return f
	}
	var timeout interface{ Timeout() bool }
	switch {
	case isPrivate(err):
		f.Reason, f.Err = Private, onrecord.WithHint(errors.New("it leads into this machine or a private network"), "--allow-private permits that")
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		f.Reason = Timeout
	case isTLS(err):
		f.Reason = TLS
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		f.Reason = Refused
	default:
		if _, ok := errors.AsType[*net.OpError](err); ok {
			f.Reason = Refused
		}
	}
	return f
}

func isPrivate(err error) bool {
	return errors.Is(err, ssrf.ErrProhibitedIP) || errors.Is(err, ssrf.ErrProhibitedPort) || errors.Is(err, ssrf.ErrProhibitedNetwork)
}

func isTLS(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return true
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return true
	}
	_, ok := errors.AsType[tls.AlertError](err)
	return ok
}
