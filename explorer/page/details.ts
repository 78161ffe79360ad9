// One kernel: its source, where it came from, what it was kept for, what validation saw, and its times.

import { make, writeStretches } from './dom.ts'
import { formatNs, formatNumber } from './format.ts'
import type {
  BenchmarkDetails,
  ChainStep,
  DiffLine,
  Interval,
  KernelDetails,
  Stretch,
  TimeDetails,
  ValidationDetails,
} from './messages.ts'

/** What the panel shows. */
export function writeDetails(details: KernelDetails): HTMLElement[] {
  const { facts, lines, benchmarks, validations, times, features } = details
  return [
    writeFacts(facts),
    titled('Source', writeSource(lines)),
    titled('Benchmarks and lineage', ...orElse(benchmarks.map(writeBenchmark), 'It was not kept for a target.')),
    titled('Validation', ...orElse(validations.map(writeValidation), 'It was not run.')),
    titled('Times', ...orElse(times.length === 0 ? [] : [writeTimes(times)], 'It was not measured.')),
    titled('Features', ...features.map(writeFeatures)),
  ]
}

function titled(title: string, ...content: readonly Node[]): HTMLElement {
  return make('section', {}, make('h3', {}, title), ...content)
}

function orElse(content: readonly HTMLElement[], otherwise: string): readonly HTMLElement[] {
  return content.length > 0 ? content : [make('p', { class: 'soft' }, otherwise)]
}

function writeFacts(facts: readonly (readonly [string, string])[]): HTMLElement {
  const pairs = facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value)))
  return make('dl', { class: 'facts' }, ...pairs)
}

function writeSource(lines: readonly (readonly Stretch[])[]): HTMLElement {
  const code = lines.map((stretches) => make('span', { class: 'line' }, ...writeStretches(stretches), '\n'))
  return make('pre', {}, make('code', {}, ...code))
}

function writeBenchmark(benchmark: BenchmarkDetails): HTMLElement {
  const { target, space, proximity, distance, rank, generation, seed, run, version, modelHash, device } = benchmark
  const facts: readonly (readonly [string, string | null])[] = [
    ['Proximity', `${formatNumber(proximity)} %`],
    ['Distance', formatNumber(distance)],
    ['Rank', rank === null ? null : String(rank)],
    ['Found in', `generation ${generation} of run ${run}, seed ${seed}`],
    ['Built on', device],
    ['Novelty', benchmark.novelty],
    ['Made by', `benchsteer ${version}${modelHash === null ? '' : `, model ${modelHash.slice(0, 12)}`}`],
  ]
  return make(
    'article',
    {},
    make('h4', {}, `${target} (${space})`),
    writeFacts(facts.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))),
    writeWanted(benchmark),
    make('h5', {}, 'How it came about'),
    make('ol', { class: 'chain' }, ...benchmark.chain.map(writeStep)),
  )
}

function writeWanted({ features }: BenchmarkDetails): HTMLElement {
  const rows = features.map(({ name, wanted, value, isMet }) => [
    ...[name, wanted, formatNumber(value)],
    isMet ? 'met' : 'missed',
  ])
  return writeTable(['Feature', 'Target', 'Kernel', 'Verdict'], rows)
}

function writeStep({ generation, proposal, holeKind, key, lines, skipped }: ChainStep): HTMLElement {
  const kind = holeKind === 'none' || holeKind === 'edit' ? '' : `, hole of kind ${holeKind}`
  const name = key === null ? '' : `, gives ${key.slice(0, 8)}`
  const parts: Node[] = [make('p', {}, make('strong', {}, `Generation ${generation}`), `: ${proposal}${kind}${name}`)]
  if (skipped > 0) {
    const text = `With the changes of ${skipped} ${skipped === 1 ? 'step' : 'steps'} before it, whose text was not kept.`
    parts.push(make('p', { class: 'soft' }, text))
  }
  if (lines === null) parts.push(make('p', { class: 'soft' }, 'Its text was not kept.'))
  else if (lines.length === 0) parts.push(make('p', { class: 'soft' }, 'Nothing in the text changed.'))
  else if (lines.every(({ sign }) => sign === ' ')) {
    const all = make('details', {}, make('summary', {}, `${lines.length} lines to begin with`), writeDiff(lines))
    parts.push(all)
  } else parts.push(writeDiff(lines))
  return make('li', {}, ...parts)
}

function writeDiff(lines: readonly DiffLine[]): HTMLElement {
  const written = lines.map(({ sign, stretches }) => {
    if (sign === '@') return make('span', { class: 'line gap' }, '⋯\n')
    const tag = sign === '+' ? 'ins' : sign === '-' ? 'del' : 'span'
    return make(tag, { class: 'line' }, `${sign} `, ...writeStretches(stretches), '\n')
  })
  return make('pre', {}, make('code', {}, ...written))
}

function writeValidation(validation: ValidationDetails): HTMLElement {
  const { outcome, device, level, size, seed, version, atMs, evidence } = validation
  const when = new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')
  const text = `${level} on ${device}, ${size} work-items, seed ${seed}, benchsteer ${version}, ${when} UTC`
  return make(
    'article',
    {},
    make('h4', {}, outcome),
    make('p', { class: 'soft' }, text),
    make('details', {}, make('summary', {}, 'Evidence'), make('pre', {}, make('code', {}, evidence))),
  )
}

function writeTimes(times: readonly TimeDetails[]): HTMLElement {
  const rows = times.map(({ device, provenance, size, repetitions, isTight, kernel, total, failure }) => [
    `${device} (${provenance})`,
    String(size),
    ...(failure === null ? [formatInterval(kernel), formatInterval(total)] : [`failed: ${failure}`, '']),
    `${repetitions}${isTight || failure !== null ? '' : ', not tight'}`,
  ])
  return writeTable(['Device', 'Work-items', 'Kernel', 'With copies', 'Repetitions'], rows)
}

function formatInterval(interval: Interval | null): string {
  if (interval === null) return ''
  return `${formatNs(interval.median)} (${formatNs(interval.low)} to ${formatNs(interval.high)})`
}

function writeFeatures({ space, values }: KernelDetails['features'][number]): HTMLElement {
  const rows = values.map(([name, value]) => [name, formatNumber(value)])
  return make(
    'details',
    {},
    make('summary', {}, `${space}, ${values.length} numbers`),
    writeTable(['Feature', 'Value'], rows),
  )
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  const titles = head.map((text) => make('th', { scope: 'col' }, text))
  const lines = rows.map(([first, ...rest]) =>
    make('tr', {}, make('th', { scope: 'row' }, first), ...rest.map((text) => make('td', {}, text))),
  )
  return make('table', {}, make('thead', {}, make('tr', {}, ...titles)), make('tbody', {}, ...lines))
}
