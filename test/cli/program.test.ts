import { describe, expect, it } from 'vitest'
import { type Command, type CommandGroup, decimal, duration, integer } from '../../cli/command.ts'
import { Interrupted, OutputClosed } from '../../cli/io.ts'
import { runCli } from '../../cli/program.ts'
import { BenchError } from '../../kernels/index.ts'
import { memoryIo } from './memory-io.ts'

const echo: Command = {
  name: 'echo',
  summary: 'Print what was received.',
  operands: [
    { syntax: '<first>', summary: 'the first' },
    { syntax: '[rest...]', summary: 'the others' },
  ],
  options: [
    { syntax: '--seed <n>', summary: 'random seed', parse: integer(0), default: 7 },
    { syntax: '--budget <time>', summary: 'how long', parse: duration },
    { syntax: '--pause <time>', summary: 'between steps', parse: duration, default: 2000 },
    { syntax: '--size <n>', summary: 'sizes', parse: integer(1, 9), isRepeatable: true, default: [4] },
    { syntax: '-D, --define <macro>', summary: 'macros', isRepeatable: true },
    { syntax: '--format <name>', summary: 'how to print', choices: ['table', 'jsonl'] },
    { syntax: '--all', summary: 'everything' },
  ],
  examples: ['echo a b --seed 3'],
  async run(flags, io, operands) {
    io.out(JSON.stringify({ flags, operands }))
  },
}

function failing(error: unknown): Command {
  return {
    name: 'fail',
    summary: 'Throw.',
    async run() {
      throw error
    },
  }
}

const group: CommandGroup = { name: 'corpora', summary: 'Corpora.', commands: [{ ...echo, name: 'list' }] }

async function run(line: string, commands: readonly (Command | CommandGroup)[] = [echo, group], io = memoryIo()) {
  const exitCode = await runCli(line.split(' ').filter(Boolean), commands, io)
  return { exitCode, out: io.outLines.join('\n'), err: io.errLines.join('\n') }
}

describe('runCli', () => {
  it('hands parsed flags, defaults and operands to the command', async () => {
    const { exitCode, out } = await run('echo a b c --budget 1.5m --size 1 --size 2')
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toEqual({
      flags: { seed: 7, budget: 90_000, pause: 2000, size: [1, 2], define: [], all: false, debug: false },
      operands: ['a', 'b', 'c'],
    })
  })

  it('keeps the default of an option with several values when it is absent', async () => {
    expect(JSON.parse((await run('echo a --all')).out).flags).toMatchObject({ size: [4], all: true })
  })

  it('takes one value per repeatable option, so that operands may follow', async () => {
    const { flags, operands } = JSON.parse((await run('echo -D A=1 -DB --size 3 a b')).out)
    expect(flags).toMatchObject({ define: ['A=1', 'B'], size: [3] })
    expect(operands).toEqual(['a', 'b'])
  })

  it('finds commands in groups', async () => {
    expect(JSON.parse((await run('corpora list x')).out).operands).toEqual(['x'])
  })

  it('suggests the command that was meant', async () => {
    const message = "benchsteer: unknown command 'ecko'\n(Did you mean echo?)"
    expect(await run('ecko')).toEqual({ exitCode: 2, out: '', err: message })
  })

  it('suggests the option that was meant', async () => {
    const message = "benchsteer: unknown option '--sead'\n(Did you mean --seed?)"
    expect(await run('echo a --sead 3')).toEqual({ exitCode: 2, out: '', err: message })
  })

  it('names the option, what was expected and what was received', async () => {
    const { exitCode, err } = await run('echo a --size 12')
    expect(exitCode).toBe(2)
    expect(err).toBe(
      "benchsteer: option '--size <n>' argument '12' is invalid. expected an integer from 1 to 9, received '12'",
    )
    expect((await run('echo a --budget soon')).err).toContain("expected a duration such as 90s or 5m, received 'soon'")
    expect((await run('echo a --format xml')).err).toContain('Allowed choices are table, jsonl.')
  })

  it('asks for missing operands', async () => {
    expect(await run('echo')).toMatchObject({ exitCode: 2, err: "benchsteer: missing required argument 'first'" })
  })

  it('prints help with examples, and without clutter for switches', async () => {
    const { exitCode, out } = await run('echo --help')
    expect(exitCode).toBe(0)
    expect(out).toContain('Examples:\n  $ benchsteer echo a b --seed 3')
    expect(out).toMatch(/--all +everything\n/)
    expect(out).toMatch(/--pause <time> +between steps \(default: 2s\)/)
    expect(out).toMatch(/--size <n> +sizes; repeatable \(default: 4\)/)
    expect(out).toMatch(/--define <macro> +macros; repeatable\n/)
  })

  it('returns the exit code of the command', async () => {
    const half: Command = { name: 'half', summary: 'Half done.', run: async () => 1 }
    expect((await run('half', [half])).exitCode).toBe(1)
  })

  it.each([
    [new RangeError('--seed: expected x'), 2, 'benchsteer: --seed: expected x'],
    [new TypeError('--seed: expected x'), 2, 'benchsteer: --seed: expected x'],
    [new BenchError('DEVICE_MISSING', 'no device; do this'), 1, 'benchsteer: no device; do this'],
    [new Error('oh'), 1, 'benchsteer: unexpected error: oh\nRun again with --debug for a stack trace.'],
  ])('turns %s into exit code %i and one message', async (error, exitCode, err) => {
    expect(await run('fail', [failing(error)])).toEqual({ exitCode, out: '', err })
  })

  it('shows the stack with --debug, before or after the command', async () => {
    for (const line of ['fail --debug', '--debug fail']) {
      expect((await run(line, [failing(new RangeError('oh'))])).err).toMatch(/^benchsteer: oh\nRangeError: oh\n +at /)
    }
  })

  it('exits with 130 and no fuss when the user interrupts', async () => {
    const reason = new Interrupted('SIGINT')
    const outcome = await run('fail', [failing(reason)], memoryIo(AbortSignal.abort(reason)))
    expect(outcome).toEqual({ exitCode: 130, out: '', err: 'benchsteer: stopped by SIGINT' })
    const abort = new DOMException('aborted', 'AbortError')
    expect((await run('fail', [failing(abort)], memoryIo(AbortSignal.abort(reason)))).exitCode).toBe(130)
  })

  it('exits with 130 when an interrupted command saved and returned', async () => {
    expect((await run('echo a', [echo], memoryIo(AbortSignal.abort(new Interrupted('SIGINT'))))).exitCode).toBe(130)
  })

  it('does not fail when the reader of its output has gone', async () => {
    const reason = new OutputClosed()
    const outcome = await run('fail', [failing(reason)], memoryIo(AbortSignal.abort(reason)))
    expect(outcome).toEqual({ exitCode: 0, out: '', err: '' })
  })
})

describe('option parsers', () => {
  it.each([
    ['250ms', 250],
    ['90s', 90_000],
    ['90', 90_000],
    ['1.5m', 90_000],
    ['2h', 7_200_000],
  ])('reads %s as %i ms', (text, ms) => expect(duration(text)).toBe(ms))

  it.each(['', '-1s', '5 min', 'x', '1e3'])("refuses the duration '%s'", (text) => {
    expect(() => duration(text)).toThrow(RangeError)
  })

  it.each(['', '1.5', '1e2', '0x10', ' 3', '-1', '9007199254740993'])("refuses the integer '%s'", (text) => {
    expect(() => integer(0)(text)).toThrow(RangeError)
  })

  it.each(['', 'x', '-0.1', '1.1', 'NaN'])("refuses '%s' as a number from 0 to 1", (text) => {
    expect(() => decimal(0, 1)(text)).toThrow('expected a number from 0 to 1')
  })
})
