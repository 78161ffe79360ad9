// What a study came to, as blocks from which Markdown and HTML are made. Every sentence stands on the analysis.

import type { Block, Column } from '../../../corpora/index.ts'
import { type Analysis, type Conclusion, type Contrast, everybody } from './analysis.ts'
import { decimals, percent, percentRange, probability, range, seconds } from './figures.ts'

/** A picture of a report. */
export interface ReportPicture {
  readonly name: 'tests' | 'shares' | 'confidence' | 'times' | 'items' | 'people'
  readonly svg: string
  readonly caption: string
}

/** Rows of the table of kernels. */
const mostItems = 40

/** @param pictures - those that the data allows */
export function describeAnalysis(analysis: Analysis, pictures: readonly ReportPicture[]): Block[] {
  const picture = (name: ReportPicture['name']): Block[] =>
    pictures
      .filter((one) => one.name === name)
      .map(({ svg, caption }) => ({ kind: 'picture', file: `report/${name}.svg`, svg, caption }))
  return [
    heading(1, `Results: ${analysis.title}`),
    paragraph(leadOf(analysis)),
    ...picture('tests'),
    testTable(analysis),
    list(testRemarks(analysis)),
    heading(2, 'Labelled human'),
    ...picture('shares'),
    shareTable(analysis),
    heading(2, 'Told apart'),
    paragraph(
      'd′ is how well human kernels are told from the others (0: not at all), c which way answers lean (below 0: to human). Log-linear correction; mean over participants with a t interval at 95 %, which holds for these kernels and no others; the tests above hold for others too.',
    ),
    detectionTable(analysis),
    ...picture('people'),
    heading(2, 'Confidence'),
    ...picture('confidence'),
    confidenceTable(analysis),
    heading(2, 'Response times'),
    ...picture('times'),
    timeTable(analysis),
    heading(2, 'Agreement'),
    paragraph(
      'Krippendorff’s alpha of the labels: 1 for full agreement, 0 for chance. Intervals at 95 % by drawing kernels anew.',
    ),
    agreementTable(analysis),
    heading(2, 'Kernels'),
    ...picture('items'),
    paragraph(
      analysis.items.length > mostItems
        ? `The ${mostItems} that were judged wrong most often, of ${analysis.items.length}.`
        : 'Judged wrong most often first.',
    ),
    itemTable(analysis),
    heading(2, 'Participants and exclusions'),
    { kind: 'facts', rows: participantFacts(analysis) },
    ...exclusionList(analysis),
    heading(2, 'Method'),
    list(methodOf(analysis)),
  ]
}

/** What the tests say, in one sentence. */
export function concludeInWords({ compares, test, conclusion }: Contrast, margin: number): string {
  const names: Readonly<Record<string, string>> = { machine: 'machine kernels', control: 'the control’s kernels' }
  const kernels = names[compares] ?? `kernels of ${compares}`
  const words: Readonly<Record<Conclusion, string>> = {
    equivalent: `People label human kernels and ${kernels} human equally often, to within ${margin}.`,
    different: `People tell human kernels from ${kernels}.`,
    'different within the margin': `People tell human kernels from ${kernels}, but by less than ${margin}.`,
    inconclusive: `Whether people tell human kernels from ${kernels} is open: neither a difference nor equivalence within ${margin} was shown.`,
    'too few answers': `There are too few answers to compare human kernels with ${kernels}.`,
  }
  if (test?.isDifferent && test.difference < 0) {
    return `People label ${kernels} human more often than human kernels.`
  }
  return words[conclusion]
}

function leadOf({ contrasts, participants, plan }: Analysis): string {
  const sentences = contrasts
    .filter(({ level, compares }) => level === everybody && (compares === 'machine' || compares === 'control'))
    .map((contrast) => concludeInWords(contrast, plan.margin))
  const people = `${participants.kept} participants counted, ${participants.excluded.length} left out.`
  const missing = Object.entries(participants.byGroup).filter(([, count]) => count < plan.participantsPerGroup)
  const small =
    missing.length === 0
      ? ''
      : ` The sheet asks for ${plan.participantsPerGroup} in each group; ${missing.map(([group, count]) => `group ${group} has ${count}`).join(', ')}: the power is less than was planned.`
  return `${sentences.join(' ')} ${people}${small}`
}

function testTable({ contrasts, plan }: Analysis): Block {
  const level = 100 * (1 - plan.alpha)
  const columns = [
    ...text('human against', 'experience', 'conclusion'),
    ...numbers(
      'participants',
      'difference',
      `${decimals(level, 0)} % interval`,
      `${decimals(100 - 200 * plan.alpha, 0)} % interval`,
    ),
    ...numbers('p of no difference', 'p by permutation', `p of ±${plan.margin} or more`),
  ]
  const rows = contrasts.map(({ compares, level, participants, test, pPermutation, conclusion }) => [
    ...[
      compares,
      level,
      conclusion,
      String(participants),
      decimals(test?.difference ?? null),
      range(test?.interval ?? null),
    ],
    ...[range(test?.equivalenceInterval ?? null), probability(test?.pDifference ?? null), probability(pPermutation)],
    probability(test?.pEquivalence ?? null),
  ])
  return { kind: 'table', columns, rows }
}

function testRemarks({ plan, contrasts }: Analysis): string[] {
  const control = contrasts.find(({ compares, level }) => compares === 'control' && level === everybody)
  return [
    'The difference is the share of human kernels labelled human less that of the others; 0 where they are not told apart.',
    `No difference found is not the same as equivalent: that is shown where the ${decimals(100 - 200 * plan.alpha, 0)} % interval lies within ±${plan.margin}.`,
    validityOf(control),
    'The rows of all participants against all machines and against the control were announced; the others are exploratory.',
  ]
}

/** Did the task work? */
function validityOf(control: Contrast | undefined): string {
  if (control === undefined || control.test === null) return 'Whether the control was recognised cannot be told yet.'
  return control.test.isDifferent && control.test.difference > 0
    ? 'The control was recognised: participants did what they were asked.'
    : 'The control was not recognised: that machine kernels are not recognised either then says nothing about them.'
}

function shareTable({ shares }: Analysis): Block {
  const columns = [
    ...text('kernels', 'beside', 'experience'),
    ...numbers('judgments', 'labelled human', '95 % interval', 'effective judgments'),
  ]
  const rows = shares
    .filter(({ labelledHuman }) => labelledHuman.count > 0)
    .map(({ corpus, group, level, labelledHuman: { count, share, interval, effectiveCount } }) => [
      ...[corpus, `group ${group}`, level, String(count), percent(share), percentRange(interval)],
      effectiveCount.toFixed(0),
    ])
  return { kind: 'table', columns, rows }
}

function detectionTable({ contrasts }: Analysis): Block {
  const columns = [
    ...text('human against', 'experience'),
    ...numbers('right', '95 % interval', 'd′', '95 % interval', 'c', '95 % interval', 'd′, all judgments pooled'),
  ]
  const rows = contrasts.map(({ compares, level, accuracy, meanDetection: { sensitivity, bias }, detection }) => [
    ...[compares, level, percent(accuracy.share), percentRange(accuracy.interval)],
    ...[decimals(sensitivity.mean, 2), range(sensitivity.interval, 2), decimals(bias.mean, 2), range(bias.interval, 2)],
    decimals(detection.sensitivity, 2),
  ])
  return { kind: 'table', columns, rows }
}

function confidenceTable({ confidence }: Analysis): Block {
  const columns = [
    ...text('group', 'experience'),
    ...numbers('confidence', 'judgments', 'right', '95 % interval', 'discrimination'),
  ]
  const given = confidence.filter(({ accuracy }) => accuracy.count > 0)
  const rows = given.map(({ compares, level, confidence, accuracy, discrimination }, i) => [
    ...[
      compares,
      level,
      String(confidence),
      String(accuracy.count),
      percent(accuracy.share),
      percentRange(accuracy.interval),
    ],
    // Once for all levels of confidence.
    given[i - 1]?.compares === compares && given[i - 1].level === level ? '' : decimals(discrimination, 2),
  ])
  return { kind: 'table', columns, rows }
}

function timeTable({ responseTimes }: Analysis): Block {
  const columns = [
    ...text('kernels', 'beside', 'experience', 'answer'),
    ...numbers('judgments', 'lower quartile', 'median', 'upper quartile'),
  ]
  const rows = responseTimes.map(
    ({ corpus, group, level, isRight, count, lowerQuartileMs, medianMs, upperQuartileMs }) => [
      ...[corpus, `group ${group}`, level, isRight === null ? 'any' : isRight ? 'right' : 'wrong', String(count)],
      ...[lowerQuartileMs, medianMs, upperQuartileMs].map(seconds),
    ],
  )
  return { kind: 'table', columns, rows }
}

function agreementTable({ agreement }: Analysis): Block {
  const columns = [...text('group', 'experience'), ...numbers('kernels', 'labels', 'alpha', '95 % interval')]
  const rows = agreement.map(({ group, level, items, labels, alpha, interval }) => [
    ...[group, level, String(items), String(labels), decimals(alpha, 2), range(interval, 2)],
  ])
  return { kind: 'table', columns, rows }
}

function itemTable({ items }: Analysis): Block {
  const columns = [
    ...text('kernel', 'corpus', 'group'),
    ...numbers('judgments', 'labelled human', 'right', '95 % interval', 'median time'),
  ]
  const rows = items
    .slice(0, mostItems)
    .map(({ item, corpus, group, count, labelledHuman, accuracy, interval, medianMs }) => [
      ...[item, corpus, group, String(count), percent(labelledHuman), percent(accuracy), percentRange(interval)],
      seconds(medianMs),
    ])
  return { kind: 'table', columns, rows }
}

function participantFacts({ participants, groups, study, version }: Analysis): [string, string][] {
  const { kept, excluded, excludedAnswers, byGroup, byLevel, unreadable } = participants
  const counts = (by: Readonly<Record<string, number>>): string =>
    Object.entries(by)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  return [
    ['study', study],
    ['counted', String(kept)],
    ['by group', groups.map(({ id, compares }) => `${id} (${compares}) ${byGroup[id]}`).join(', ')],
    ['by experience', counts(byLevel) || '–'],
    ['participants left out', String(excluded.length)],
    ['single answers left out', String(excludedAnswers)],
    ['files that could not be read', String(unreadable.length)],
    ['analysed by', `benchsteer ${version}`],
  ]
}

function exclusionList({ participants: { excluded, unreadable } }: Analysis): Block[] {
  const lines = [
    ...excluded.map(({ participant, reasons }) => `${participant.slice(0, 8)}: ${reasons.join(', ')}`),
    ...unreadable.map(({ file, problem }) => `${file}: ${problem}`),
  ]
  return lines.length === 0 ? [] : [list(lines)]
}

function methodOf({ plan }: Analysis): string[] {
  const { exclusions: rules } = plan
  return [
    'Participants and kernels are both random factors: the variance of a difference is what participants add plus what kernels add less what both have counted (Clark 1973; Cameron, Gelbach and Miller 2011), its degrees of freedom after Satterthwaite.',
    `Equivalence: two one-sided t tests (Schuirmann 1987) at alpha ${plan.alpha}, margin ±${plan.margin}.`,
    'Permutation: kernels change places between human and other within the bands in which they were matched, each with all its labels; the statistic is the difference over its standard error.',
    'Intervals of shares: Wilson’s at the effective sample size (Korn and Graubard 1998). d′ and c: log-linear correction (Hautus 1995).',
    `Left out, as announced: who answered less than ${percent(rules.leastAnswered)}, failed more than ${rules.mostFailedChecks} attention checks, took less than ${seconds(rules.leastMedianResponseMs)} a kernel in the median, or gave one label to more than ${percent(rules.mostEqualLabels)}; answers in less than ${seconds(rules.leastResponseMs)} or more than ${seconds(rules.mostResponseMs)}.`,
    'Discrimination of confidence: the chance that a right answer was given with more confidence than a wrong one; 0.5 where confidence says nothing.',
  ]
}

function heading(level: 1 | 2, text: string): Block {
  return { kind: 'heading', level, text }
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', text }
}

function list(items: readonly string[]): Block {
  return { kind: 'list', items }
}

function text(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, isNumeric: false }))
}

function numbers(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, isNumeric: true }))
}
