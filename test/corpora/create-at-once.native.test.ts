import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryFolder } from './samples.ts'

const script = fileURLToPath(new URL('./open-on-signal.ts', import.meta.url))

function startOpener(path: string): { readonly ready: Promise<void>; open(): Promise<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', script, path], { stdio: 'pipe' })
  let output = ''
  const ended = new Promise<string>((resolve) => child.on('close', () => resolve(output)))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      resolve()
    })
  })
  return {
    ready,
    open: () => {
      child.stdin.end('now\n')
      return ended
    },
  }
}

it('is created by one of several processes that open it at once, and opened by the others', async () => {
  for (let round = 0; round < 3; round++) {
    const path = join(temporaryFolder(), 'corpus.db')
    const openers = Array.from({ length: 4 }, () => startOpener(path))
    await Promise.all(openers.map(({ ready }) => ready))
    const outputs = await Promise.all(openers.map((opener) => opener.open()))
    expect(outputs).toEqual(openers.map(() => 'ready\nsound\n'))
  }
}, 60_000)
