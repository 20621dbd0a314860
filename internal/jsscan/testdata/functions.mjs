// usage: node functions.mjs FOLDER FILE…
//
// Prints the functions of each file as @babel/parser finds them, which is in FOLDER/node_modules: a line of JSON for
// each file, with start, end, name and kind of each function. The names are what the language and V8 infer.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
const { parse } = createRequire(resolve(process.argv[2]) + '/x.js')('@babel/parser')
const none = ''
function plugins(file) {
	if (/\.[mc]?ts$/.test(file)) return ['typescript', 'decorators']
	if (/\.tsx$/.test(file)) return ['typescript', 'jsx', 'decorators']
	return ['jsx', ['flow', { all: false }], 'decorators']
}
const key = (node, src) => {
	const k = node.key
	if (node.computed) return k.type === 'StringLiteral' ? k.value : /^Symbol\./.test(src.slice(k.start, k.end)) ? `[${src.slice(k.start, k.end)}]` : none
	if (k.type === 'PrivateName') return '#' + k.id.name
	return k.type === 'Identifier' ? k.name : k.type === 'StringLiteral' ? src.slice(k.start + 1, k.end - 1) : src.slice(k.start, k.end)
}
const target = n => n.type === 'Identifier' ? n.name
	: n.type === 'MemberExpression' && !n.computed ? (n.property.type === 'PrivateName' ? '#' + n.property.id.name : n.property.name) : none
const isFunction = n => /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(n.type)
function functions(file) {
	const src = readFileSync(file, 'utf8')
	const ast = parse(src, { sourceType: 'unambiguous', allowReturnOutsideFunction: true, errorRecovery: true, allowAwaitOutsideFunction: true, plugins: plugins(file), createParenthesizedExpressions: true })
	const out = []
	function add(node, name, kind, start = node.start, end = node.end) {
		// decorators do not count
		for (const d of node.decorators ?? []) start = Math.max(start, d.end + /^\s*/.exec(src.slice(d.end))[0].length)
		out.push([start, end, name, kind])
	}
	// name: what a function gets that is the value of node; cls: the class
	function walk(n, name) {
		if (!n || typeof n.type !== 'string') return
		const kids = (...skip) => { for (const k in n) if (!skip.includes(k) && k !== 'loc' && k !== 'extra' && k !== 'errors' && k !== 'comments' && k !== 'tokens' && !/Comments$/.test(k)) for (const c of [n[k]].flat()) if (c && typeof c === 'object') walk(c, none) }
		switch (n.type) {
		case 'FunctionDeclaration': case 'FunctionExpression': case 'ArrowFunctionExpression':
			if (n.body) add(n, n.id?.name ?? name, 'function')
			return kids()
		case 'ClassDeclaration': case 'ClassExpression':
			n.called = n.id?.name ?? name
			for (const m of n.body.body) m.owner = n.called
			return kids()
		case 'ClassMethod': case 'ClassPrivateMethod':
			add(n, n.kind === 'constructor' ? n.owner : key(n, src), n.kind)
			return kids()
		case 'ObjectMethod':
			add(n, key(n, src), n.kind)
			return kids()
		case 'ClassProperty': case 'ClassPrivateProperty': case 'ClassAccessorProperty':
			if (n.value) {
				add(n, n.static ? '<static_initializer>' : '<instance_members_initializer>', 'field', n.value.start, n.value.end)
				walk(n.value, key(n, src))
			}
			return kids('value')
		case 'StaticBlock':
			add(n, '<static_initializer>', 'static'); return kids()
		case 'ObjectProperty':
			walk(n.value, key(n, src)); return kids('value')
		case 'VariableDeclarator':
			walk(n.init, target(n.id)); return kids('init')
		case 'AssignmentExpression':
			walk(n.right, /^(=|\|\|=|&&=|\?\?=)$/.test(n.operator) ? target(n.left) : none); return kids('right')
		case 'AssignmentPattern':
			walk(n.right, target(n.left)); return kids('right')
		case 'ExportDefaultDeclaration':
			return walk(n.declaration, 'default')
		case 'ParenthesizedExpression':
			return walk(n.expression, name)
		case 'ConditionalExpression':
			walk(n.test, none); walk(n.consequent, name); return walk(n.alternate, name)
		case 'LogicalExpression':
			walk(n.left, name); return walk(n.right, name)
		case 'TSAsExpression': case 'TSSatisfiesExpression': case 'TSNonNullExpression': case 'TypeCastExpression': case 'TSTypeAssertion':
			walk(n.expression, name); return
		}
		if (/^(TS(Type|Interface)|TypeAlias|Interface|Declare|OpaqueType)/.test(n.type) && n.type !== 'TSTypeAssertion') return
		kids()
	}
	walk(ast.program, none)
	return out.sort((a, b) => a[0] - b[0] || b[1] - a[1])
}
for (const file of process.argv.slice(3)) {
	let found
	try { found = functions(file) } catch (e) { console.error(file + ': ' + e.message.slice(0, 200)); continue }
	console.log(JSON.stringify({ file, functions: found }))
}
