// A process that starts programs until its invoker does, and says who that is; with `sleep` also one that stays.

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { invoke } from '../../../kernels/invoke/invoke.ts'

const run = (script: string): ReturnType<typeof invoke> =>
  invoke({ command: '/bin/sh', args: ['-c', script], cwd: tmpdir(), timeoutMs: 60_000 })

let starter = process.pid
while (starter === process.pid) {
  starter = Number((await run('echo $PPID >&2')).stderr)
  await wait(10)
}
console.log(starter)
if (process.argv[2] === 'sleep') {
  const file = join(tmpdir(), `benchsteer-sleeper-${process.pid}`)
  const sleeping = run(`echo $$ > ${file}; exec sleep 50`)
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await wait(10)
  console.log(readFileSync(file, 'utf8').trim())
  rmSync(file)
  await sleeping
}
