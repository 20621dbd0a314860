package attack

// Texts are texts of the kinds that hold no trace and are long: what people and logs have around traces. Their
// lines differ as those of real texts do.
var Texts = []Attack{
	{Name: "access log", Unit: `203.0.113.7 - - [21/Nov/2026:10:00:07 +0000] "GET /static/js/main.4f3a9c1e.js HTTP/1.1" 200 118734 "https://shop.example/cart" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
198.51.100.23 - ann [21/Nov/2026:10:00:07 +0000] "POST /api/items?page=2 HTTP/2.0" 201 512 "-" "curl/8.5.0"
2001:db8::17 - - [21/Nov/2026:10:00:08 +0000] "GET /images/logo.svg HTTP/1.1" 304 0 "https://shop.example/" "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
`},
	{Name: "prose", Unit: `The scanner reads a log once, line by line, and keeps no more of it than the lines that may yet belong to a trace. At the end
of each record it asks whether what it has seen so far can be an error: a name, a colon, a message that may go on over many
lines, and then the calls, the innermost first. Most of what programs write is none of that. It looks at 3 of 4 lines only at
the first few letters, and that is why (as we saw at noon) a day's log of 40 GB takes a minute: less than reading it from disk.

Readers who want to know more may write to the authors; they are at work on a second edition, in which "everything" is new.

`},
	{Name: "JavaScript", Unit: `// Reads the cart of a user and adds up what is in it.
export async function total(user, { currency = 'EUR', at = Date.now() } = {}) {
	const cart = await store.get(user.id)
	if (!cart) throw new CartError('no cart', { cause: user })
	let sum = 0
	for (const [id, item] of Object.entries(cart.items)) {
		sum += item.price * item.count // in cents
	}
	return { sum: sum / 100, text: new Intl.NumberFormat(user.locale, { style: 'currency', currency }).format(sum / 100) }
}

`},
	{Name: "minified JavaScript", Unit: `!function(e,t){"object"==typeof exports&&"undefined"!=typeof module?t(exports):"function"==typeof define&&define.amd?define(["exports"],t):t((e="undefined"!=typeof globalThis?globalThis:e||self).shop={})}(this,(function(e){"use strict";const t=/^[a-z]+:\/\/[^@\s]+$/i;function n(e,n){return e&&t.test(e)?{a:1,b:n?e.slice(2,n):"x"}:null}class r extends Error{constructor(e,t){super(e),this.code=t}}e.parse=n,e.CartError=r,Object.defineProperty(e,"__esModule",{value:!0})}));`},
	{Name: "Go", Unit: `// lineAt returns the line of s that begins at offset, without its end, and where the next begins.
func lineAt(s string, offset int) (line string, next int) {
	line, next = s[offset:], len(s)
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line, next = line[:end], offset+end+1
	}
	switch n := len(line); {
	case n > 0 && line[n-1] == '\r':
		line = line[:n-1]
	}
	return line, next
}

`},
	{Name: "diff", Unit: `diff --git a/src/cart.js b/src/cart.js
index 3f2a9c1..77ab01f 100644
--- a/src/cart.js
+++ b/src/cart.js
@@ -12,7 +12,8 @@ export async function total(user) {
 	const cart = await store.get(user.id)
-	if (!cart) return 0
+	if (!cart) throw new CartError('no cart')
+	log.debug('cart of %s at %d', user.id, Date.now())
 	let sum = 0
 	for (const item of cart.items) {
`},
	{Name: "a log of JSON", Unit: `{"level":30,"time":1795255207123,"pid":7,"hostname":"web-1","req":{"id":41,"method":"GET","url":"/api/items?page=2","headers":{"host":"shop.example","user-agent":"curl/8.5.0"}},"res":{"statusCode":200},"responseTime":12,"msg":"request completed"}
`},
	{Name: "a log of text", Unit: `2026-11-21T10:00:07.123Z INFO  [main] shop.api - GET /api/items 200 12ms
2026-11-21T10:00:07.133Z WARN  [worker-2] shop.mail - queue is at 91 %, 12 of 4096 waiting
2026-11-21T10:00:07.143Z DEBUG [main] shop.db - select id, price from items where cart = 42 (3 rows, 1.2 ms)
`},
}
