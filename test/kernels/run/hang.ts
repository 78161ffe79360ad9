// Process that a test kills: a kernel that never ends is under way in a worker when it says so.

import { Runner } from '../../../kernels/run/runner.ts'
import { intKernel, intPayload } from './payloads.ts'

const runner = await Runner.open({ workers: 1, spares: 0 })
const session = await runner.lend()
await session.load({ source: intKernel('while (n >= 0 || p[i] < 2) p[i] = p[i] * 3 + 1;'), payload: intPayload() })
setTimeout(() => process.stdout.write('hanging\n'), 300)
await session.launch({ runs: 1, guardSalt: 0, wantOutputs: false }, { wallMs: 60_000, cpuMs: 60_000 })
