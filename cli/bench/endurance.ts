// A long unattended run that is killed at random, again and again: is the store sound each time, is anything lost or
// there twice, does a process stay behind, does memory grow? Beside it, with --calm, the same run undisturbed.

import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Store } from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { Random } from '../../synth/index.ts'
import { type Command, duration, integer } from '../command.ts'
import type { CliIo } from '../io.ts'
import { startProgress } from '../progress.ts'
import { storeName } from '../synth/options.ts'
import { meanOf } from './statistics.ts'

interface EnduranceFlags {
  readonly time: number
  readonly least: number
  readonly most: number
  readonly budget: string
  readonly calm: boolean
  readonly seed: number
  readonly out: string
}

/** Of the processes of a run together. */
interface MemorySample {
  readonly atMs: number
  readonly megabytes: number
}

/** What was found after a kill, and at the end. */
interface Inspection {
  readonly problems: readonly string[]
  /** Benchmarks of searches that ended, by run, kernel, space and target. */
  readonly benchmarks: ReadonlySet<string>
  /** Searches that were filed more than once. */
  readonly doubled: number
  readonly finished: number
  readonly sampled: number
}

const pageBytes = 4096
const sampleEveryMs = 2000
/** Until the processes of a killed one must be gone. */
const graceMs = 10_000

export const enduranceBench: Command<EnduranceFlags> = {
  name: 'endurance',
  summary: 'A long `synth` that is killed at random: soundness of the store, losses, repeats, memory.',
  options: [
    { syntax: '--time <time>', summary: 'in all', parse: duration, default: 1_800_000 },
    { syntax: '--least <time>', summary: 'from a start to its kill', parse: duration, default: 60_000 },
    { syntax: '--most <time>', summary: 'from a start to its kill', parse: duration, default: 120_000 },
    { syntax: '--budget <time>', summary: 'of a search', default: '20s' },
    { syntax: '--calm', summary: 'kill nothing' },
    { syntax: '--seed <n>', summary: 'of the moments', parse: integer(0), default: 1 },
    { syntax: '-o, --out <dir>', summary: 'folder of the results', default: 'results/bench/endurance' },
  ],
  examples: ['bench endurance', 'bench endurance --calm --out results/bench/calm'],
  async run(flags, io) {
    const rng = new Random(flags.seed)
    const memory: MemorySample[] = []
    const lost = new Set<string>()
    let [kills, unsound, left] = [0, 0, 0]
    let before = inspect(flags.out)
    using progress = startProgress(io, { label: 'endurance', total: flags.time / 1000, unit: 's' })
    const startedAt = performance.now()
    const passed = (): number => performance.now() - startedAt
    while (passed() < flags.time && !io.signal.aborted) {
      const span = flags.calm ? Infinity : flags.least + rng.next() * (flags.most - flags.least)
      const end = Math.min(flags.time, passed() + span)
      const child = startSynth(flags)
      for (; passed() < end && child.exitCode === null && !io.signal.aborted; await sleep(sampleEveryMs)) {
        memory.push({ atMs: passed(), megabytes: residentMegabytes(familyOf(child)) })
        progress.update(passed() / 1000, `${kills} kills, ${before.finished} searches at the last`)
      }
      const isLast = end === flags.time
      left += await stop(child, isLast ? 'SIGINT' : 'SIGKILL')
      if (!isLast) kills++
      const after = inspect(flags.out)
      unsound += after.problems.length
      for (const problem of after.problems) io.err(problem)
      for (const id of before.benchmarks) if (!after.benchmarks.has(id)) lost.add(id)
      before = after
    }
    report({ kills, unsound, left, lost: lost.size, ...before }, memory, passed(), io)
  },
}

function startSynth({ budget, out }: EnduranceFlags): ChildProcess {
  const args = [
    '--targets',
    'rodinia',
    '--spaces',
    'all',
    '--rounds',
    '1000',
    '--budget',
    budget,
    '--quiet',
    '--out',
    out,
  ]
  return spawn(process.execPath, [packagePath('dist', 'cli', 'main.js'), 'synth', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

/** @returns how many of its processes were still there when all should have been gone */
async function stop(child: ChildProcess, signal: 'SIGINT' | 'SIGKILL'): Promise<number> {
  const family = familyOf(child)
  const ended = new Promise((resolve) => child.once('close', resolve))
  if (child.exitCode === null) child.kill(signal)
  await ended
  for (let waitedMs = 0; waitedMs < graceMs && family.some(isAlive); waitedMs += 100) await sleep(100)
  return family.filter(isAlive).length
}

function inspect(out: string): Inspection {
  const path = join(out, storeName)
  try {
    using store = Store.open(path, { mustExist: true })
    const runs = store.runs.list()
    const finished = new Set(runs.flatMap(({ id, status }) => (status === 'finished' ? [id] : [])))
    const benchmarks = new Set<string>()
    for (const { runId, kernelKey, space, targetName } of store.benchmarks.list()) {
      if (finished.has(runId)) benchmarks.add([runId, kernelKey, space, targetName].join(' '))
    }
    const asked = runs.map(({ options, seed }) => JSON.stringify([options, seed]))
    return {
      problems: store.integrityCheck(),
      benchmarks,
      doubled: asked.length - new Set(asked).size,
      finished: finished.size,
      sampled: runs.reduce((sum, { funnel }) => sum + (funnel.sampled ?? 0), 0),
    }
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'STORE_MISSING'
    const problems = isMissing ? [] : [String(error)]
    return { problems, benchmarks: new Set(), doubled: 0, finished: 0, sampled: 0 }
  }
}

/** A process and what it has started, by number. */
function familyOf({ pid }: ChildProcess): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readProcess(Number(name), 'stat') : undefined
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields !== undefined) parents.set(Number(name), Number(fields[1]))
  }
  const family = pid === undefined ? [] : [pid]
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child)
  return family
}

function residentMegabytes(processes: readonly number[]): number {
  const pages = processes.map((pid) => Number(readProcess(pid, 'statm')?.split(' ')[1] ?? 0))
  return (pages.reduce((a, b) => a + b, 0) * pageBytes) / 2 ** 20
}

function isAlive(pid: number): boolean {
  const stat = readProcess(pid, 'stat')
  return stat !== undefined && !/\) Z /.test(stat)
}

function readProcess(pid: number, file: 'stat' | 'statm'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined // it has ended
  }
}

function report(
  found: Omit<Inspection, 'problems'> & Readonly<Record<'kills' | 'unsound' | 'left' | 'lost', number>>,
  memory: readonly MemorySample[],
  elapsedMs: number,
  io: CliIo,
): void {
  const { kills, unsound, left, lost, doubled, finished, benchmarks, sampled } = found
  io.out(`${kills} kills in ${(elapsedMs / 60_000).toFixed(1)} min`)
  io.out(
    `problems of the store ${unsound}, benchmarks lost ${lost}, searches filed twice ${doubled}, processes left ${left}`,
  )
  io.out(`${finished} searches ended, ${benchmarks.size} benchmarks, ${sampled} candidates`)
  const thirds = [0, 1, 2].map((third) => {
    const own = memory.filter(({ atMs }) => Math.floor((3 * atMs) / elapsedMs) === third)
    return own.length === 0 ? '' : meanOf(own.map(({ megabytes }) => megabytes)).toFixed(0)
  })
  const peak = memory.reduce((most, { megabytes }) => Math.max(most, megabytes), 0)
  io.out(`resident MB of all processes, mean of each third: ${thirds.join(', ')}; at most ${peak.toFixed(0)}`)
}
