// Turns the registry of commands into a commander program, and what they throw into messages and exit codes.

import { Command as Commander, CommanderError, Option as CommanderOption } from 'commander'
import { BenchError } from '../kernels/index.ts'
import { type Command, type CommandGroup, duration, type Option, refusing } from './command.ts'
import { type CliIo, Interrupted, OutputClosed } from './io.ts'
import { packageVersion } from './version.ts'

const usageExitCode = 2

/**
 * Run one command line, without the leading `node main.js`.
 * @returns the exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted
 */
export async function runCli(
  args: readonly string[],
  commands: readonly (Command | CommandGroup)[],
  io: CliIo,
  isDebug = false,
): Promise<number> {
  let exitCode = 0
  const program = new Commander('benchsteer')
    .description('Write OpenCL benchmarks at a chosen point of a feature space.')
    .version(packageVersion(), '-V, --version', 'print the version')
  prepare(program, io)
  for (const command of commands) {
    addTo(program, command, async (run) => {
      exitCode = (await run(io)) ?? 0
    })
  }
  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCodeOf(io.signal, exitCode)
  } catch (error) {
    return report(error, io, isDebug || args.includes('--debug'))
  }
}

type Execute = (run: (io: CliIo) => Promise<number | undefined> | Promise<void>) => Promise<void>

function addTo(parent: Commander, command: Command | CommandGroup, execute: Execute): void {
  const child = parent.command(command.name).summary(command.summary)
  if ('commands' in command) {
    child.description(command.summary)
    for (const inner of command.commands) addTo(child, inner, execute)
    return
  }
  child.description([command.summary, command.description].filter(Boolean).join('\n\n'))
  for (const { syntax, summary } of command.operands ?? []) child.argument(syntax, summary)
  for (const option of command.options ?? []) child.addOption(optionOf(option))
  child.addOption(new CommanderOption('--debug', 'show stack traces of errors').hideHelp())
  if (command.examples) child.addHelpText('after', `\nExamples:\n${command.examples.map(exampleLine).join('\n')}`)
  child.action(async (...received: unknown[]) => {
    const operands = received.slice(0, command.operands?.length ?? 0).flat() as (string | undefined)[]
    const flags = { ...absentSwitches(child), ...absentLists(command), ...child.opts() }
    await execute((io) => command.run(flags, io, operands.filter(isPresent)))
  })
}

/** Commander leaves switches that were not given undefined; as defaults they would clutter the help. */
function absentSwitches(child: Commander): Record<string, false> {
  const switches = child.options.filter((option) => option.isBoolean() && !option.negate)
  return Object.fromEntries(switches.map((option) => [option.attributeName(), false as const]))
}

/** Likewise for the empty lists of options that may be repeated. */
function absentLists({ options = [] }: Command): Record<string, readonly unknown[]> {
  const lists = options.filter(({ isRepeatable, default: value }) => isRepeatable === true && value === undefined)
  return Object.fromEntries(lists.map((option) => [new CommanderOption(option.syntax).attributeName(), []]))
}

function optionOf(option: Option): CommanderOption {
  const repeats = option.isRepeatable === true
  const result = new CommanderOption(option.syntax, repeats ? `${option.summary}; repeatable` : option.summary)
  const parse = refusing(option.parse ?? ((text) => text))
  if (option.choices) result.choices(option.choices)
  else if (repeats) result.argParser(gathering(result, parse))
  else if (option.parse) result.argParser(parse)
  if (option.isRequired) result.makeOptionMandatory()
  if (option.default !== undefined) result.default(option.default, describeDefault(option))
  return result
}

/** Defaults in the help as a person would write them; undefined leaves it to commander. */
function describeDefault({ parse, default: value }: Option): string | undefined {
  if (parse === duration) return `${Number(value) / 1000}s`
  return Array.isArray(value) ? value.join(' ') : undefined
}

/** Each value after those before it; the first one replaces the default. */
function gathering(
  option: CommanderOption,
  parse: (text: string) => unknown,
): (text: string, past: unknown) => unknown {
  return (text, past) => (Array.isArray(past) && past !== option.defaultValue ? [...past, parse(text)] : [parse(text)])
}

/** Settings that commander hands down to the commands made from this one. */
function prepare(program: Commander, io: CliIo): void {
  program
    .exitOverride()
    .option('--debug', 'show stack traces of errors (also: BENCHSTEER_DEBUG=1)')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, 'benchsteer: ')),
    })
}

/** @returns the exit code */
function report(error: unknown, io: CliIo, isDebug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : usageExitCode // its message is out already
  const isAbort = io.signal.aborted && (error === io.signal.reason || isNamed(error, 'AbortError'))
  if (isAbort) {
    if (io.signal.reason instanceof Interrupted) io.err(`benchsteer: ${io.signal.reason.message}`)
    return exitCodeOf(io.signal, 0)
  }
  const isUsage = error instanceof RangeError || error instanceof TypeError
  const prefix = isUsage || error instanceof BenchError ? 'benchsteer' : 'benchsteer: unexpected error'
  io.err(`${prefix}: ${error instanceof Error ? error.message : String(error)}`)
  if (isDebug && error instanceof Error) io.err(error.stack ?? '')
  else if (!isUsage && !(error instanceof BenchError)) io.err('Run again with --debug for a stack trace.')
  return isUsage ? usageExitCode : 1
}

/** A run that was stopped says so, whatever it returned; one whose reader left does not. */
function exitCodeOf(signal: AbortSignal, exitCode: number): number {
  if (signal.reason instanceof OutputClosed) return 0
  return signal.reason instanceof Interrupted ? signal.reason.exitCode : exitCode
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}

function isPresent(operand: string | undefined): operand is string {
  return operand !== undefined
}

function exampleLine(example: string): string {
  return `  $ benchsteer ${example}`
}
