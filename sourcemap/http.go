package sourcemap

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/stacktrace-go/stacktrace"
)

const (
	httpTimeout   = 15 * time.Second
	httpMaxBytes  = 64 << 20
	httpRedirects = 3
)

// HTTPOption changes what [HTTP] does.
type HTTPOption func(*web)

// HTTPMaxBytes sets how long a script or a map, unpacked, may be: 64 MiB unless told.
func HTTPMaxBytes(n int64) HTTPOption { return func(w *web) { w.max = n } }

// HTTPTimeout sets how long a script and its map may take together: 15 seconds unless told.
func HTTPTimeout(d time.Duration) HTTPOption { return func(w *web) { w.timeout = d } }

// HTTP returns a resolver that fetches scripts and the maps that they name, from the origins of a list and
// from nowhere else:
//
//	sourcemap.HTTP([]string{"https://shop.example.com", "https://cdn.example.com"})
//
// What it fetches is named by stack traces, which strangers send. So each request, those of redirects too, must
// go to an origin of the list: scheme, host and port are equal. A name that resolves to an address of a private network, of
// this machine or of no unicast host is refused, unless the list names that host by its address, or as localhost.
// Three redirects are followed. Sizes and times are bounded. Neither cookies nor a proxy are used. Wrap it in [Cached].
//
// A map is looked for where the header SourceMap or the script's comment says, and at the script's
// address with .map behind it otherwise.
func HTTP(origins []string, opts ...HTTPOption) (Resolver, error) {
	w := &web{max: httpMaxBytes, timeout: httpTimeout}
	for _, opt := range opts {
		opt(w)
	}
	for _, o := range origins {
		u, err := url.Parse(o)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.User != nil {
			return nil, fmt.Errorf("sourcemap: %q is no origin: a scheme and a host, as in https://example.com", o)
		}
		w.origins = append(w.origins, origin(u))
		if name := u.Hostname(); name == "localhost" {
			w.local = true
		} else if a, err := netip.ParseAddr(name); err == nil {
			w.addresses = append(w.addresses, a.Unmap())
		}
	}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: w.checkAddress}
	w.client = &http.Client{
		Transport: &http.Transport{
			DialContext:            dialer.DialContext,
			ForceAttemptHTTP2:      true,
			MaxIdleConnsPerHost:    2,
			IdleConnTimeout:        30 * time.Second,
			TLSHandshakeTimeout:    5 * time.Second,
			ResponseHeaderTimeout:  10 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > httpRedirects {
				return errors.New("too many redirects")
			}
			return w.check(r.URL)
		},
	}
	return w, nil
}

// web is the resolver that fetches.
type web struct {
	origins   []string
	addresses []netip.Addr // that the list names
	local     bool         // the list names localhost
	max       int64
	timeout   time.Duration
	client    *http.Client
}

// origin returns the origin of a URL, with its port.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// check returns an error for a URL whose origin is not in the list.
func (w *web) check(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || !slices.Contains(w.origins, origin(u)) {
		return fmt.Errorf("%w: %s://%s is not among the origins to fetch from", ErrNotFound, u.Scheme, u.Host)
	}
	return nil
}

// checkAddress is called with the address that is about to be connected to, after its name was resolved.
func (w *web) checkAddress(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	a := at.Addr().Unmap().WithZone("")
	if slices.Contains(w.addresses, a) || w.local && a.IsLoopback() || isPublic(a) {
		return nil
	}
	return fmt.Errorf("%s is no public address", a)
}

// notPublic are networks that netip does not tell from public ones.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // of providers
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), // an IPv4 address within
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"), // Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4: an IPv4 address within
	netip.MustParsePrefix("fec0::/10"),
}

// isPublic reports whether an address is of a host on the Internet.
func isPublic(a netip.Addr) bool {
	return a.IsGlobalUnicast() && !a.IsPrivate() &&
		!slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Map fetches the script of a frame and its map.
func (w *web) Map(ctx context.Context, f stacktrace.Frame) (*Map, error) {
	u, err := url.Parse(f.File)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotFound, err)
	}
	if err := w.check(u); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, w.timeout)
	defer cancel()
	js, at, header, err := w.fetch(ctx, u)
	if err != nil {
		return nil, err
	}
	ref := header.Get("SourceMap")
	if ref == "" {
		ref = header.Get("X-SourceMap")
	}
	if fromComment, _ := URL(js); ref == "" {
		ref = fromComment
	}
	if _, isData := cutPrefixFold(ref, "data:"); isData {
		data, err := DataURL(ref)
		if err != nil {
			return nil, err
		}
		return Parse(data)
	}
	target := *at
	if ref == "" {
		target.Path, target.RawPath, target.RawQuery, target.Fragment = at.Path+".map", "", "", ""
	} else {
		next, err := at.Parse(ref)
		if err != nil {
			return nil, fmt.Errorf("sourcemap: %s names its map as %q: %w", at, ref, err)
		}
		target = *next
	}
	if err := w.check(&target); err != nil {
		return nil, err
	}
	data, _, _, err := w.fetch(ctx, &target)
	if err != nil {
		return nil, err
	}
	m, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", target.String(), err)
	}
	return m, nil
}

// fetch returns what is at a URL, and where that was after all redirects.
func (w *web) fetch(ctx context.Context, u *url.URL) ([]byte, *url.URL, http.Header, error) {
	clean := *u
	clean.User, clean.Fragment = nil, ""
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, clean.String(), nil)
	if err != nil {
		return nil, nil, nil, err
	}
	response, err := w.client.Do(request)
	if err != nil {
		return nil, nil, nil, fmt.Errorf("sourcemap: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		err := fmt.Errorf("sourcemap: %s: %s", clean.String(), response.Status)
		if response.StatusCode == http.StatusNotFound || response.StatusCode == http.StatusGone {
			err = fmt.Errorf("%w: %s: %s", ErrNotFound, clean.String(), response.Status)
		}
		return nil, nil, nil, err
	}
	data, err := readAll(clean.String(), response.Body, response.ContentLength, w.max)
	return data, response.Request.URL, response.Header, err
}
