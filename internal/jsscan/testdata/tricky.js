#!/usr/bin/env node
// Every function here is one that a reader of tokens could miss, or see where there is none.
'use strict'
const a = b / c / d, re = /function (x) {/g, e = f[0] / 2 / g, h = (1) / 2
if (x) /}/.test(y)
while (x) /[/}]/.exec(y), z()
const t = `a${(() => `b${function () { return `}` }}`)()}c` + `\${}`
var o = { get a() { return 1 }, set a(v) {}, async b() {}, *c() {}, async *d() {}, 'e-f': function () {}, 1: () => 2, [g]: () => 1,
	[Symbol.iterator]() {}, [ Symbol.iterator ]: () => 3, ['h']() {}, get: () => 1, set() {}, async: () => 1, static() {}, get, function() {}, class: class { m() {} }, if: () => 1,
	arrow: x => x ? y => y : z => z, nested: { deep() {} }, ...spread(() => 1), async get() {}, number: 1 / 2 / 3 }
class A extends (class { constructor() { } }) {
	static x = () => 1
	y = function () {}; z
	static #p = class { q() {} }
	static { this.s = () => 1 }
	constructor() { super(); this.t = () => 1 }
	get get() { return 1 } set set(v) {}
	static static() {} static async *gen() {} async() {} 'quoted'() {} 12() {}
	#private() { return #private in this }
	[computed]() {} static [Symbol.hasInstance](v) {}
	arrow = async (x) => { await x }
	last = 1;
	*generator() {}
}
let i = function named() {}, j = function () {}, k = (function () {}), l = (() => {})(), m = function () {}.bind(this), n = a || function () {}, p = q ? function () {} : () => {}
r.s.t = function () {}; r[s] = function () {}; r ??= () => 1; r ||= function () {}; (0, function () {})()
export default async function () {}
export const u = async x => x, v = async (x, y = () => 1) => x, w = ({ a = () => 1, b: { c = function () {} } }, [d = () => 2]) => a
for (const x of y.map(x => x)) f(x => { return x })
switch (x) { case y => y: break; case (1): z = () => 1; default: w = function () {} }
label: for (;;) { break label }
const chain = x => y => z => x + y
	+ z
const asi = x => x
const after = () => {}
(function iife() {})()
var division = function () {} / 2, html = a <!--b
do x = () => 1
while (x)
const async = 1; async
function notAsync() {}
x = a ? (b) : c => d
x = a ? (b, c) => d : e
x = y, () => 1
if (a) function inIf() {}
else ({ m() {} }).m()
return_ = { return: x => x }.return(function () {})
new (class Foo { bar() {} })
new.target.x = () => 1
a = b
++c
const regex = a++ / 2 / x(() => 1), yield_ = function* () { yield /x}/ }
promise.catch(() => 1).finally(function () {}).then(x => ({ x }), y => ({ y })[0])
if (a) { } /}/g.test(b)
const obj = {}, more = {} / 2, f1 = () => ({}), f2 = x => [x, () => 1]
$ = ünï = () => 1
x = a < b, c > (() => 1)
x = a?.5:() => 1, y = a?.b?.(() => 1)
module.exports = function () {}
var \u0061b = () => 1, π = function () {}
async () => { for await (const x of y) {} }
