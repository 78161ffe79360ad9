import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { devicesCommand } from '../../cli/commands/devices.ts'
import { runCommand } from '../../cli/commands/run.ts'
import { runCli } from '../../cli/program.ts'
import { whyNoDevice } from '../kernels/native-device.ts'
import { type MemoryIo, memoryIo } from './memory-io.ts'

const whyNot = await whyNoDevice()
if (whyNot !== undefined) console.warn(`skipped: ${whyNot}`)

const scale = 'kernel void scale(global float *p, float by) { p[get_global_id(0)] *= by; }'
const fixed = 'kernel void fixed(global int *p) { p[get_global_id(0)] = 7; }'

async function cli(...args: string[]): Promise<{ io: MemoryIo; exitCode: number }> {
  const io = memoryIo()
  return { io, exitCode: await runCli(args, [devicesCommand, runCommand], io) }
}

describe.skipIf(whyNot !== undefined)('the command line', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'benchsteer-test-'))
    writeFileSync(join(folder, 'both.cl'), `#define N 3\n${scale}\n${fixed}\n`)
    writeFileSync(join(folder, 'lines.jsonl'), `${JSON.stringify({ text: scale })}\n{"text":"kernel void k( {"}\n`)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('lists devices that can be chosen by what is listed', async () => {
    const { io, exitCode } = await cli('devices', '--json')
    expect(exitCode).toBe(0)
    const device = JSON.parse(io.outLines[0])
    expect(device).toMatchObject({ index: 0, id: expect.stringMatching(/^dev-[0-9a-f]{8}$/), kind: 'cpu' })
    expect(device.limits.maxWorkGroupSize).toBeGreaterThan(0)
    const again = await cli('devices')
    expect(again.io.outLines[0]).toContain(device.id)
  })

  it('prints how far each kernel of a file came, on a device chosen by its id', async () => {
    const { io: listed } = await cli('devices', '--json')
    const { id } = JSON.parse(listed.outLines[0])
    const { io, exitCode } = await cli(
      'run',
      join(folder, 'both.cl'),
      '--device',
      id,
      '--gsize',
      '128',
      '--lsize',
      '16',
    )
    expect(exitCode).toBe(1)
    expect(io.outLines[0]).toMatch(/both\.cl {2}scale {2}accepted$/)
    expect(io.outLines[1]).toMatch(/parse > compile > build > .* > input-dependent > accepted$/)
    expect(io.outLines[2]).toMatch(/both\.cl {2}fixed {2}input-blind$/)
    expect(io.outLines.join('\n')).toMatch(/Funnel: kernels 2 > parse 2 > .* > input-dependent 1\n/)
  })

  it('gives evidence as JSON', async () => {
    const { io, exitCode } = await cli('run', join(folder, 'both.cl'), '--kernel', 'scale', '--json', '--gsize', '128')
    expect(exitCode).toBe(0)
    const [line] = io.outLines.map((text) => JSON.parse(text))
    expect(line).toMatchObject({ kernel: 'scale', outcome: 'accepted', cldrive: 'PASS', findings: [] })
    const device = line.launches.filter(({ by }: { by: string }) => by.startsWith('dev-'))
    expect(device).toMatchObject([
      { globalSize: [128], guardSalt: 0 },
      { globalSize: [128], guardSalt: 1 },
    ])
  })

  it('sums outcomes over a file of lines', async () => {
    const { io, exitCode } = await cli('run', join(folder, 'lines.jsonl'), '--mode', 'quick', '--outcomes', '--json')
    expect(exitCode).toBe(0)
    expect(JSON.parse(io.outLines[0])).toMatchObject({
      kernels: 2,
      accepted: 1,
      outcomes: { accepted: 1, 'not-parsed': 1 },
      cldrive: { PASS: 1, PROGRAM_COMPILATION_FAILURE: 1 },
    })
  })

  it('names what is wrong with its options', async () => {
    const device = await cli('run', join(folder, 'both.cl'), '--device', 'radeon')
    expect(device.exitCode).toBe(1)
    expect(device.io.errLines.join()).toMatch(/no OpenCL device matches 'radeon'; there are: 0 \(/)
    const lsize = await cli('run', join(folder, 'both.cl'), '--gsize', '64', '--lsize', '8,8')
    expect(lsize.io.errLines.join()).toMatch(/--lsize: expected 1 numbers as in --gsize, received 2/)
    const record = await cli('run', join(folder, 'both.cl'), '--record')
    expect(record.io.errLines.join()).toMatch(/--record: expected stores/)
  })
})
