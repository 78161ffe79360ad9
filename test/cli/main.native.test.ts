// The program as a process: exit codes, streams and signals.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { packagePath } from '../../kernels/index.ts'

const main = packagePath('cli', 'main.ts')
const folder = mkdtempSync(join(tmpdir(), 'benchsteer-main-'))
afterAll(() => rmSync(folder, { recursive: true }))

function benchsteer(...args: readonly string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', main, ...args], { cwd: packagePath(), encoding: 'utf8' })
}

/** A program around `processIo` that runs until it is told to stop. */
function startLoop(body: string): ChildProcess {
  const path = join(folder, `loop-${body.length}.ts`)
  const io = JSON.stringify(packagePath('cli', 'io.ts'))
  writeFileSync(path, `import { processIo } from ${io}\nconst io = processIo()\n${body}\n`)
  return spawn(process.execPath, ['--import', 'tsx', path], { cwd: packagePath() })
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null; out: string }> {
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  return new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, out })))
}

const waits = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('the benchsteer program', () => {
  it('prints its version', () => {
    expect(benchsteer('--version')).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' })
  })

  it('complains in one line on standard error', () => {
    const { status, stdout, stderr } = benchsteer('doctro')
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: '',
      stderr: "benchsteer: unknown command 'doctro'\n(Did you mean doctor?)\n",
    })
  })
})

describe('benchsteer doctor', () => {
  it('lists every need with its version, and exits with 0 only when nothing required is missing', () => {
    const { status, stdout } = benchsteer('doctor', '--json')
    const report = JSON.parse(stdout) as {
      isReady: boolean
      findings: { name: string; status: string; remedy: string }[]
    }
    const names = report.findings.map(({ name }) => name)
    expect(names.slice(0, 7)).toEqual([
      'Node',
      'koffi',
      'tree-sitter',
      'tree-sitter-c',
      'libsql',
      'onnxruntime-node',
      'clang',
    ])
    expect(names).toEqual(expect.arrayContaining([expect.stringMatching(/^OpenCL/), 'Oclgrind', 'model']))
    for (const { status, remedy } of report.findings) if (status === 'missing') expect(remedy).not.toBe('')
    expect(status).toBe(report.isReady ? 0 : 1)
  })

  it('prints a table and says what to do where programs are missing', () => {
    const env = { ...process.env, PATH: folder }
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', main, 'doctor'], {
      cwd: packagePath(),
      env,
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stdout).toMatch(/^clang +missing +apt-get install clang-14$/m)
    expect(stdout).toMatch(/^Oclgrind +optional +apt-get install oclgrind/m)
  })
})

describe('processIo', () => {
  const loop = "const timer = setInterval(() => {}, 50); io.out('ready')"

  it('aborts its signal on the first Ctrl-C, so that work can be saved', async () => {
    const child = startLoop(
      `${loop}; io.signal.onabort = () => { clearInterval(timer); io.out(io.signal.reason.name) }`,
    )
    child.stdout?.once('data', () => child.kill('SIGINT'))
    expect(await ended(child)).toEqual({ code: 0, signal: null, out: 'ready\nInterrupted\n' })
  })

  it('takes two at once, as npm delivers them, for one, and ends on a later one', async () => {
    const child = startLoop(`${loop}; // deaf`)
    const end = ended(child)
    await new Promise((resolve) => child.stdout?.once('data', resolve))
    child.kill('SIGINT')
    await waits(50)
    child.kill('SIGINT')
    await waits(700)
    expect(child.exitCode).toBeNull()
    child.kill('SIGINT')
    expect(await end).toMatchObject({ code: 130 })
  })

  it('stops quietly when its reader goes away', async () => {
    const child = startLoop(`const timer = setInterval(() => io.out('x'.repeat(9999)), 5)
      io.signal.onabort = () => clearInterval(timer)`)
    let complaints = ''
    child.stderr?.on('data', (chunk) => {
      complaints += chunk
    })
    child.stdout?.once('data', () => child.stdout?.destroy())
    expect(await ended(child)).toMatchObject({ code: 0, signal: null })
    expect(complaints).toBe('')
  })
})
