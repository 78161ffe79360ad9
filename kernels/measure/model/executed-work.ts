// What a run of a kernel executed, by what it costs, from the histogram of LLVM instructions that Oclgrind prints
// (`--inst-counts`, src/plugins/InstructionCounter.cpp). It counts vector instructions once: calls name their width,
// loads and stores their bytes; other arithmetic is taken to be as wide as the mean access to memory.

/** Counts over all work-items. Vectors count once per component, accesses once per instruction. */
export interface ExecutedWork {
  /** Floating-point additions, multiplications, conversions and comparisons; a fused pair counts twice. */
  readonly float: number
  /** Integer arithmetic, addresses, comparisons, selections and branches. */
  readonly integer: number
  /** Divisions and remainders, of integers too. */
  readonly division: number
  /** Roots, powers, trigonometric and exponential functions. */
  readonly special: number
  /** Loads and stores of private arrays. */
  readonly private: number
  readonly local: number
  /** Loads, stores and atomics of global and constant memory. */
  readonly global: number
  readonly globalBytes: number
  readonly atomic: number
  /** Barriers, once per work-item. */
  readonly barrier: number
}

/** The names of `ExecutedWork`, in its order. */
export const workKinds: readonly (keyof ExecutedWork)[] = [
  ...(['float', 'integer', 'division', 'special', 'private', 'local', 'global'] as const),
  ...(['globalBytes', 'atomic', 'barrier'] as const),
]

type Tally = { -readonly [K in keyof ExecutedWork]: number }

/** Nothing executed. */
export const noWork: ExecutedWork = {
  ...{ float: 0, integer: 0, division: 0, special: 0, private: 0, local: 0 },
  ...{ global: 0, globalBytes: 0, atomic: 0, barrier: 0 },
}

const line = /^\s*(\d+) - (\S+)(?: (global|local|constant|private))?(?: \((\d+) bytes\))?/
const call = /^\s*(\d+) - call (\S+)\(\)/

const floatInstruction = /^(?:f(?:add|sub|mul|neg|cmp|ptrunc|pext)|[su]itofp|fpto[su]i)$/
const division = /^(?:fdiv|frem|[su]div|[su]rem)$/
/** No code of their own: names of values, changes of type, the end. */
const free = /^(?:phi|alloca|bitcast|ret|unreachable|addrspacecast|inttoptr|ptrtoint|freeze)$/
const specialCall =
  /^(?:native_|half_)?(?:a?(?:sin|cos|tan)(?:h|pi|cos)?|atan2(?:pi)?|exp(?:2|10|m1)?|log(?:2|10|1p|b)?|pow[nr]?|rootn|r?sqrt|cbrt|hypot|erfc?|[lt]gamma(?:_r)?|recip|divide|normalize|fast_(?:length|distance|normalize)|length|distance|fmod|remainder|remquo|ldexp)$/
const floatCall =
  /^(?:fma|mad|fmin|fmax|fabs|floor|ceil|trunc|rint|round|fract|mix|step|smoothstep|sign|degrees|radians|dot|cross|fdim|copysign|nextafter|modf|frexp|ilogb|maxmag|minmag)$/
/** Additions and multiplications that a call stands for, where it is not one. */
const operationsOf: Readonly<Record<string, number>> = { fma: 2, mad: 2, dot: 2, cross: 3, mix: 3, smoothstep: 7 }

/**
 * @param histogram - what Oclgrind printed for one run of one kernel
 * @returns undefined where there is no histogram in it
 */
export function readExecutedWork(histogram: string): ExecutedWork | undefined {
  const lines = histogram.split('\n').filter((text) => line.test(text))
  if (lines.length === 0) return undefined
  const tally: Tally = { ...noWork }
  const wide: Tally = { ...noWork } // instructions whose width is not known
  for (const text of lines) {
    const called = call.exec(text)
    if (called !== null) addCall(tally, Number(called[1]), called[2])
    else addInstruction(tally, wide, line.exec(text) as RegExpExecArray)
  }
  // A scalar of four bytes per access is what most code has.
  const width = tally.global === 0 ? 1 : Math.max(1, tally.globalBytes / tally.global / 4)
  tally.float += wide.float * width
  tally.division += wide.division * width
  return tally
}

function addInstruction(tally: Tally, wide: Tally, [, countText, name, space, bytes]: RegExpExecArray): void {
  const count = Number(countText)
  if (name === 'load' || name === 'store') addAccess(tally, space, count, Number(bytes ?? 0))
  else if (division.test(name)) wide.division += count
  else if (floatInstruction.test(name)) wide.float += count
  else if (!free.test(name)) tally.integer += count
}

function addAccess(tally: Tally, space: string | undefined, count: number, bytes: number): void {
  if (space === 'private') tally.private += count
  else if (space === 'local') tally.local += count
  else {
    tally.global += count
    tally.globalBytes += bytes
  }
}

/** A built-in by its Itanium-mangled name (`_Z3sinDv4_f`), or an intrinsic of LLVM (`llvm.fmuladd.v4f32`). */
function addCall(tally: Tally, count: number, symbol: string): void {
  const intrinsic = /^llvm\.(\w+)(?:\.v(\d+))?/.exec(symbol)
  if (intrinsic !== null) {
    const [, name, lanes] = intrinsic
    if (name === 'fmuladd' || name === 'fma') tally.float += 2 * count * Number(lanes ?? 1)
    else if (name === 'memcpy' || name === 'memset') tally.private += count
    return // markers of lifetimes and the like cost nothing
  }
  const [name, parameters] = demangle(symbol)
  const lanes = Number(/Dv(\d+)_/.exec(parameters)?.[1] ?? 1)
  const memory = /^v(load|store)(?:a)?(?:_half)?(\d*)/.exec(name)
  if (memory !== null) {
    const width = Number(memory[2] || 1)
    addAccess(tally, spaceOf(parameters), count, count * width * sizeOf(name, parameters))
  } else if (/^atom(?:ic)?_/.test(name)) {
    tally.atomic += count
    addAccess(tally, spaceOf(parameters), count, 4 * count)
  } else if (/barrier|mem_fence/.test(name)) tally.barrier += count
  else if (specialCall.test(name)) tally.special += count * lanes
  else if (floatCall.test(name)) tally.float += count * lanes * (operationsOf[name] ?? 1)
  else tally.integer += count * lanes // ids, integer functions, conversions; bodies of other functions count themselves
}

function demangle(symbol: string): [name: string, parameters: string] {
  const match = /^_Z(\d+)/.exec(symbol)
  if (match === null) return [symbol, '']
  const end = match[0].length + Number(match[1])
  return [symbol.slice(match[0].length, end), symbol.slice(end)]
}

/** Address spaces of pointers as clang's SPIR target numbers them. */
function spaceOf(parameters: string): string {
  const number = /PU3AS(\d)/.exec(parameters)?.[1]
  return number === '3' ? 'local' : number === '1' || number === '2' ? 'global' : 'private'
}

/** Of one component behind a pointer. */
function sizeOf(name: string, parameters: string): number {
  if (name.includes('half')) return 2
  const letter = /PU3AS\d[VK]*(Dh|[a-z])/.exec(parameters)?.[1] ?? 'f'
  return { a: 1, c: 1, h: 1, s: 2, t: 2, Dh: 2, l: 8, m: 8, d: 8 }[letter] ?? 4
}
