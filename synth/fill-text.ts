// Fills the `[HOLE]`s of a user's text: each is opened in normal form, written by the model, and put back in the user's
// own names and layout, from left to right, later holes standing empty meanwhile.

import {
  type CompileOutcome,
  compileAll,
  type PreprocessOutcome,
  preprocess,
  type Rejection,
} from '../kernels/index.ts'
import { emptyPrefix } from './feature-prefix.ts'
import { printInUserNames } from './fresh-names.ts'
import { cutAtHoles, type HoleText, hasDirectives, placeFirstHole } from './hole-text.ts'
import type { HoleKind } from './holes.ts'
import type { Infill } from './infill.ts'
import { infillCompiling, type WritingOptions } from './infill-compiling.ts'
import type { Model } from './model.ts'
import { findSurroundings, openHole } from './open-hole.ts'
import { Random } from './random.ts'
import { special } from './tokenizer.ts'

/** How a text is filled. */
export interface FillOptions extends WritingOptions {
  /** Ways of filling it that are drawn. */
  readonly samples: number
  /** Token ids that an infill may have. Default 160; 512 for a whole kernel. */
  readonly maxTokens?: number
  readonly seed: number
  /** File that the text came from: its folder resolves quoted includes. */
  readonly path?: string
}

/** A text with its holes filled. */
export interface FilledText {
  readonly text: string
  /** What was written into each hole; fewer than there are holes where the model came to no end. */
  readonly infills: readonly string[]
  readonly outcome: CompileOutcome
  /** Mean natural-log probability per token, over all holes. */
  readonly meanLogProbability: number
  /** Samples that came out equal to this one, itself included. */
  readonly count: number
}

/** Texts filled, and where. */
export interface Filling {
  readonly ok: true
  /** The text cut at its holes: one piece more than there are holes. */
  readonly pieces: readonly string[]
  /** Different ones, in order of discovery. */
  readonly filled: readonly FilledText[]
  /** Which kernel of the text the last hole is in, in source order; undefined where it is in none. */
  readonly kernelIndex: number | undefined
}

/** One sample under way. */
interface Draft {
  readonly infills: readonly string[]
  readonly logProbability: number
  readonly tokens: number
  /** Why it goes no further. */
  readonly failure?: Rejection
}

/** Samples that are written from one context are drawn together, at most this many. */
const batch = 64
const longestInfill = 160
const longestKernel = 512
/** Contexts that leave less room than this are of no use. */
const shortestRoom = 16
/** Numbers left free for new variables before those declared later: the samples take turns. */
const spares = [0, 1, 2]

/**
 * Fill all holes of a text. What does not compile is there too, with its reason.
 * @returns a rejection where the text has no hole or does not parse around it
 * @throws the signal's reason when aborted
 */
export async function fillText(model: Model, text: string, options: FillOptions): Promise<Filling | Rejection> {
  const cut = await cutAtHoles(text, options.path)
  if (!cut.ok) return cut
  const rng = new Random(options.seed)
  let drafts: readonly Draft[] = Array.from({ length: options.samples }, () => ({
    infills: [],
    logProbability: 0,
    tokens: 0,
  }))
  let kernelIndex: number | undefined
  for (let hole = 0; hole + 1 < cut.pieces.length; hole++) {
    const round = await fillHole(model, cut, drafts, options, rng.fork())
    if (!round.ok) return round
    drafts = round.drafts
    kernelIndex = round.kernelIndex
  }
  return { ok: true, pieces: cut.pieces, kernelIndex, filled: await check(cut, drafts, options) }
}

interface Round {
  readonly ok: true
  readonly drafts: readonly Draft[]
  readonly kernelIndex: number | undefined
}

/** Fill the first open hole of each draft. Fails where no draft can be opened. */
async function fillHole(
  model: Model,
  cut: HoleText,
  drafts: readonly Draft[],
  options: FillOptions,
  rng: Random,
): Promise<Round | Rejection> {
  const next = [...drafts]
  let rejection: Rejection | undefined
  let kernelIndex: number | undefined
  let isOpened = false
  for (const members of alike(drafts)) {
    const { infills } = drafts[members[0]]
    const opened = open(model, cut, infills, spares[members[0] % spares.length], options)
    if (!opened.ok) {
      rejection = opened
      for (const i of members) next[i] = { ...drafts[i], failure: opened }
      continue
    }
    isOpened = true
    kernelIndex = opened.kernelIndex
    const { ids, kind, maxTokens, names } = opened
    const { temperature, topP, nameTemperature, checked, guidance, rewrites, signal, prefix = emptyPrefix } = options
    const isLast = infills.length === cut.pieces.length - 2 // before that, the holes to come keep it from compiling
    const limits = { samples: members.length, maxTokens, rewrites: isLast ? rewrites : 0 }
    const settings = { ...limits, temperature, topP, nameTemperature, checked, guidance, signal }
    const written = await infillCompiling(model, [{ ids, prefix, kind }], settings, rng.fork())
    const expanded = merge(cut.expanded, infills).join(' ')
    const words = new Set([...cut.pieces, expanded].flatMap((piece) => piece.match(/[A-Za-z_]\w*/g) ?? []))
    const isTaken = (name: string): boolean => words.has(name) || model.tokenizer.idOf(name) !== undefined
    members.forEach((i, k) => {
      const code = printInUserNames(model.tokenizer.decode(written[k].ids), names, isTaken)
      next[i] = extend(drafts[i], written[k], layOut(code, cut.pieces, infills.length))
    })
  }
  if (!isOpened && rejection !== undefined && drafts[0].infills.length === 0) return rejection
  return { ok: true, drafts: next, kernelIndex }
}

/** Drafts whose next hole has one context: equal so far, and with as many spare numbers. */
function alike(drafts: readonly Draft[]): number[][] {
  const groups = new Map<string, number[]>()
  drafts.forEach(({ infills, failure }, i) => {
    if (failure !== undefined) return
    const key = JSON.stringify([i % spares.length, Math.floor(i / (batch * spares.length)), infills])
    const group = groups.get(key) ?? []
    group.push(i)
    groups.set(key, group)
  })
  return [...groups.values()]
}

function extend(draft: Draft, { ids, isComplete, meanLogProbability }: Infill, code: string): Draft {
  const tokens = ids.length + 1
  const sums = {
    logProbability: draft.logProbability + tokens * meanLogProbability,
    tokens: draft.tokens + tokens,
  }
  if (isComplete) return { ...sums, infills: [...draft.infills, code] }
  const log = `the infill came to no end in ${ids.length} tokens; allow more with --max-tokens`
  return { ...sums, infills: draft.infills, failure: { ok: false, stage: 'limits', log } }
}

interface Opened {
  readonly ok: true
  readonly ids: readonly number[]
  readonly kind: HoleKind | undefined
  readonly maxTokens: number
  readonly names: ReadonlyMap<string, string>
  readonly kernelIndex: number | undefined
}

/** The next hole after some infills, as the model reads it. */
function open(
  model: Model,
  cut: HoleText,
  infills: readonly string[],
  spare: number,
  options: FillOptions,
): Opened | Rejection {
  const { tokenizer, card } = model
  const placed = placeFirstHole(merge(cut.expanded, infills), cut.prefix)
  if (!placed.ok) return placed
  const { texts, kernelIndex } = findSurroundings(placed)
  const wish = options.maxTokens ?? (placed.kind === 'scratch' ? longestKernel : longestInfill)
  let rejection: Rejection | undefined
  for (const [i, text] of texts.entries()) {
    const opened = openHole(text, placed, { prefix: cut.prefix, spare })
    if (!opened.ok) return { ...opened, log: `${opened.log.replace(/^\d+:\d+: /, '')}; declare it in the file` }
    const left = tokenizer.encode(opened.left)
    const right = tokenizer.encode(opened.right)
    const used = (left?.ids.length ?? 0) + (right?.ids.length ?? 0) + 1 + (options.prefix?.ids.length ?? 0)
    const room = card.config.maxRow - used
    if (left !== undefined && right !== undefined && room >= (i < texts.length - 1 ? wish : shortestRoom)) {
      const ids = [...left.ids, special.HOLE, ...right.ids]
      return { ok: true, ids, kind: opened.kind, names: opened.names, maxTokens: Math.min(wish, room), kernelIndex }
    }
    const most = card.config.maxRow - shortestRoom
    const log =
      left === undefined || right === undefined
        ? 'the kernel has more names than the model knows; cut it in several functions'
        : `the kernel is too long for the model: ${used} tokens, expected at most ${most}; shorten it around the hole`
    rejection = { ok: false, stage: 'limits', log }
  }
  return rejection ?? { ok: false, stage: 'limits', log: 'nothing to show the model' }
}

/** The pieces around the holes that are left. */
function merge(pieces: readonly string[], infills: readonly string[]): string[] {
  const first = pieces.slice(0, infills.length + 1).reduce((text, piece, i) => `${text} ${infills[i - 1]} ${piece}`)
  return [first, ...pieces.slice(infills.length + 1)]
}

/** Indented like the line of its hole, in steps and line ends of the user's text; several lines leave the braces' line. */
function layOut(code: string, pieces: readonly string[], hole: number): string {
  const text = pieces.join('[HOLE]')
  const [line] = /[^\n]*$/.exec(pieces.slice(0, hole + 1).join('[HOLE]')) ?? ['']
  const [indent] = /^[ \t]*/.exec(line) ?? ['']
  const steps = [...text.matchAll(/^(\t| {2,8})(?=\S)/gm)].map(([, step]) => step)
  const step = steps.sort((a, b) => a.length - b.length).at(0) ?? '  '
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const lines = code.split('\n').map((one) => one.replace(/^(?: {2})+/, (spaces) => step.repeat(spaces.length / 2)))
  if (lines.length === 1) return code
  if (!/\{[ \t]*$/.test(line)) return lines.join(end + indent)
  const closing = /^[ \t]*\}/.test(pieces[hole + 1]) ? end + indent : ''
  return lines.map((one) => end + indent + step + one).join('') + closing
}

/** Compile each different text as a whole. */
async function check(cut: HoleText, drafts: readonly Draft[], { path, signal }: FillOptions): Promise<FilledText[]> {
  const counts = new Map<string, number>()
  const texts = drafts.map(({ infills }) =>
    cut.pieces.map((piece, i) => (i === 0 ? '' : (infills[i - 1] ?? '[HOLE]')) + piece).join(''),
  )
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  const different = drafts.flatMap((draft, i) => (texts.indexOf(texts[i]) === i ? [{ draft, text: texts[i] }] : []))
  const sources: PreprocessOutcome[] = []
  for (const { draft, text } of different) {
    signal?.throwIfAborted()
    const plain = { ok: true, source: text } as const
    sources.push(draft.failure ?? (hasDirectives(text) ? await preprocess(text, { path }) : plain))
  }
  const compiled = await compileAll(
    sources.flatMap((source) => (source.ok ? source.source : [])),
    { checkOnly: true, signal },
  )
  const outcomes = compiled.values()
  return different.map(({ draft, text }, i) => {
    const source = sources[i]
    const outcome = source.ok ? (outcomes.next().value ?? notCompiled) : source
    const { infills, logProbability, tokens } = draft
    return {
      text,
      infills,
      outcome,
      meanLogProbability: logProbability / Math.max(1, tokens),
      count: counts.get(text) ?? 1,
    }
  })
}

const notCompiled: Rejection = { ok: false, stage: 'compile', log: 'not compiled' }
