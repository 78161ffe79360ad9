// The sheet that is registered before the first participant: what is asked, of how many, and how it is decided. All
// figures come from the study and the power calculation; what only the researcher knows is left blank.

import type { Power, PowerOptions, SimulatedPower } from '../power/power.ts'
import type { KeyedKernel, Study, StudyKey } from '../study.ts'
import type { LeakAudit } from './leak-audit.ts'

/** What the sheet is written from. */
export interface PreregistrationFacts {
  readonly study: Study
  readonly key: StudyKey
  readonly powerOptions: PowerOptions
  /** Undefined where no number of participants suffices. */
  readonly plan: Power | undefined
  /** Items of each kind with which it would. */
  readonly itemsNeeded: number | undefined
  /** At `participants` of the key's plan. */
  readonly simulated: SimulatedPower
  readonly audits: readonly LeakAudit[]
  /** What became of the corpora, a line each. */
  readonly corpora: readonly string[]
}

/** @returns Markdown */
export function writePreregistration(facts: PreregistrationFacts): string {
  const { study, key } = facts
  return `${[
    `# Pre-registration: ${study.title}`,
    [
      `Study ${study.id}, made by benchsteer ${key.version} with seed ${key.seed}. Sealed key: SHA-256 \`${study.keyHash}\`.`,
      'This sheet names what the groups are: keep it from participants. Register it (for example at osf.io) before the first of them, with study.json.',
    ].join('\n'),
    'Date: ______ Researchers: ______ Registered at: ______',
    hypotheses(facts),
    design(facts),
    sampleSize(facts),
    analysisPlan(facts),
    exclusions(facts),
    leaks(facts),
    ethics,
  ].join('\n\n')}\n`
}

function hypotheses({ key, powerOptions }: PreregistrationFacts): string {
  const { margin } = key.plan
  return list('Hypotheses', [
    `H1 (equivalence, primary): people label human kernels and kernels of ${key.machines.join(' and ')} human equally often: the difference of the two shares lies within ±${margin}.`,
    `H2 (validity): people label human kernels human more often than the control's. Without that, H1 says nothing: the task did not work. The study is planned for a difference of ${powerOptions.effect}.`,
    'H1 not shown is not the opposite shown: the difference test says whether machine kernels are recognised. Where neither test is significant the study is inconclusive.',
  ])
}

function design({ study, key, corpora }: PreregistrationFacts): string {
  const kernels = key.items.filter((item): item is KeyedKernel => item.kind === 'kernel')
  const checks = key.items.length - kernels.length
  const groups = key.groups.map(({ id, compares }) => {
    const own = kernels.filter(({ group }) => group === id)
    const counts = countBy(own, ({ corpus }) => corpus)
    return `Group ${id} (${compares}): ${counts}; ${study.schedules.filter(({ group }) => group === id).length} schedules.`
  })
  return [
    list('Design', [
      `Each participant is in one of two groups and judges ${kernels.length / key.groups.length} kernels, half of them human, plus ${checks} attention checks, after ${study.practice.length} practice kernels with feedback. The two groups share no kernel, so that schedules do not tell which kernels are human.`,
      ...groups,
      'Order: Williams design; over all schedules of a group each kernel comes once at every place among the kernels and once after every other. Schedules are handed out in turn, groups alternating.',
      'Selection: coarsened exact matching (Iacus, King and Porro 2012): kernels are sorted into bands of size and features, and every corpus gives the same share of its kernels to each band; within bands kernels are drawn at random and swapped while that leaves less difference in size, layout, features and propensity score (after Morgan and Rubin 2012). All are in one normal form: names, comments and layout are the same for all.',
      ...corpora,
    ]),
    bandTable(key, kernels),
  ].join('\n\n')
}

function bandTable(key: StudyKey, kernels: readonly KeyedKernel[]): string {
  const names = ['human', ...key.machines, 'control']
  const rows = [...new Set(kernels.map(({ band }) => band))].sort().map((band) => {
    const counts = names.map((name) => kernels.filter((one) => one.band === band && one.corpus === name).length)
    return `| ${[band, ...counts].join(' | ')} |`
  })
  return [`| ${['band', ...names].join(' | ')} |`, `|---|${names.map(() => '---:|').join('')}`, ...rows].join('\n')
}

function sampleSize({ key, powerOptions, plan, itemsNeeded, simulated }: PreregistrationFacts): string {
  const { alpha, margin, effect, power, itemsPerKind, model } = powerOptions
  const planned = key.plan.participantsPerGroup
  return list('Sample size', [
    plan === undefined
      ? `No number of participants gives both tests a power of ${power}: what ${itemsPerKind} kernels of each kind differ among themselves does not average out. It takes ${itemsNeeded ?? 'more than 500'} of each kind, or a larger margin. The figures below are for ${planned} participants a group.`
      : `${planned} participants in each group after exclusions (${planned * key.groups.length} in all): the fewest with which both tests have a power of ${power}.`,
    ...(plan === undefined
      ? []
      : [
          `Closed form: the difference of the shares has a standard error of ${digits(plan.standardError)}, from participants, kernels and single judgments (Clark 1973; degrees of freedom after Satterthwaite). Power of the equivalence test (two one-sided t tests, margin ±${margin}, alpha ${alpha}, no true difference): ${percent(plan.equivalence)}. Power of the difference test (true difference ${effect}, two-sided, alpha ${alpha}): ${percent(plan.difference)}.`,
        ]),
    `Simulation: ${simulated.studies} studies drawn without a difference and as many with one of ${effect}, each analysed as below. Equivalence found in ${rate(simulated.equivalence)}, the effect in ${rate(simulated.difference)}; a difference found where there was none in ${rate(simulated.falseDifference)} (promised: ${percent(alpha)}).`,
    `Assumed, on the scale of shares, and to be replaced by figures of a pilot: ${percent(model.share)} labelled human; standard deviation of participants in how often they say human ${model.leanDeviation}, in how well they tell kernels apart ${model.skillDeviation}; of kernels in how human they look ${model.itemDeviation}.`,
    'Stopping: when both groups have that many participants after exclusions. No test is computed before.',
  ])
}

function analysisPlan({ key }: PreregistrationFacts): string {
  const { alpha, margin } = key.plan
  return list('Analysis plan', [
    'Run by `benchsteer turing analyze`, of the version above or a later one; deviations are reported.',
    `Primary: two one-sided t tests of equivalence at alpha ${alpha}, margin ±${margin}, for all machine kernels against the human kernels of the same group. Participants and kernels are random factors: the variance is that of participants plus that of kernels less that of judgments.`,
    `Then the difference test at alpha ${alpha} for machine and control, two-sided, with a permutation test beside it that moves kernels with all their judgments between the two kinds, within bands.`,
    'Secondary, without correction for their number and reported as such: each machine corpus by itself; by experience; d′ and bias c (log-linear correction, Hautus 1995); accuracy by confidence; response times; agreement (Krippendorff’s alpha); difficulty of each kernel.',
    'Intervals are at 95 %, those of shares Wilson’s at the effective sample size.',
  ])
}

function exclusions({ key }: PreregistrationFacts): string {
  const rules = key.plan.exclusions
  return list('Exclusions', [
    `Left out are participants who answered less than ${percent(rules.leastAnswered)} of their kernels, failed more than ${rules.mostFailedChecks} of the attention checks (another label or another confidence than asked for), took less than ${rules.leastMedianResponseMs / 1000} s for a kernel in the median, or gave one label to more than ${percent(rules.mostEqualLabels)} of the kernels.`,
    `Left out are single answers given in less than ${rules.leastResponseMs / 1000} s or more than ${rules.mostResponseMs / 1000} s, pauses not counted.`,
    'Practice kernels and attention checks are never counted. Of a participant who is there twice, the file with more answers counts.',
  ])
}

function leaks({ audits }: PreregistrationFacts): string {
  const rows = audits.map(
    ({ compares, sees, fittedTo, items, accuracy, chance, chanceUpper, p }) =>
      `| ${compares} | ${sees} | ${fittedTo} | ${items} | ${percent(accuracy)} | ${percent(chance)} (to ${percent(chanceUpper)}) | ${p.toFixed(3)} |`,
  )
  return [
    '## Leak audit',
    'Can a classifier tell the groups from human kernels without reading? Regularised least squares, fitted to the kernels of the corpora that were not selected, judges those of the study; beside it the same over random labels (mean, and what one in twenty reaches). `layout` sees sizes and shapes of the text, `content` the features too. `order` sees ids and places, each kernel left out in turn.',
    '| told from human | sees | fitted to | kernels | accuracy | chance | p |\n|---|---|---:|---:|---:|---:|---:|',
  ]
    .join('\n\n')
    .concat('\n', rows.join('\n'))
}

const ethics = [
  '## Ethics and privacy',
  '- Ethics approval: ______ (body, number, date)',
  '- Recruitment, and what participants are paid: ______',
  '- Responsible person, and how to reach them: ______',
  '- Legal basis (for example consent, Art. 6 (1) a GDPR): ______',
  '- Stored: answers, response times, times of begin, end and pauses, stated experience, a random number for each participant. No names, addresses, cookies or network addresses in the answers.',
  '- Licences of the kernels that are shown, and whether they may be published with the answers: ______',
  '- Where answers are stored, who sees them, and until when: ______',
  '- How a participant withdraws: by the random number shown at the end, until ______',
  '- Whether and where the anonymous answers will be published: ______',
  '- Do participants know that machines wrote some of the kernels: yes, the instructions say so. They are told afterwards: ______',
].join('\n')

function list(title: string, items: readonly string[]): string {
  return [`## ${title}`, items.map((item) => `- ${item}`).join('\n')].join('\n\n')
}

function countBy<T>(values: readonly T[], nameOf: (value: T) => string): string {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(nameOf(value), (counts.get(nameOf(value)) ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ')
}

function rate({ share, interval: [low, high] }: SimulatedPower['equivalence']): string {
  return `${percent(share)} (95 %: ${percent(low)} to ${percent(high)})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1).replace(/\.0$/, '')} %`
}

function digits(value: number): string {
  return value.toFixed(3)
}
