// The funnel in words: of one kernel, and of many.

import { cldriveName, describeFault, type Outcome, stages, type Validation } from '../../kernels/index.ts'
import { formatTable } from '../table.ts'

/** Lines that say how far a kernel came, and why no further. */
export function describeValidation(origin: string, { kernel, outcome, cldrive, ...rest }: Validation): string[] {
  const passed = rest.stages.filter(({ verdict }) => verdict === 'passed').map(({ stage }) => stage)
  const head = `${origin}  ${kernel || '(no kernel)'}  ${outcome}`
  const trail = [...passed, outcome === 'accepted' ? 'accepted' : `${rest.lostAt}: ${outcome} (cldrive: ${cldrive})`]
  const others = rest.findings.slice(1).filter(({ fault }) => fault !== outcome)
  return [
    head,
    `  ${trail.join(' > ')}`,
    ...rest.log.split('\n').flatMap((line) => (line === '' ? [] : [`  ${line}`])),
    ...others.map(({ fault, log }) => `  also ${fault}: ${log.split('\n').join(', ')}`),
  ]
}

/** Outcomes of many kernels. */
export class OutcomeCount {
  readonly #byOutcome = new Map<Outcome, number>()
  #total = 0

  add(outcome: Outcome): void {
    this.#total++
    this.#byOutcome.set(outcome, (this.#byOutcome.get(outcome) ?? 0) + 1)
  }

  get total(): number {
    return this.#total
  }

  get accepted(): number {
    return this.#byOutcome.get('accepted') ?? 0
  }

  /** For programs. */
  toJson(): unknown {
    return {
      kernels: this.#total,
      accepted: this.accepted,
      funnel: this.#survivors(),
      outcomes: Object.fromEntries(this.#sorted()),
      cldrive: this.#byCldrive(),
    }
  }

  /** For people: survivors of each stage, then every outcome with its share. */
  lines(): string[] {
    const share = (count: number): string => `${((100 * count) / Math.max(1, this.#total)).toFixed(1)} %`
    const funnel = Object.entries(this.#survivors()).map(([stage, count]) => `${stage} ${count}`)
    const rows = this.#sorted().map(([outcome, count]) => {
      const [stage, meaning] = outcome === 'accepted' ? ['', 'passed every stage'] : placeOf(outcome)
      return [outcome, `${count}`, share(count), stage, cldriveName(outcome), meaning]
    })
    return [
      `Funnel: kernels ${this.#total} > ${funnel.join(' > ')}`,
      ...formatTable(['outcome', 'kernels', 'share', 'lost at', 'cldrive', 'meaning'], rows),
    ]
  }

  #sorted(): [Outcome, number][] {
    return [...this.#byOutcome].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  }

  /** How many are left after each stage. */
  #survivors(): Record<string, number> {
    let left = this.#total
    return Object.fromEntries(
      stages.map((stage) => {
        for (const [outcome, count] of this.#byOutcome) {
          if (outcome !== 'accepted' && describeFault(outcome).stage === stage) left -= count
        }
        return [stage, left]
      }),
    )
  }

  #byCldrive(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const [outcome, count] of this.#sorted()) {
      const name = cldriveName(outcome)
      counts[name] = (counts[name] ?? 0) + count
    }
    return counts
  }
}

function placeOf(outcome: Exclude<Outcome, 'accepted'>): [stage: string, meaning: string] {
  const { stage, meaning } = describeFault(outcome)
  return [stage, meaning]
}
