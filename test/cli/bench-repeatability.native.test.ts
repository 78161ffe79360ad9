import { expect, it } from 'vitest'
import { repeatabilityBench } from '../../cli/bench/repeatability.ts'
import { runCli } from '../../cli/program.ts'
import { whyNoDevice } from '../kernels/native-device.ts'
import { memoryIo } from './memory-io.ts'

const reason = await whyNoDevice()
if (reason !== undefined) console.warn(`SKIPPED, repeatability: ${reason}`)

it.skipIf(reason !== undefined)('bench repeatability measures every kernel every round', async () => {
  const io = memoryIo()
  const args = ['--count', '1', '--rounds', '2', '--time', '30ms', '--size', '256']
  expect(await runCli(['repeatability', ...args], [repeatabilityBench], io)).toBe(0)
  expect(io.outLines[0]).toMatch(/^kernel +median µs +largest\/smallest +tight +agree +pairs that overlap$/)
  expect(io.outLines.at(-2)).toMatch(/: 1 kernels, 2 measurements; 0 kernels could not be measured$/)
  expect(io.outLines.at(-1)).toMatch(/^agree: \d+\.\d%; pairs that overlap: \d+\.\d%; tight: \d+\.\d%$/)
})
