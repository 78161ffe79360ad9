// The shape of a command. One file in commands/ each, one line in commands/index.ts.

import { InvalidArgumentError } from 'commander'
import type { CliIo } from './io.ts'

/** A leaf of the command tree; `Flags` names its options in camel case, as they are written in `options`. */
export interface Command<Flags extends object = object> {
  readonly name: string
  /** One sentence, shown in the list of commands. */
  readonly summary: string
  /** More, shown in the command's own help. */
  readonly description?: string
  /** Positional arguments, in order; only the last may end in `...`. */
  readonly operands?: readonly Operand[]
  readonly options?: readonly Option[]
  /** Command lines that work, without the leading `benchsteer`. */
  readonly examples?: readonly string[]
  /**
   * Do the work. Throws RangeError or TypeError naming the flag for wrong use, BenchError for a broken environment.
   * @param operands - the positional arguments in order, variadic ones flattened
   * @returns the exit code; nothing means 0
   */
  run(flags: Flags, io: CliIo, operands: readonly string[]): Promise<number | undefined> | Promise<void>
}

/** A command that only holds others: `benchsteer corpora mine`. */
export interface CommandGroup {
  readonly name: string
  readonly summary: string
  readonly commands: readonly (Command | CommandGroup)[]
}

/** A positional argument. */
export interface Operand {
  /** `<file>` required, `[file]` optional, `<file...>` one or more. */
  readonly syntax: string
  readonly summary: string
}

/** A named argument. */
export interface Option {
  /** `--seed <n>`, `-o, --out <dir>`, or `--json` for a switch. */
  readonly syntax: string
  readonly summary: string
  /** Value where the flag is absent; also shown in the help. Switches are false unless said otherwise. */
  readonly default?: unknown
  /**
   * May be given several times, one value each; the flag is then a list, empty where it is absent. (Commander's own
   * `<x...>` would swallow the operands that follow it.) Default false.
   */
  readonly isRepeatable?: boolean
  /** The flag must be given. Default false. */
  readonly isRequired?: boolean
  /** Values that are accepted. Default any. */
  readonly choices?: readonly string[]
  /** Turns the text into the flag's value; throws RangeError or TypeError on nonsense. Default: the text. */
  readonly parse?: (text: string) => unknown
}

/** Parses an integer option. @throws {RangeError} */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^[+-]?\d+$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`
    throw new RangeError(`expected an integer ${range}, received '${text}'`)
  }
}

/** Parses a decimal option; both ends of the range are allowed. @throws {RangeError} */
export function decimal(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (value >= min && value <= max) return value
    throw new RangeError(`expected a number from ${min} to ${max}, received '${text}'`)
  }
}

/** Parses a comma-separated list of known words. @throws {RangeError} */
export function listOf<T extends string>(known: readonly T[]): (text: string) => readonly T[] {
  return (text) => {
    const words = text.split(',').map((word) => word.trim())
    const unknown = words.find((word) => !known.some((one) => one === word))
    if (unknown === undefined) return words as T[]
    throw new RangeError(`expected a list of ${known.join(', ')}, received '${unknown}'`)
  }
}

/** Parses a duration, `90s`, `1.5m`, `250ms`, `2h` or plain seconds, into ms. @throws {RangeError} */
export function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text)
  if (match === null) throw new RangeError(`expected a duration such as 90s or 5m, received '${text}'`)
  const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
  return Number(match[1]) * unitsMs[(match[2] ?? 's') as keyof typeof unitsMs]
}

/** Lets commander name the flag whose text a parser refused. */
export function refusing(parse: (text: string) => unknown): (text: string) => unknown {
  return (text) => {
    try {
      return parse(text)
    } catch (error) {
      if (error instanceof RangeError || error instanceof TypeError) throw new InvalidArgumentError(error.message)
      throw error
    }
  }
}
