// `measure --data-set`: paired times of several stores as one CSV file, and a page that says what is in it.

import { pairTimes, Store, suiteOf, type TimePair } from '../../corpora/index.ts'
import { writeFile } from '../write-file.ts'
import { type Chosen, completePairs, csvLines } from './output.ts'

/**
 * Write `<path>.csv` and `<path>.md`.
 * @param version - of benchsteer
 * @returns what was written, for people
 */
export function writeDataSet(path: string, chosen: Chosen, version: string): string[] {
  const found = chosen.corpora.map((corpus) => {
    using store = Store.open(corpus, { mustExist: true })
    return pairTimes(store, chosen)
  })
  const pairs = found.flatMap(completePairs)
  if (pairs.length === 0) throw new RangeError(`--data-set: there are no times in ${chosen.corpora.join(', ')}`)
  const name = path.split('/').at(-1) ?? path
  writeFile('--data-set', `${path}.csv`, `${csvLines(chosen).join('\n')}\n`)
  writeFile('--data-set', `${path}.md`, `${describe(name, pairs, version).join('\n')}\n`)
  const dropped = found.flat().length - pairs.length
  return [
    `${pairs.length} rows written to ${path}.csv, described in ${path}.md`,
    ...(dropped === 0 ? [] : [`${dropped} left out: one device has no times with the same payload`]),
  ]
}

function describe(name: string, pairs: readonly TimePair[], version: string): string[] {
  const rows = pairs.flatMap(({ cpu, gpu }) => [cpu, gpu].flatMap((row) => row ?? []))
  const dates = rows.map(({ measuredAtMs }) => measuredAtMs)
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
  dates.sort((a, b) => a - b)
  const [first, last] = [dates[0], dates[dates.length - 1]].map(day)
  return [
    `# ${name}`,
    '',
    `Times of OpenCL kernels in the layout of the Grewe data, written by benchsteer ${version}; columns: docs/measuring.md.`,
    `${pairs.length} rows, taken ${first === last ? `on ${first}` : `from ${first} to ${last}`}. No kernel text is in here.`,
    '',
    ...table(
      ['role', 'device', 'id', 'driver or description', 'times are', 'rows', 'within 5 % or as asked'],
      devices(pairs),
    ),
    '',
    ...table(['kernels of', 'kernels', 'rows', 'CPU faster', 'GPU faster', 'undecided'], groups(pairs, groupOf)),
    '',
    ...table(['size', 'kernels', 'rows', 'CPU faster', 'GPU faster', 'undecided'], groups(pairs, sizeOf)),
    '',
    ...(pairs.some(({ provenance }) => provenance !== 'measured') ? modelledNote : []),
  ]
}

const modelledNote = [
  '**Times in columns whose provenance is `modelled` were not measured.** They are estimates from instruction counts and',
  'published figures of the device; the columns `cpu_low` to `gpu_high` hold the error that is expected of them.',
]

function devices(pairs: readonly TimePair[]): string[][] {
  return (['cpu', 'gpu'] as const).flatMap((role) => {
    const rows = pairs.flatMap((pair) => pair[role] ?? [])
    const kinds = [...new Set(rows.map(({ deviceId, driver }) => `${deviceId} ${driver}`))]
    return kinds.map((kind) => {
      const own = rows.filter(({ deviceId, driver }) => `${deviceId} ${driver}` === kind)
      const { deviceName, deviceId, driver, provenance } = own[0]
      const tight = provenance === 'modelled' ? '-' : `${own.filter((row) => row.isTight).length}`
      return [role.toUpperCase(), deviceName, deviceId, driver, provenance, `${own.length}`, tight]
    })
  })
}

function groups(pairs: readonly TimePair[], keyOf: (pair: TimePair) => string): string[][] {
  const keys = [...new Set(pairs.map(keyOf))].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return keys.map((key) => {
    const own = pairs.filter((pair) => keyOf(pair) === key)
    const count = (label: string): string => `${own.filter((pair) => pair.label === label).length}`
    const kernels = new Set(own.map(({ kernel }) => kernel.key)).size
    return [key, `${kernels}`, `${own.length}`, count('CPU'), count('GPU'), count('undecided')]
  })
}

function groupOf({ kernel }: TimePair): string {
  return suiteOf(kernel) ?? kernel.origin
}

function sizeOf({ cpu, gpu }: TimePair): string {
  return `${(cpu ?? gpu)?.size}`
}

/** In Markdown. */
function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)]
}
