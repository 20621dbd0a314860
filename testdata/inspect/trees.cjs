// Prints random error trees as util.inspect of Node, Deno.inspect and Bun.inspect print them, in containers, behind
// labels and with every option, one JSON object on a line: the text, and what is in its first error.
//
//	node trees.cjs SEED COUNT
//	deno run trees.cjs SEED COUNT
//	bun trees.cjs SEED COUNT
'use strict';
const runtime = globalThis.Deno ? 'deno' : globalThis.Bun ? 'bun' : 'node';
const inspect = { deno: () => Deno.inspect, bun: () => Bun.inspect, node: () => require('node:util').inspect }[runtime]();
const [seed, count] = process.argv.slice(2).map(Number);

let state = (seed || 1) >>> 0;
function random(n) { // a number below n, the same ones for a seed
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * n);
}
const pick = (list) => list[random(list.length)];

class Widget extends Error {}
class Denied extends Error {
  constructor(message, options) { super(message, options); this.name = 'Denied'; }
}
class HttpError extends TypeError {
  constructor(message, options) { super(message, options); }
}
const classes = [Error, Error, TypeError, RangeError, SyntaxError, Widget, Denied, HttpError];
const messages = [
  'failed', 'x is not a function', 'two words: and more', 'a\nb', 'first\n  second\n\nthird', '{"a":1,"b":[2]}', 'a { b: 1 }', '{ b: 1 }',
  "it's", '"quoted"', 'trailing,', 'list [1, 2]', '[x]', 'ends with colon:', 'at f (x.js:1:2)', 'see:\n    at f (x.js:1:2)\nend', 'key: value',
  'größer ✓', 'C:\\dir\\new', 'open ENOENT', 'a } b', 'ends {', 'a\n}', '[\n  {\n    "code": "x"\n  }\n]', 'cause: none', '  code: 1', '',
  'Request failed: TypeError: bad', "Cannot read properties of undefined (reading 'a')", 'expected [\n  1,\n  2\n] to equal []', '{\n  a: 1,\n  b: 2\n}',
  'unexpected token "}" (1:2)', '`tick` and \'quote', 'a => b', 'x,\ny,', 'https://h.example/a?b=1:2 is gone', '<ref *1> is odd', '100%', 'ends with ]',
];

if (runtime === 'bun') messages.splice(messages.findIndex((m) => m.startsWith('see:')), 1); // it takes the line for a frame

// Functions of several names, so that frames can be told apart.
const callers = {};
for (const name of ['alpha', 'beta', 'gamma', 'delta']) {
  callers[name] = { [name](f) { return f(); } }[name];
}
function within(f) {
  const path = Array.from({ length: random(4) }, () => pick(Object.keys(callers)));
  return path.reduce((inner, name) => () => callers[name](inner), f)();
}

// Level is how many values an error is within. Bun prints neither AggregateErrors nor which property an error is.
function make(depth, level) {
  const Class = pick(classes);
  const message = pick(messages);
  const options = {};
  let cause;
  if (depth > 0 && random(3) === 0) {
    cause = random(6) === 0 && runtime !== 'bun' ? { value: pick(['no error', 42, null, { a: 1 }]) } : make(depth - 1, level + 1);
    options.cause = cause.value !== undefined ? cause.value : cause.error;
  }
  let inner;
  if (depth > 0 && random(8) === 0 && runtime !== 'bun') inner = make(depth - 1, level + 1);
  let errors;
  Error.stackTraceLimit = pick([0, 1, 2, 3, 5, 10, 10]);
  if (runtime === 'bun') Error.stackTraceLimit = pick([1, 2, 3, 10]);
  let error;
  if (depth > 0 && random(6) === 0 && runtime !== 'bun') {
    errors = Array.from({ length: 1 + random(3) }, () => make(depth - 1, level + 2));
    Error.stackTraceLimit = pick([1, 3, 10]);
    error = within(() => new AggregateError(errors.map((e) => e.error), message, options));
  } else {
    error = within(() => new Class(message, options));
  }
  String(error.stack);
  if (random(3) === 0) error.code = pick(['E_CODE', 'ERR_X', 42]);
  if (random(4) === 0) error.path = pick(['/a b', "it's", 'a, b', 'a\nb']);
  if (random(5) === 0) error.detail = { list: [1, { two: 2 }], text: 'x'.repeat(random(90)) };
  if (random(12) === 0) error.value = pick([new Map([['k', 1]]), new Set([1]), [1, 2, 3], () => 1, Symbol('s'), new Date(0), /a}/, null, [], {}]);
  if (inner) error.inner = inner.error;
  return { error, cause, inner, errors, level };
}

// The names of the frames, of the stack as it is.
function frames(error) {
  const head = String(error.stack).lastIndexOf('\n    at ');
  if (head < 0) return [];
  const lines = error.stack.split('\n');
  const names = [];
  for (let i = lines.length - 1; i >= 0 && lines[i].startsWith('    at '); i--) {
    const match = /^ {4}at (?:async )?(?:new )?(.*?)(?: \[as .*\])? \((.*)\)$/.exec(lines[i]);
    names.unshift(match ? match[1] : '');
  }
  return names;
}

// What is told of an error. Frames that a cause has in common with its error are left out of one of the two: those are
// not compared. Of an error deeper than asked for with properties the name of its class is printed.
function wanted(node, options) {
  const { error } = node;
  const keys = Object.keys(error).filter((key) => key !== 'name').length + (node.cause ? 1 : 0) + (node.errors ? 1 : 0) + (options.showHidden ? 1 : 0);
  if (runtime !== 'bun' && options.depth !== null && node.level > options.depth && keys > 0) return { type: error.constructor.name, message: '', frames: [], cut: true };
  const want = { type: error.name === 'Error' ? error.constructor.name : error.name, message: error.message, frames: frames(error) };
  if (error.name === 'TypeError') want.type = error.constructor.name;
  if (runtime === 'bun' && (error.name === 'Error' || error instanceof HttpError)) {
    want.type = error.message === '' ? 'Error' : '';
  }
  if (error.code !== undefined) want.code = String(error.code);
  if (node.cause && node.cause.error) want.cause = wanted(node.cause, options);
  if (node.inner) want.inner = wanted(node.inner, options);
  if (want.inner && want.inner.cut) delete want.inner; // "[Widget]" may be any object
  if (node.errors && !(options.depth !== null && node.level + 1 > options.depth)) want.errors = node.errors.map((e) => wanted(e, options));
  return want;
}

class Job { constructor(e) { this.err = e; this.tries = 3; } }
const quoted = { note: 'TypeError: not this one', at: 'met at f (x.js:1:2)' };
const containers = [
  ['bare', 0, (e) => e],
  ['bare', 0, (e) => e],
  ['member', 1, (e) => ({ id: 1, err: e, ok: false })],
  ['member', 1, (e) => ({ err: e })],
  ['member', 1, (e) => ({ ok: true, tags: ['a', 'b'], nested: { x: { y: 1 } }, error: e, list: [], when: new Date(0) })],
  ['quoted', 1, (e) => ({ note: quoted.note, err: e })],
  ['quoted', 1, (e) => ({ err: e, at: quoted.at })],
  ['deep', 2, (e) => ({ a: { err: e, n: 1 } })],
  ['deep', 3, (e) => ({ jobs: [{ id: 7, 'last error': e }], total: 1 })],
  ['class', 1, (e) => new Job(e)],
  ['class', 2, (e) => ({ job: new Job(e), [Symbol('s')]: 1 })],
  ['null', 1, (e) => Object.assign(Object.create(null), { err: e })],
  ['array', 1, (e) => [e]],
  ['array', 1, (e) => [1, e, 'x']],
  ['map', 1, (e) => new Map([['k', e], ['l', 1]])],
  ['map', 2, (e) => new Map([['k', { err: e }]])],
  ['map', 1, (e) => new Map([[{ id: 1 }, e]])],
  ['set', 1, (e) => new Set([e])],
  ['settled', 2, (e) => [{ status: 'fulfilled', value: 1 }, { status: 'rejected', reason: e }]],
];
const labels = ['', '', '', 'failed to load user 42', 'oops:', '[api]', 'request failed', 'Unhandled rejection:', '(worker 3)', 'caught error ->'];
const behind = ['', '', '', '', '', '\ndone', '\nGET /x 200 12ms', '\n{ a: 1 }'];

for (let i = 0; i < (count || 10);) {
  const [container, level, wrap] = pick(containers);
  const node = make(2, level);
  const options = {
    depth: runtime === 'bun' ? 8 : runtime === 'deno' ? pick([100, 100, 8, 3, 2]) : pick([null, null, 5, 8, 3, 2]),
    compact: pick([3, 3, 3, true, false, 1]),
    breakLength: pick([80, 80, 128, Infinity, 40]),
    sorted: random(4) === 0,
    showHidden: random(8) === 0,
    colors: random(6) === 0,
  };
  if (runtime !== 'node' && typeof options.compact === 'number') delete options.compact;
  const cut = options.depth !== null && level > options.depth && runtime !== 'bun';
  const isNamed = node.error.name !== 'Denied' && node.error.constructor !== Widget; // a name that only errors have
  const label = pick(labels);
  const tail = pick(behind);
  if (cut || label && container === 'bare' && !isNamed) continue;
  i++;
  const text = (label && label + ' ') + inspect(wrap(node.error), options) + tail;
  process.stdout.write(JSON.stringify({ container, options, text, want: wanted(node, options) }) + '\n');
}
