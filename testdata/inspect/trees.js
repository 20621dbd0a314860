// Prints random error trees as util.inspect prints them, in containers, behind labels and with every option, one
// JSON object on a line: the text, and what is in its first error.
//
//	node trees.js SEED COUNT
'use strict';
const util = require('node:util');

let state = Number(process.argv[2] || 1) >>> 0;
function random(n) { // a number below n, the same ones for a seed
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 4294967296) * n);
}
const pick = (list) => list[random(list.length)];

class Widget extends Error {}
class Denied extends Error {
  constructor(message, options) { super(message, options); this.name = 'Denied'; }
}
const classes = [Error, TypeError, RangeError, SyntaxError, Widget, Denied];
const messages = [
  'failed', 'x is not a function', 'two words: and more', 'a\nb', 'first\n  second\n\nthird', '{"a":1,"b":[2]}', 'a { b: 1 }', '{ b: 1 }',
  "it's", '"quoted"', 'trailing,', 'list [1, 2]', '[x]', 'ends with colon:', 'at f (x.js:1:2)', 'see:\n    at f (x.js:1:2)\nend', 'key: value',
  'größer ✓', 'C:\\dir\\new', 'open ENOENT', 'a } b', 'ends {', 'a\n}', '[\n  {\n    "code": "x"\n  }\n]', 'cause: none', '  code: 1', '',
];

// Functions of several names, so that frames can be told apart.
const callers = {};
for (const name of ['alpha', 'beta', 'gamma', 'delta']) {
  callers[name] = { [name](f) { return f(); } }[name];
}
function within(f) {
  const path = Array.from({ length: random(4) }, () => pick(Object.keys(callers)));
  return path.reduce((inner, name) => () => callers[name](inner), f)();
}

function make(depth, level) {
  const Class = pick(classes);
  const message = pick(messages);
  const options = {};
  let cause;
  if (depth > 0 && random(3) === 0) {
    cause = random(6) === 0 ? { value: pick(['no error', 42, null, { a: 1 }]) } : make(depth - 1, level + 1);
    options.cause = cause.value !== undefined ? cause.value : cause.error;
  }
  let errors;
  Error.stackTraceLimit = pick([0, 1, 2, 3, 5, 10, 10]);
  let error;
  if (depth > 0 && random(6) === 0) {
    errors = Array.from({ length: 1 + random(3) }, () => make(depth - 1, level + 1));
    Error.stackTraceLimit = pick([1, 3, 10]);
    error = within(() => new AggregateError(errors.map((e) => e.error), message, options));
  } else {
    error = within(() => new Class(message, options));
  }
  const props = {};
  if (random(3) === 0) props.code = error.code = pick(['E_CODE', 'ERR_X', 42]);
  if (random(4) === 0) error.path = pick(['/a b', "it's", 'a, b']);
  if (random(5) === 0) error.detail = { list: [1, { two: 2 }], text: 'x'.repeat(random(90)) };
  if (random(12) === 0) error.inner = pick([new Map([['k', 1]]), new Set([1]), [1, 2, 3], () => 1, Symbol('s')]);
  return { error, cause, errors, level };
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

// Frames that a cause has in common with its error are left out of one of the two: those are not compared.
function wanted(node, depth) {
  const { error } = node;
  const want = { type: error.name === 'Error' ? error.constructor.name : error.name, message: error.message, frames: frames(error) };
  if (error.code !== undefined) want.code = String(error.code);
  if (depth !== null && node.level >= depth) return want; // what is within is not printed
  if (node.cause && node.cause.error) want.cause = wanted(node.cause, depth);
  if (node.errors) want.errors = node.errors.map((e) => wanted(e, depth));
  return want;
}

const containers = [
  ['bare', 0, (e) => e],
  ['member', 1, (e) => ({ id: 1, err: e, ok: false })],
  ['member', 1, (e) => ({ err: e })],
  ['deep', 2, (e) => ({ a: { err: e, n: 1 } })],
  ['array', 1, (e) => [e]],
  ['array', 1, (e) => [1, e, 'x']],
  ['map', 1, (e) => new Map([['k', e], ['l', 1]])],
  ['set', 1, (e) => new Set([e])],
  ['settled', 2, (e) => [{ status: 'fulfilled', value: 1 }, { status: 'rejected', reason: e }]],
];
const labels = ['', '', 'failed to load user 42', 'oops:', '[api]', 'request failed'];

const count = Number(process.argv[3] || 10);
for (let i = 0; i < count; i++) {
  const [container, level, wrap] = pick(containers);
  const node = make(2, level);
  const depth = pick([null, null, 5, 8]);
  const compact = pick([3, 3, 3, true, false, 1]);
  const text = util.inspect(wrap(node.error), {
    depth,
    compact,
    breakLength: pick([80, 80, 128, Infinity, 40]),
    sorted: random(4) === 0,
    showHidden: random(8) === 0,
    colors: random(6) === 0,
  });
  const isNamed = node.error.name !== 'Denied' && node.error.constructor !== Widget; // a name that only errors have
  const label = container === 'bare' && !isNamed ? '' : pick(labels);
  process.stdout.write(JSON.stringify({ container, compact, text: label ? label + ' ' + text : text, want: wanted(node, depth) }) + '\n');
}
