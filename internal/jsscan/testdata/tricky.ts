import type { X } from 'x'
import x, { type Y, f as g } from 'y'
export type { X }
type Fn = (a: number) => { b: string }
type Cond<T> = T extends (infer U)[] ? U : T extends { a: infer V } ? V : never
interface Foo<T> extends Bar { method(a: number): void; prop: () => void; new (x: T): Foo<T> }
declare function declared(x: number): void
declare module 'z' { export function inner(): void; export class K { m(): void } }
declare global { interface Window { x: () => void } }
abstract class A<T extends { a: () => void }> extends B<T> implements C, D<() => void> {
	private readonly a: Map<string, () => void> = new Map<string, () => void>()
	b?: string; c!: number
	static readonly d = <T,>(x: T): x is NonNullable<T> => true
	declare e: () => void
	[key: string]: unknown
	constructor(private a: number, public b = () => 1) { super() }
	abstract f(): void
	get g(): string { return '' }
	overload(a: string): void
	overload(a: number): void
	overload(a: any): asserts a is string { }
	h<T>(this: A<T>, a?: T, ...rest: T[]): { x: T } | undefined { return }
	@decorator() i() {}
	@a.b(() => 1) private j = async <T>(x: T): Promise<void> => { }
	k = (a: number) => a
	l() {}
}
function over(a: string): void
function over(a: any) { return a as unknown as () => void }
enum E { A = 1, B = f(() => 1) }
const enum F { A }
namespace N.M { export const x = () => 1; export function y(): void {} }
const a = <T>(x: T) => x, b = x as { a: () => void }, c = f<() => void>(() => 1), d = x satisfies Y, e = <Y>function () {}
let h: (a: number) => void = (a) => a, i: { m(): void } = { m() {} }, j = a! / 2
const k = (a: number): a is 1 => true, l = async (a?: number): Promise<Array<{ b: string }>> => [], m = function (this: X): void {}
const n = { o(a: number): { b: string } { return a }, p: (a: string): number => 1, async q<T>(x: T): Promise<T> { return x }, get r(): number { return 1 } }
x = y ? (z) : w => z
x = (a): string => a
if (i < n.length && n > (() => 1)()) { }
for (let i: number = 0, f = () => 1; i < 1; i++) { }
try { } catch (e: unknown) { (() => 1)() }
export default abstract class extends N { m() { } }
type = () => 1
type.x = function () {}
let module = () => 1, declare = 2
function assertIsString(val: any): asserts val is string { }
const t = (x: `a${string}`) => x, u = (x: typeof import('y')): keyof typeof x => x, v = new Foo<Bar>, w = (x: unique symbol) => x
using(() => 1)
