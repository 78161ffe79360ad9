// `benchsteer bench hostile`: does the runner survive kernels that loop for ever, smash memory, crash compilers? Every
// kernel must give one result, and no process may be left behind.

import { readdirSync, readFileSync } from 'node:fs'
import { deviceChoiceSyntax, findOclgrind, type Payload, Random, Runner } from '../../kernels/index.ts'
import { type Command, duration, integer } from '../command.ts'
import { startProgress } from '../progress.ts'
import { formatTable } from '../table.ts'
import { hostileKinds, writeHostileKernel } from './hostile-kernels.ts'

interface HostileFlags {
  readonly device?: string
  readonly oclgrind: boolean
  readonly count: number
  readonly seed: number
  readonly jobs: number
  readonly limit: number
}

export const hostileBench: Command<HostileFlags> = {
  name: 'hostile',
  summary: 'Run hostile kernels in a row: results lost, processes left behind, what became of each kind.',
  description: 'Kernels go to the device at once, without the checks that `run` makes before.',
  options: [
    { syntax: '--device <device>', summary: `${deviceChoiceSyntax} (default: the first CPU)` },
    { syntax: '--oclgrind', summary: 'on Oclgrind instead of the device' },
    { syntax: '--count <n>', summary: 'kernels', parse: integer(1), default: 2000 },
    { syntax: '--seed <n>', summary: 'of the kernels', parse: integer(0), default: 1 },
    { syntax: '--jobs <n>', summary: 'kernels at once', parse: integer(1, 64), default: 2 },
    {
      syntax: '--limit <time>',
      summary: 'CPU time of a launch; a build gets eight times as much',
      parse: duration,
      default: 500,
    },
  ],
  examples: ['bench hostile', 'bench hostile --oclgrind --count 500'],
  async run({ device, oclgrind, count, seed, jobs, limit }, io) {
    const random = new Random(seed)
    const kernels = Array.from({ length: count }, () => writeHostileKernel(random))
    const results = new Map<string, Map<string, number>>(hostileKinds.map((kind) => [kind, new Map()]))
    const driver = oclgrind ? findOclgrind() : undefined
    const runner = await Runner.open({ device, driver, workers: jobs, spares: jobs })
    const startMs = performance.now()
    let done = 0
    {
      using _ = runner
      using progress = startProgress(io, { label: 'surviving', total: count, unit: 'kernels' })
      const work = kernels.values()
      const runOnes = async (): Promise<void> => {
        for (const { kind, text } of work) {
          io.signal.throwIfAborted()
          const result = await runOne(runner, text, limit)
          const counts = results.get(kind)
          counts?.set(result, (counts.get(result) ?? 0) + 1)
          progress.update(++done, kind)
        }
      }
      await Promise.all(Array.from({ length: jobs }, runOnes))
    }
    const seconds = (performance.now() - startMs) / 1000
    await new Promise((resolve) => setTimeout(resolve, 500)) // processes that were killed need a moment to go
    const left = countWorkers()
    const rows = [...results].map(([kind, counts]) => [
      kind,
      [...counts]
        .sort((a, b) => b[1] - a[1])
        .map(([result, n]) => `${result} ${n}`)
        .join(', '),
    ])
    for (const line of formatTable(['kind', 'results'], rows)) io.out(line)
    const rate = (count / seconds).toFixed(1)
    io.out(
      `${count} kernels, ${done} results, ${left} processes left behind; ${rate} kernels/s on ${runner.device.name}`,
    )
    return done === count && left === 0 ? 0 : 1
  },
}

/** @returns how it ended, in a word or two */
async function runOne(runner: Runner, source: string, limitMs: number): Promise<string> {
  using session = await runner.lend()
  // Drivers take their time to build what is harmless, too, the more so on a busy machine.
  const loaded = await session.load({ source, payload }, { cpuMs: 8 * limitMs, wallMs: 40 * limitMs })
  if (loaded.kind === 'died') return `build ${loaded.cause}`
  if (!loaded.ok) return `refused (${loaded.stage})`
  const launched = await session.launch(
    { runs: 1, guardSalt: 0, wantOutputs: true },
    { cpuMs: limitMs, wallMs: 10 * limitMs },
  )
  if (launched.kind === 'died') return launched.cause
  if (!launched.ok) return `refused (${launched.stage})`
  return launched.damage.length > 0 ? 'guards damaged' : launched.report === '' ? 'ran' : 'reported'
}

/** For `k(global int *p, int n)`. */
const payload: Payload = {
  kernel: 'k',
  globalSize: [64],
  localSize: [16],
  seed: 0,
  arguments: [
    {
      ...{ kind: 'buffer', space: 'global', elementType: 'int', elements: 64, bytes: new Uint8Array(256).fill(3) },
      ...{ guardBytes: 256, access: 'both', layout: [{ offset: 0, type: 'int' }] },
    },
    { kind: 'value', type: 'int', bytes: Uint8Array.of(64, 0, 0, 0) },
  ],
}

/** Run workers that this process has started and that still run. */
function countWorkers(): number {
  const isOurs = (pid: string): boolean => {
    try {
      const parent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]
      return parent === String(process.pid) && /run-worker/.test(readFileSync(`/proc/${pid}/cmdline`, 'latin1'))
    } catch {
      return false
    }
  }
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOurs(name)).length
}
