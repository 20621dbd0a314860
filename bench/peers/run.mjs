// Reads each text of a folder with the peers on Node and prints, as JSON, the best time of each and
// how many frames it found:
//
//   node run.mjs FOLDER MILLISECONDS ROUNDS
//
// The folder holds cases.json, an array of {name, text, places}: places are the file and line number of
// each frame that is there, with 0 for a frame without a line. A frame counts as found if the peer gives
// one with that place, in the same order.

import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const require = createRequire(import.meta.url)
const [folder, milliseconds, rounds] = process.argv.slice(2)
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'))
const { dependencies } = require('./package.json')

const ErrorStackParser = require('error-stack-parser').default
const errorStackParserEs = await import('error-stack-parser-es')
const stacktraceParser = require('stacktrace-parser')
const { defaultStackParser } = require('@sentry/browser')
const StackTracey = require('stacktracey')
const TraceKit = require('tracekit')
const StackUtils = require('stack-utils')

TraceKit.remoteFetching = false // it would look for the sources
const stackUtils = new StackUtils({ internals: [] })

// asError gives the parsers that take an error one with the text for its stack.
function asError(text) {
  const colon = text.indexOf(': ')
  const error = new Error(colon > 0 ? text.slice(colon + 2, text.indexOf('\n')) : '')
  error.stack = text
  return error
}

// Each takes a text and returns frames; place tells the file and the line number of one.
const peers = [
  { name: 'error-stack-parser', read: error => ErrorStackParser.parse(error), place: f => [f.fileName, f.lineNumber], takesError: true },
  { name: 'error-stack-parser-es', read: error => errorStackParserEs.parse(error), place: f => [f.fileName, f.lineNumber], takesError: true },
  { name: 'stacktrace-parser', read: text => stacktraceParser.parse(text), place: f => [f.file, f.lineNumber] },
  { name: '@sentry/browser', read: text => defaultStackParser(text), place: f => [f.filename, f.lineno], outermostFirst: true },
  { name: 'stacktracey', read: text => new StackTracey(text).items, place: f => [f.file, f.line] },
  { name: 'tracekit', read: error => TraceKit.computeStackTrace(error).stack, place: f => [f.url, f.line], takesError: true },
  { name: 'stack-utils', read: text => text.split('\n').map(line => stackUtils.parseLine(line)).filter(Boolean), place: f => [f.file, f.line] },
]

function found(peer, input, places) {
  let frames
  try {
    frames = peer.read(input) || []
  } catch {
    return 0 // an error of its own: no frame in the text
  }
  if (peer.outermostFirst) frames = [...frames].reverse()
  let next = 0
  let count = 0
  for (const [file, line] of places) {
    const at = frames.findIndex((f, i) => {
      if (i < next) return false
      const [itsFile, itsLine] = peer.place(f)
      return (Number(itsLine) || 0) === line && (line === 0 || itsFile === file)
    })
    if (at >= 0) {
      count++
      next = at + 1
    }
  }
  return count
}

let sink
function time(peer, input, calls) {
  const start = process.hrtime.bigint()
  for (let i = 0; i < calls; i++) {
    try {
      sink = peer.read(input)
    } catch {
      sink = null
    }
  }
  return Number(process.hrtime.bigint() - start) / calls
}

const warmUp = 25 // rounds
const results = []
for (const { name, text, places } of cases) {
  for (const peer of peers) {
    const input = peer.takesError ? asError(text) : text
    const count = found(peer, input, places)
    let best = time(peer, input, 1)
    let calls = 1
    for (let spent = 0; spent < warmUp * Number(milliseconds) * 1e6; spent += best * calls) {
      calls = Math.max(1, Math.ceil(Number(milliseconds) * 1e6 / best))
      best = Math.min(best, time(peer, input, calls))
    }
    for (let i = 0; i < Number(rounds); i++) best = Math.min(best, time(peer, input, calls))
    results.push({ case: name, peer: peer.name, version: dependencies[peer.name], ns: best, found: count })
  }
}
console.log(JSON.stringify(results))
