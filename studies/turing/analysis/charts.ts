// The pictures of a report. Human kernels, machines and the control each keep their colour through all of them.

import * as Plot from '@observablehq/plot'
import type { Drawing } from '../../../corpora/index.ts'
import { type Analysis, type ConfidenceRow, type Contrast, everybody, type ItemRow, type ShareRow } from './analysis.ts'
import type { ReportPicture } from './describe.ts'
import { decimals, percent } from './figures.ts'

const rowHeight = 26
const marginLeft = 190

/** The pictures that the data allows. */
export function drawAnalysis(analysis: Analysis, drawing: Drawing): ReportPicture[] {
  if (analysis.people.length === 0) return []
  return [
    ...drawTests(analysis, drawing),
    drawShares(analysis, drawing),
    drawConfidence(analysis, drawing),
    drawTimes(analysis, drawing),
    drawItems(analysis, drawing),
    drawPeople(analysis, drawing),
  ]
}

function drawTests({ contrasts, plan }: Analysis, { draw, axis }: Drawing): ReportPicture[] {
  const tested = contrasts.filter(({ test }) => test !== null)
  if (tested.length === 0) return []
  const rows = tested.map((contrast) => ({ ...contrast, name: nameOf(contrast) }))
  const { margin } = plan
  const svg = draw('Differences of the shares labelled human, with intervals and the margin', {
    ...{ height: 60 + rowHeight * rows.length, marginLeft, marginBottom: 40, marginRight: 60 },
    x: { ...axis, label: 'share of human kernels labelled human, less that of the others', grid: true },
    y: { type: 'band', domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.rectX([0], { x1: -margin, x2: margin, fill: 'var(--faint)', fillOpacity: 0.25 }),
      Plot.ruleX([0], { stroke: 'var(--soft)' }),
      Plot.ruleY(rows, {
        y: 'name',
        x1: ({ test }) => test.interval[0],
        x2: ({ test }) => test.interval[1],
        stroke: colourOf,
      }),
      Plot.ruleY(rows, {
        ...{ y: 'name', stroke: colourOf, strokeWidth: 4, strokeLinecap: 'round' },
        ...{ x1: ({ test }) => test.equivalenceInterval[0], x2: ({ test }) => test.equivalenceInterval[1] },
      }),
      Plot.dot(rows, { y: 'name', x: ({ test }) => test.difference, r: 5, fill: colourOf, stroke: 'var(--paper)' }),
      Plot.text(rows, {
        ...{ y: 'name', text: ({ test }: Contrast) => decimals(test?.difference ?? null, 2), frameAnchor: 'right' },
        ...{ textAnchor: 'end', dx: 52 },
      }),
    ],
    color: { type: 'identity' },
  })
  const caption = `How much more often human kernels were labelled human than others. Thick: the ${decimals(100 - 200 * plan.alpha, 0)} % interval of the equivalence test; equivalent where it lies within the grey margin. Thin: the ${decimals(100 - 100 * plan.alpha, 0)} % interval of the difference test.`
  return [{ name: 'tests', svg, caption }]
}

function drawShares({ shares }: Analysis, { draw, axis }: Drawing): ReportPicture {
  const rows = shares
    .filter(({ labelledHuman }) => labelledHuman.count > 0)
    .map((row) => ({
      ...row,
      name: `${row.corpus}, group ${row.group}${row.level === everybody ? '' : `, ${row.level}`}`,
    }))
  const end = (i: 0 | 1) => (row: ShareRow) => 100 * (row.labelledHuman.interval?.[i] ?? Number.NaN)
  const svg = draw('Shares of kernels labelled human', {
    ...{ height: 60 + (rowHeight - 4) * rows.length, marginLeft, marginBottom: 40, marginRight: 60 },
    x: { ...axis, domain: [0, 100], label: 'labelled human, %', grid: true },
    y: { type: 'band', domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.ruleX([50], { stroke: 'var(--soft)' }),
      Plot.ruleY(rows, { y: 'name', x1: end(0), x2: end(1), stroke: corpusColour, strokeWidth: 2.5 }),
      Plot.dot(rows, { y: 'name', x: (row) => 100 * row.labelledHuman.share, r: 5, fill: corpusColour }),
      Plot.text(rows, {
        ...{ y: 'name', text: (row: ShareRow) => percent(row.labelledHuman.share), frameAnchor: 'right' },
        ...{ textAnchor: 'end', dx: 56 },
      }),
    ],
    color: { type: 'identity' },
  })
  return {
    name: 'shares',
    svg,
    caption: 'Kernels labelled human, by who wrote them and by experience, with 95 % intervals.',
  }
}

function drawConfidence({ confidence }: Analysis, { draw, axis }: Drawing): ReportPicture {
  const rows = confidence.filter(({ accuracy, level }) => accuracy.count > 0 && level === everybody)
  const end = (i: 0 | 1) => (row: ConfidenceRow) => 100 * (row.accuracy.interval?.[i] ?? Number.NaN)
  // Both groups have answers of each level: side by side.
  const place = ({ confidence, compares }: ConfidenceRow): number =>
    confidence + (compares === 'machine' ? -0.08 : 0.08)
  const svg = draw('Share of right answers by confidence', {
    ...{ height: 300, marginLeft: 50, marginBottom: 40 },
    x: { ...axis, domain: [0.6, 5.4], ticks: [1, 2, 3, 4, 5], tickFormat: 'd', label: 'confidence' },
    y: { domain: [0, 100], label: 'right, %', labelArrow: 'none', tickSize: 0, grid: true },
    marks: [
      Plot.ruleY([50], { stroke: 'var(--soft)' }),
      Plot.ruleX(rows, { x: place, y1: end(0), y2: end(1), stroke: colourOf, strokeWidth: 2 }),
      Plot.line(rows, {
        x: place,
        y: (row) => 100 * row.accuracy.share,
        z: 'compares',
        stroke: colourOf,
        strokeOpacity: 0.5,
      }),
      Plot.dot(rows, { x: place, y: (row) => 100 * row.accuracy.share, r: radius(rows), fill: colourOf }),
    ],
    color: { type: 'identity' },
    r: { type: 'identity' },
  })
  const caption =
    'How often answers were right, by how sure participants were; blue beside machine kernels, orange beside the control. Larger dots stand for more answers, bars for 95 % intervals.'
  return { name: 'confidence', svg, caption }
}

function radius(rows: readonly ConfidenceRow[]): (row: ConfidenceRow) => number {
  const most = Math.max(...rows.map(({ accuracy }) => accuracy.count))
  return ({ accuracy }) => 2 + 6 * Math.sqrt(accuracy.count / most)
}

function drawTimes({ responseTimes }: Analysis, { draw, axis }: Drawing): ReportPicture {
  const rows = responseTimes
    .filter(({ level }) => level === everybody)
    .map((row) => ({
      ...row,
      name: `${row.corpus}, group ${row.group}${row.isRight === null ? '' : row.isRight ? ', right' : ', wrong'}`,
    }))
  const svg = draw('Response times', {
    ...{ height: 60 + (rowHeight - 4) * rows.length, marginLeft, marginBottom: 40 },
    x: { ...axis, label: 'seconds for a kernel', grid: true, zero: true },
    y: { type: 'band', domain: rows.map(({ name }) => name), label: null, tickSize: 0 },
    marks: [
      Plot.ruleY(rows, {
        ...{ y: 'name', x1: (row) => row.lowerQuartileMs / 1000, x2: (row) => row.upperQuartileMs / 1000 },
        ...{ stroke: corpusColour, strokeWidth: 3, strokeOpacity: 0.6 },
      }),
      Plot.dot(rows, { y: 'name', x: (row) => row.medianMs / 1000, r: 4.5, fill: corpusColour }),
    ],
    color: { type: 'identity' },
  })
  return { name: 'times', svg, caption: 'Seconds for a kernel: median and quartiles.' }
}

function drawItems({ items }: Analysis, { draw, axis }: Drawing): ReportPicture {
  const corpora = [...new Set(items.map(groupName))].sort()
  const svg = draw('Share labelled human of each kernel', {
    ...{ height: 60 + 46 * corpora.length, marginLeft, marginBottom: 40 },
    x: { ...axis, domain: [0, 100], label: 'labelled human, %', grid: true },
    fy: { domain: corpora, label: null, axis: 'left', padding: 0.05 },
    marks: [
      Plot.ruleX([50], { stroke: 'var(--soft)' }),
      Plot.dot(
        items,
        Plot.dodgeY({
          ...{ x: ({ labelledHuman }: ItemRow) => 100 * labelledHuman, fy: groupName, r: 3.2, fill: corpusColour },
          ...{ anchor: 'middle', fillOpacity: 0.75 },
        }),
      ),
    ],
    color: { type: 'identity' },
  })
  return { name: 'items', svg, caption: 'Each dot is a kernel, by how often it was labelled human.' }
}

function groupName({ corpus, group }: ItemRow): string {
  return `${corpus}, group ${group}`
}

function drawPeople({ people, groups }: Analysis, { draw, axis }: Drawing): ReportPicture {
  const rows = people.map((row) => ({ ...row, compares: groups.find(({ id }) => id === row.group)?.compares ?? '' }))
  const svg = draw('Sensitivity and bias of each participant', {
    ...{ height: 340, marginLeft: 50, marginBottom: 40 },
    x: { ...axis, label: 'd′: told apart, to the right', grid: true },
    y: { label: 'c: leans to machine, above', labelArrow: 'none', tickSize: 0, grid: true },
    marks: [
      Plot.ruleX([0], { stroke: 'var(--soft)' }),
      Plot.ruleY([0], { stroke: 'var(--soft)' }),
      Plot.dot(rows, { x: 'sensitivity', y: 'bias', r: 4, fill: colourOf, fillOpacity: 0.7 }),
    ],
    color: { type: 'identity' },
  })
  const caption = 'Each dot is a participant; blue beside machine kernels, orange beside the control.'
  return { name: 'people', svg, caption }
}

function nameOf({ compares, level }: Contrast): string {
  return `${compares}${level === everybody ? '' : `, ${level}`}`
}

function colourOf({ compares }: { readonly compares: string }): string {
  return compares === 'control' ? 'var(--far)' : 'var(--near)'
}

function corpusColour({ corpus }: { readonly corpus: string }): string {
  return corpus === 'human' ? 'var(--exact)' : corpus === 'control' ? 'var(--far)' : 'var(--near)'
}
