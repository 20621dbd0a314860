// Builds six bundles of three, lodash-es, react-dom and monaco-editor with their maps, and asks the reference,
// @jridgewell/trace-mapping, for the originals of 100,000 positions of each:
//
//	npm install && node build.mjs
//
// It writes build/NAME.js.map and build/NAME.positions.json, an array of [line, column, source, line, column, name]
// with lines from 1 and columns from 0; where there is no original the last four are null.
import { build as esbuild } from 'esbuild'
import { build as vite } from 'vite'
import webpack from 'webpack'
import { TraceMap, originalPositionFor } from '@jridgewell/trace-mapping'
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'

const out = resolve('build')
rmSync(out, { recursive: true, force: true })
mkdirSync(out)
writeFileSync(out + '/entry.js', `
import * as three from 'three'
import * as lodash from 'lodash-es'
import * as react from 'react'
import * as client from 'react-dom/client'
import * as server from 'react-dom/server'
import * as monaco from 'monaco-editor'
globalThis.everything = { three, lodash, react, client, server, monaco }
`)
const files = { js: out + '/bundle.js', map: out + '/bundle.js.map' }

function keep(name, js, map) {
	writeFileSync(`${out}/${name}.js`, js)
	writeFileSync(`${out}/${name}.js.map`, map)
	const trace = new TraceMap(map), lines = js.split('\n'), positions = []
	const starts = [0]
	for (const l of lines) starts.push(starts.at(-1) + l.length + 1)
	let seed = 1
	const random = n => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0, Math.floor(seed / 2 ** 32 * n))
	for (let i = 0; i < 100000; i++) {
		const at = random(js.length)
		let low = 0, high = lines.length
		while (high - low > 1) { const mid = (low + high) >> 1; if (starts[mid] <= at) low = mid; else high = mid }
		const column = at - starts[low]
		const o = originalPositionFor(trace, { line: low + 1, column })
		const index = o.source === null ? -1 : trace.resolvedSources.indexOf(o.source)
		positions.push([low + 1, column, index, o.line, o.column, o.name])
	}
	writeFileSync(`${out}/${name}.positions.json`, JSON.stringify(positions))
	console.log(name, js.length, map.length)
}

const read = f => readFileSync(f, 'utf8')
for (const minify of [false, true]) {
	const r = await esbuild({ entryPoints: [out + '/entry.js'], bundle: true, minify, sourcemap: 'external', write: false, outfile: files.js, logLevel: 'error', loader: { '.ttf': 'dataurl', '.css': 'empty' } })
	const find = end => r.outputFiles.find(f => f.path.endsWith(end)).text
	keep(minify ? 'esbuild-min' : 'esbuild', find('.js'), find('.js.map'))
}
for (const minify of [false, true]) {
	const dir = out + '/vite'
	await vite({ configFile: false, logLevel: 'error', root: out, build: { outDir: dir, emptyOutDir: true, sourcemap: true, minify, cssMinify: false, lib: { entry: out + '/entry.js', formats: ['iife'], name: 'all', fileName: () => 'bundle.js' } } })
	const js = readdirSync(dir).find(f => f.endsWith('.js'))
	keep(minify ? 'vite-min' : 'vite', read(`${dir}/${js}`), read(`${dir}/${js}.map`))
}
for (const mode of ['development', 'production']) {
	const dir = out + '/webpack'
	await new Promise((done, fail) => webpack({
		mode, context: out, entry: './entry.js', devtool: 'source-map', output: { path: dir, filename: 'bundle.js', clean: true },
		module: { rules: [{ test: /\.css$/, use: ['style-loader', 'css-loader'] }, { test: /\.ttf$/, type: 'asset/inline' }] },
		optimization: { splitChunks: false },
	}, (err, stats) => err || stats.hasErrors() ? fail(err ?? stats.toString()) : done()))
	keep(mode === 'production' ? 'webpack-min' : 'webpack', read(dir + '/bundle.js'), read(dir + '/bundle.js.map'))
}
