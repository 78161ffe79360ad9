// What a summary says, as blocks that are neither Markdown nor HTML yet, so that both say the same. Every sentence
// stands on what the store holds.

import { kernelFileName } from '../manifest.ts'
import { type CorpusSummary, proximityOf, type SpaceSummary, type TargetSummary } from './corpus-summary.ts'
import type { Picture } from './drawing.ts'
import { count, moment, percent, span } from './text.ts'

/** Text, which may lead to a file of the folder. */
export type Cell = string | { readonly text: string; readonly file: string }

/** A part of a document. All texts are plain: whoever writes them escapes them. */
export type Block =
  /** `anchor`: what links lead to, letters and hyphens. */
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string; readonly anchor?: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] }
  /** `folded`: what stands for a table that is opened by a click. */
  | {
      readonly kind: 'table'
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Cell[])[]
      readonly folded?: string
    }
  | { readonly kind: 'links'; readonly title: string; readonly items: readonly Link[] }
  | { readonly kind: 'code'; readonly text: string }
  | ({ readonly kind: 'picture'; readonly file: string } & Pick<Picture, 'svg' | 'caption'>)

/** To a file beside the document, or to `#anchor` of a heading. */
export interface Link {
  readonly text: string
  readonly to: string
}

/** A column of a table; numbers stand to the right. */
export interface Column {
  readonly title: string
  readonly isNumeric: boolean
}

/** @param pictures - of each space, by its id */
export function describeSummary(summary: CorpusSummary, pictures: ReadonlyMap<string, readonly Picture[]>): Block[] {
  const { spaces } = summary
  return [
    heading(1, 'Synthesized OpenCL benchmarks'),
    { kind: 'paragraph', text: leadOf(summary) },
    ...(spaces.length === 0 ? [] : [overviewOf(spaces)]),
    ...spaces.flatMap((space) => describeSpace(space, pictures.get(space.id) ?? [])),
    ...describeTargets(spaces),
    ...describeFailures(spaces),
    heading(2, 'Provenance'),
    { kind: 'facts', rows: provenanceOf(summary) },
    heading(2, 'Licence and novelty'),
    { kind: 'list', items: remarksOf(summary) },
  ]
}

/** Where the picture of a space lies, from the folder of results. Other signs than these are written as numbers. */
export function pictureFile(spaceId: string, name: Picture['name']): string {
  const safe = spaceId.replace(/[^a-zA-Z0-9+-]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`)
  return `summary/${safe}-${name}.svg`
}

function leadOf({ spaces, kernels }: CorpusSummary): string {
  const targets = spaces.flatMap((space) => space.targets)
  if (targets.length === 0) return 'No target was searched for yet.'
  const benchmarks = spaces.reduce((sum, space) => sum + space.benchmarks, 0)
  const exact = targets.filter((target) => proximityOf(target) === 100).length
  return (
    `${some(benchmarks, 'benchmark')} for ${some(targets.length, 'target')} in ${some(spaces.length, 'feature space')}: ` +
    `${count(exact)} of the targets matched exactly, ${some(kernels.normalForms, 'distinct normal form')}, ` +
    `${count(kernels.distinctIr)} distinct by LLVM IR. Relative proximity is 100 at the target, and 0 as far away from ` +
    'it as the origin of the space, or farther.'
  )
}

function overviewOf(spaces: readonly SpaceSummary[]): Block {
  const columns = table('space', ['targets', 'exact', 'mean proximity', 'least', 'benchmarks', 'normal forms'])
  const rows = spaces.map(({ id, targets, benchmarks, normalForms }) => {
    const proximities = targets.map(proximityOf)
    const mean = proximities.reduce((sum, value) => sum + value, 0) / proximities.length
    const exact = proximities.filter((value) => value === 100).length
    const figures = proximities.length === 0 ? ['', ''] : [percent(mean), percent(Math.min(...proximities))]
    return [id, count(targets.length), count(exact), ...figures, count(benchmarks), count(normalForms)]
  })
  return { kind: 'table', columns, rows }
}

function describeSpace(space: SpaceSummary, pictures: readonly Picture[]): Block[] {
  return [
    heading(2, `Feature space ${space.id}`),
    ...pictures.flatMap(({ name, svg, caption }): Block[] => [
      { kind: 'picture', file: pictureFile(space.id, name), svg, caption },
      ...(name === 'generations' ? generationsOf(space) : []),
    ]),
    ...funnelOf(space),
  ]
}

/** Generations that have a column, and targets that have a row. */
const generationMarks = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
const mostFollowed = 60

/** The numbers behind the picture: of each target the search that came nearest. */
function generationsOf({ targets }: SpaceSummary): Block[] {
  const followed = targets.flatMap(({ name, searches }) => {
    const traced = searches.filter(({ trace }) => trace.length > 0)
    return traced.length === 0
      ? []
      : [{ name, trace: traced.reduce((a, b) => (b.proximity > a.proximity ? b : a)).trace }]
  })
  const shown = followed.slice(0, mostFollowed)
  const last = Math.max(...shown.map(({ trace }) => trace.at(-1)?.generation ?? 0))
  const marks = generationMarks.filter((mark) => mark <= last)
  const rows = shown.map(({ name, trace }): string[] => {
    const end = trace.at(-1)
    const at = marks.map((mark) =>
      trace.findLast(({ generation }) => generation <= mark && mark <= (end?.generation ?? 0)),
    )
    return [
      name,
      ...[...at, end].map((point) => (point === undefined ? '' : percent(point.proximity))),
      count(end?.generation ?? 0),
    ]
  })
  const numbers = [...marks.map((mark) => `generation ${count(mark)}`), 'at the end', 'generations']
  const farthest = shown.length < followed.length ? `, the ${count(shown.length)} farthest targets` : ''
  const folded = `Proximity by generation${farthest}: of each target the search that came nearest; empty once it had ended`
  return [{ kind: 'table', columns: table('target', numbers), rows, folded }]
}

function funnelOf({ funnel, searchedMs }: SpaceSummary): Block[] {
  const stages = Object.entries(funnel)
  if (stages.length === 0) return []
  const rows = stages.map(([stage, reached], i) => {
    const before = i === 0 ? reached : stages[i - 1][1]
    const share = i === 0 || before === 0 ? '' : `${((100 * reached) / before).toFixed(1)} %`
    return [stage, count(reached), share, searchedMs === 0 ? '' : count((1000 * reached) / searchedMs)]
  })
  const text = `The funnel: candidates that reached each stage, over ${span(searchedMs)} of searching in all searches that ended.`
  return [
    { kind: 'paragraph', text },
    { kind: 'table', columns: table('stage', ['candidates', 'of the stage before', 'per second of a search']), rows },
  ]
}

function describeTargets(spaces: readonly SpaceSummary[]): Block[] {
  const all = spaces.flatMap(({ id, targets }) => targets.map((target) => ({ id, target })))
  if (all.length === 0) return []
  const columns = [
    ...table('target', []),
    ...table('space', ['proximity', 'distance', 'time to the best', 'generation', 'candidates', 'seed']),
    ...table('kernel', []),
  ]
  const rows = all
    .sort((a, b) => proximityOf(a.target) - proximityOf(b.target))
    .map(({ id, target }) => [target.name, id, ...figuresOf(target)])
  const text =
    'Farthest first. Time, generation and candidates are those of the search that found the kernel, when it had come so near.'
  return [heading(2, 'Targets'), { kind: 'paragraph', text }, { kind: 'table', columns, rows }]
}

function figuresOf({ best, searches }: TargetSummary): Cell[] {
  if (best === undefined) return ['none', '', '', '', '', searches.flatMap(({ seed }) => seed ?? []).join(', '), '']
  const { proximity, distance, seed, key, reached } = best
  const file = kernelFileName(key)
  return [
    ...[proximity === 100 ? '100, exact' : percent(proximity), distance === 0 ? '0' : distance.toFixed(3)],
    ...(reached === undefined
      ? ['', '', '']
      : [span(reached.elapsedMs), count(reached.generation), count(reached.sampled)]),
    ...[String(seed), { text: file, file }],
  ]
}

/** Lines of a list that may be long. */
const mostListed = 30

const endings = {
  failed: 'failed: its process died',
  stopped: 'was stopped before its end',
  running: 'is under way, or was killed',
} as const

function describeFailures(spaces: readonly SpaceSummary[]): Block[] {
  const empty = spaces.flatMap(({ id, targets }) =>
    targets.flatMap(({ name, best }) => (best === undefined ? [`${name} in ${id}: no kernel`] : [])),
  )
  const unfinished = spaces.flatMap(({ id, targets }) =>
    targets.flatMap(({ name, searches }) =>
      searches.flatMap(({ seed, status }) =>
        status === 'finished' ? [] : [`${name} in ${id}, seed ${seed ?? 'none'}: the search ${endings[status]}`],
      ),
    ),
  )
  if (empty.length + unfinished.length === 0) return []
  return [heading(2, 'What failed or did not end'), { kind: 'list', items: [...cut(empty), ...cut(unfinished)] }]
}

function cut(items: readonly string[]): string[] {
  const rest = items.length - mostListed
  return rest > 1 ? [...items.slice(0, mostListed), `and ${count(rest)} more`] : [...items]
}

function provenanceOf({ provenance }: CorpusSummary): [string, string][] {
  const { versions, modelHashes, seeds, devices, settings, firstStartMs, lastEndMs, searches } = provenance
  const values = Object.entries(settings).map(([name, all]) => `${name} ${all.join(' or ')}`)
  return [
    ['benchsteer', versions.join(', ') || 'not recorded'],
    ['model hash', modelHashes.join(', ') || 'none'],
    ['searches', count(searches)],
    ['seeds', seeds.length > 12 ? `${count(seeds.length)} from ${seeds[0]} to ${seeds.at(-1)}` : seeds.join(', ')],
    ['options', values.join(', ') || 'none'],
    ['built on', devices.join(', ') || 'none'],
    ['first search began', firstStartMs === null ? 'never' : moment(firstStartMs)],
    ['last search ended', lastEndMs === null ? 'not yet' : moment(lastEndMs)],
  ]
}

function remarksOf({ kernels }: CorpusSummary): string[] {
  const { normalForms, distinctIr, origins, licences, heldOut, lineages, copies, unknownNovelty } = kernels
  if (normalForms === 0) return ['There is no kernel yet.']
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, n]) => `${name} (${count(n)})`)
      .join(', ')
  return [
    `Licence as recorded, by kernel: ${counted(licences)}.`,
    `Origin as recorded, by kernel: ${counted(origins)}.`,
    `Lineages: ${count(lineages.infill)} have infills of the model, ${count(lineages.edit)} have edits, and ` +
      `${count(lineages.seed)} are seed kernels of benchsteer as they are.`,
    `${count(normalForms - distinctIr)} of ${some(normalForms, 'normal form')} have the IR of another one here.`,
    ...Object.entries(heldOut).map(([reason, n]) => `Marked as held out of training, ${reason}: ${count(n)}.`),
    `${count(copies)} of ${some(normalForms, 'normal form')} repeat code that the model was trained on, whole or for 60 tokens in a row.` +
      (unknownNovelty === 0 ? '' : ` Of ${count(unknownNovelty)} it is not known.`),
    'The funnel counts as novel what its search had not seen before.',
  ]
}

function heading(level: 1 | 2, text: string): Block {
  return { kind: 'heading', level, text }
}

function table(first: string, numbers: readonly string[]): Column[] {
  return [{ title: first, isNumeric: false }, ...numbers.map((title) => ({ title, isNumeric: true }))]
}

function some(n: number, noun: string): string {
  return `${count(n)} ${noun}${n === 1 ? '' : 's'}`
}
