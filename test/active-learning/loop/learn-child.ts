// Run by the SIGKILL test as a process of its own: a small run of the loop with real searches, whose ledger is the
// first argument. Prints each step after it was written.

import { writeSync } from 'node:fs'
import {
  CorpusSource,
  foldsBySuite,
  Ledger,
  learn,
  SearchSource,
  seedCorpus,
} from '../../../active-learning/loop/index.ts'
import { packagePath } from '../../../kernels/index.ts'
import { readModelInfo } from '../../../synth/index.ts'
import { modelledLabeller, modelledRows } from '../modelled.ts'

const [path, rounds, batch] = process.argv.slice(2)
const model = readModelInfo(packagePath('model'))
using search = new SearchSource(model, { search: { generations: 0, width: 8, holes: 0, edits: 1 }, workers: 1 })
using ledger = Ledger.open(path)
const folds = foldsBySuite({ name: 'modelled', rows: modelledRows(24, 1) }, ['s0'])
const parts = { folds, sources: { search, corpus: new CorpusSource(seedCorpus()) }, labeller: modelledLabeller() }
const options = {
  ...{ seeds: [3], batch: Number(batch), candidates: 40, pool: 8 },
  stop: { rounds: Number(rounds) },
}
await learn(parts, { ...options, arms: ['active', 'nearest'] }, ledger, {
  ...{ signal: new AbortController().signal, version: 'test', nowMs: 0 },
  report({ kind, trajectory, round, ...event }) {
    const rows = 'rows' in event ? event.rows.map(({ program }) => program) : []
    writeSync(1, `${JSON.stringify({ kind, arm: trajectory.arm, round, rows })}\n`)
  },
})
