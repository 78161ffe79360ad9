// `benchsteer turing export`: corpora in, the folder of a study out.

import { join } from 'node:path'
import {
  type CorpusSource,
  checkStudyFolder,
  type Fineness,
  finenesses,
  type LeakAudit,
  type PreparedStudy,
  prepareStudy,
  readTexts,
  type StudyOptions,
  type StudyTexts,
  studyFiles,
  writeStudy,
} from '../../../studies/index.ts'
import { Random } from '../../../synth/index.ts'
import { type Command, decimal, integer } from '../../command.ts'
import type { CliIo } from '../../io.ts'
import { startProgress } from '../../progress.ts'
import { packageVersion } from '../../version.ts'
import { warnOfBlanks } from './blanks.ts'

interface ExportFlags {
  readonly human: string
  readonly machine: readonly string[]
  readonly control: string
  readonly out: string
  readonly items: number
  readonly seed: number
  readonly title: string
  readonly language: string
  readonly bands: Fineness
  readonly minLines: number
  readonly maxLines: number
  readonly margin: number
  readonly effect: number
  readonly alpha: number
  readonly power: number
  readonly itemDeviation?: number
  readonly texts?: string
  readonly json: boolean
}

const corpusKinds = 'a store (.db), JSON lines with `text` (.jsonl), or a folder of .cl files'

export const exportCommand: Command<ExportFlags> = {
  name: 'export',
  summary: 'Make a study: can people tell machine-written kernels from human ones?',
  description:
    'Selects human, machine and control kernels that are alike in size and features, puts all into one normal form, and ' +
    'writes study.json (public), key.json (sealed: who wrote what), preregistration.md (hypotheses, sample size, analysis ' +
    'plan) and site/, which participants open. One group of participants judges machine, the other control kernels, each ' +
    'beside human ones of its own. Of a store, people’s kernels are those that were not synthesized, machines’ those that ' +
    'were. Where the corpora cannot be balanced, says what is lacking and writes nothing; the exit code is then 1.',
  options: [
    { syntax: '--human <corpus>', summary: `kernels of people: ${corpusKinds}`, isRequired: true },
    {
      syntax: '--machine <corpora>',
      summary: 'kernels of machines: a corpus, or several with commas between; name=path names one',
      isRepeatable: true,
    },
    {
      syntax: '--control <corpus>',
      summary: 'kernels that are easily recognised, for example of CLSmith',
      isRequired: true,
    },
    { syntax: '-o, --out <dir>', summary: 'folder to write', isRequired: true },
    {
      syntax: '--items <n>',
      summary: 'kernels that each participant judges, half of them human',
      parse: integer(4, 400),
      default: 40,
    },
    { syntax: '--seed <n>', summary: 'the same corpora and seed give the same files', parse: integer(0), default: 1 },
    { syntax: '--title <text>', summary: 'shown to participants', default: 'Who wrote this kernel?' },
    { syntax: '--language <tag>', summary: 'of title and texts', default: 'en' },
    {
      syntax: '--bands <width>',
      summary: 'within which kernels count as alike',
      choices: finenesses,
      default: 'medium',
    },
    { syntax: '--min-lines <n>', summary: 'lines of a kernel, at least', parse: integer(1), default: 6 },
    { syntax: '--max-lines <n>', summary: 'lines of a kernel, at most', parse: integer(1), default: 45 },
    {
      syntax: '--margin <share>',
      summary: 'difference of the shares labelled human that counts as none',
      parse: decimal(0.01, 0.99),
      default: 0.15,
    },
    { syntax: '--effect <share>', summary: 'difference that is to be found', parse: decimal(0.01, 0.99), default: 0.3 },
    { syntax: '--alpha <share>', summary: 'of each test', parse: decimal(0.001, 0.49), default: 0.05 },
    {
      syntax: '--power <share>',
      summary: 'chance that each test is to have',
      parse: decimal(0.01, 0.99),
      default: 0.8,
    },
    {
      syntax: '--item-deviation <share>',
      summary: 'standard deviation of kernels in how human they look, of a pilot (default: 0.15)',
      parse: decimal(0, 0.5),
    },
    {
      syntax: '--texts <file>',
      summary: 'JSON with what participants read, as `texts` in study.json; what it leaves out stays as it is',
    },
    { syntax: '--json', summary: 'print what was made as JSON' },
  ],
  examples: [
    'turing export --human corpus.db --machine results/overnight/benchsteer.db --control clsmith/ --out study',
    'turing export --human corpus.db --machine model=sampled.jsonl,search=run/benchsteer.db --control clsmith/ --items 60 --seed 7 --out study',
  ],

  async run(flags, io) {
    const { out } = flags
    checkStudyFolder(out)
    const sources = sourcesOf(flags)
    const texts = flags.texts === undefined ? undefined : readTexts(flags.texts)
    const prepared = await prepareWithProgress(sources, optionsOf(flags), texts, io)
    if (!prepared.ok) {
      for (const line of [...prepared.corpora, '', prepared.reason]) io.err(line)
      return 1
    }
    await writeStudy(out, prepared)
    warnOfBlanks(prepared.study, io)
    for (const line of flags.json ? [JSON.stringify(summaryOf(prepared))] : report(prepared, out)) io.out(line)
    return 0
  },
}

function optionsOf(flags: ExportFlags): StudyOptions {
  const { title, language, items, seed, margin, effect, alpha, power, itemDeviation } = flags
  const { bands: fineness, minLines: leastLines, maxLines: mostLines } = flags
  const design = { title, language, items, seed, fineness, leastLines, mostLines }
  return { ...design, margin, effect, alpha, power, model: { itemDeviation } }
}

async function prepareWithProgress(
  sources: readonly CorpusSource[],
  options: StudyOptions,
  texts: StudyTexts | undefined,
  io: CliIo,
): Promise<PreparedStudy> {
  const shares = new Map<string, number>()
  using progress = startProgress(io, { label: 'reading corpora', total: sources.length, unit: '' })
  return await prepareStudy(options, {
    ...{ sources, version: packageVersion(), random: new Random(options.seed ?? 1), texts, signal: io.signal },
    onProgress(corpus, done, total) {
      shares.set(corpus, done / total)
      progress.update(
        [...shares.values()].reduce((sum, share) => sum + share, 0),
        corpus,
      )
    },
  })
}

/** @throws {RangeError} naming the flag */
function sourcesOf({ human, machine, control }: ExportFlags): CorpusSource[] {
  const parts = machine.flatMap((text) => text.split(',')).map((text) => text.trim())
  if (parts.length === 0) throw new RangeError('--machine: expected a corpus, received none')
  const machines = parts.map((part, i): CorpusSource => {
    const split = part.indexOf('=')
    const name = split < 0 ? (parts.length === 1 ? 'machine' : `machine-${i + 1}`) : part.slice(0, split)
    if (!/^[a-z0-9-]{1,40}$/.test(name) || name === 'human' || name === 'control') {
      throw new RangeError(
        `--machine: expected a name of a-z, 0-9 and -, other than human and control, received '${name}'`,
      )
    }
    return { name, origin: 'machine', path: part.slice(split + 1) }
  })
  return [
    { name: 'human', origin: 'human', path: human },
    ...machines,
    { name: 'control', origin: 'control', path: control },
  ]
}

type Prepared = PreparedStudy & { readonly ok: true }

function summaryOf({ study, key, powerOptions, plan, simulated, audits, corpora }: Prepared): object {
  return {
    study: study.id,
    keyHash: study.keyHash,
    groups: key.groups,
    plan: key.plan,
    powerOptions,
    power: plan,
    simulated,
    audits,
    corpora,
  }
}

function report({ study, key, plan, itemsNeeded, audits, corpora }: Prepared, out: string): string[] {
  const kernels = key.items.filter(({ kind }) => kind === 'kernel').length
  const { participantsPerGroup } = key.plan
  return [
    ...corpora,
    '',
    `Study ${study.id}: ${kernels} kernels in ${key.groups.length} groups of ${kernels / key.groups.length}, ${key.items.length - kernels} attention checks, ${study.practice.length} to practise on, ${study.schedules.length} schedules`,
    plan === undefined
      ? `Participants: no number is enough for the power asked for; it takes ${itemsNeeded === undefined ? 'a larger margin' : `--items ${2 * itemsNeeded}`}`
      : `Participants: ${participantsPerGroup} in each group after exclusions (power ${percent(plan.equivalence)} for equivalence, ${percent(plan.difference)} for a difference)`,
    ...audits.map(auditLine),
    '',
    `Written: ${Object.values(studyFiles)
      .map((name) => join(out, name))
      .join(', ')}`,
    `Keep ${join(out, studyFiles.key)} and ${join(out, studyFiles.preregistration)} from participants. Fill in the blanks of the latter and register it. What participants read stands in ${studyFiles.study}: edit it there and run turing site, or export with --texts.`,
  ]
}

function auditLine({ compares, sees, accuracy, chance, chanceUpper, p }: LeakAudit): string {
  return `Leak audit, ${compares} from human by ${sees}: ${percent(accuracy)} right (chance ${percent(chance)}, to ${percent(chanceUpper)}; p = ${p.toFixed(3)})`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`
}
