import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { measureCommand } from '../../cli/commands/measure.ts'
import { runCli } from '../../cli/program.ts'
import { Store } from '../../corpora/index.ts'
import { sampleKernel, temporaryFolder } from '../corpora/samples.ts'
import { whyNoDevice } from '../kernels/native-device.ts'
import { memoryIo } from './memory-io.ts'

const reason = await whyNoDevice()
if (reason !== undefined) console.warn(`SKIPPED, measure: ${reason}`)

const scale = `kernel void f0(global float* p0, float p1) {
  int v0 = get_global_id(0);
  p0[v0] = p0[v0] * p1;
}
`

/** Two kernels; the second one cannot be built. */
function sampleCorpus(): string {
  const path = join(temporaryFolder(), 'corpus.db')
  using store = Store.open(path)
  const features = { grewe: Float64Array.of(1, 0, 2, 0, 2, 0, 1, 0.5) }
  store.kernels.add(sampleKernel('a', { text: scale, features }))
  store.kernels.add(sampleKernel('b', { text: 'kernel void f0(global int* p0) { p0[0] = no_such(1); }\n', features }))
  return path
}

async function measure(...args: string[]): Promise<{ exitCode: number; out: readonly string[]; err: string }> {
  const io = memoryIo()
  const exitCode = await runCli(['measure', ...args], [measureCommand], io)
  return { exitCode, out: io.outLines, err: io.errLines.join('\n') }
}

const modelled = ['--devices', 'model:intel-i7-3820,model:nvidia-gtx-970', '--sizes', '1024,2^16'] as const

describe.skipIf(reason !== undefined)('measure', () => {
  it('measures what is not there yet, names what failed, and pairs with models only on demand', async () => {
    const corpus = sampleCorpus()
    const quick = ['--sizes', '1024', '--time', '50ms'] as const
    const first = await measure(corpus, ...quick)
    expect(first.exitCode).toBe(0)
    expect(first.err).toMatch(/corpus\.db: 1 timed, 2 later visits, 1 failed, 0 known\n {2}1 × build: /)
    expect(first.out[1]).toMatch(/measured +1024 +1 +1 /)
    expect((await measure(corpus, ...quick)).err).toContain('0 timed, 0 failed, 2 known')

    const mixed = ['--devices', 'cpu,model:nvidia-gtx-970', '--format', 'csv', ...quick] as const
    const refused = await measure(corpus, ...mixed)
    expect(refused).toMatchObject({ exitCode: 2, out: [] })
    expect(refused.err).toMatch(/only with --mix, received .*GTX 970/)
    const { out } = await measure(corpus, ...mixed, '--mix')
    expect(out).toHaveLength(2)
    expect(out[1]).toContain(',mixed,measured,')
  })
})

describe('measure with models', () => {
  it('writes a data set with its description, and JSON lines', async () => {
    const corpus = sampleCorpus()
    const path = join(temporaryFolder(), 'modelled')
    const { exitCode, out } = await measure(corpus, ...modelled, '--data-set', path)
    expect(exitCode).toBe(0)
    expect(out).toEqual([`2 rows written to ${path}.csv, described in ${path}.md`])
    const rows = readFileSync(`${path}.csv`, 'utf8').trimEnd().split('\n')
    expect(rows[0]).toMatch(/^benchmark,dataset,comp,/)
    expect(rows.slice(1).every((row) => row.includes(',modelled,modelled,model:intel-i7-3820,'))).toBe(true)
    const page = readFileSync(`${path}.md`, 'utf8')
    expect(page).toMatch(/\| GPU \| NVIDIA GeForce GTX 970 \| model:nvidia-gtx-970 \| \w{12} \| modelled \| 2 \| - \|/)
    expect(page).toContain('were not measured')

    const lines = (await measure(corpus, '--report-only', '--format', 'jsonl')).out.map((line) => JSON.parse(line))
    expect(lines.map(({ key, failure }) => [key, failure === null])).toEqual([
      ...Array(4).fill(['a', true]),
      ...Array(4).fill(['b', false]),
    ])
  })

  it('says what is wrong with its options', async () => {
    const corpus = sampleCorpus()
    expect((await measure('/no/such.db')).err).toContain('no such store')
    expect((await measure(corpus, '--devices', 'model:pdp-11')).err).toContain("received 'pdp-11'")
    expect((await measure(corpus, '--sizes', '2^40')).err).toContain('expected sizes from 1 to 2^31')
    expect((await measure(corpus, '--origin', 'seed', '--devices', 'model:nvidia-h200')).err).toContain('no kernel of')
    const twoGpus = await measure(corpus, '--devices', 'model:nvidia-h200,model:nvidia-gtx-970', '--format', 'csv')
    expect(twoGpus.err).toContain('csv pairs one CPU with one GPU')
  })
})
