// Corpora of small kernels, made up: three groups that write alike in size and unlike in style.

import { Random } from '../../../synth/random.ts'

export type Style = 'human' | 'machine' | 'control'

const operators: Readonly<Record<Style, readonly string[]>> = {
  human: ['+', '*', '-'],
  machine: ['+', '*', '/'],
  control: ['^', '<<', '%'],
}

/** A kernel that compiles; no two are the same for long. */
export function sampleKernelText(style: Style, random: Random): string {
  const statements = 3 + random.below(14)
  const lines = Array.from({ length: statements }, (_, i) => {
    const operator = random.pick(operators[style])
    const value = `b[i + ${random.below(90)}]`
    const other = random.next() < 0.4 ? `a[i * ${1 + random.below(9)}]` : `(${1 + random.below(99)} + n)`
    const statement = `a[i + ${i}] = ${value} ${operator} ${other};`
    return random.next() < 0.3 ? `  if (i > ${random.below(99)}) ${statement}` : `  ${statement}`
  })
  return `kernel void ${style}_${random.below(1e6)}(global int *a, global const int *b, int n) {\n  int i = get_global_id(0); // by a ${style}\n${lines.join('\n')}\n}\n`
}

export function sampleCorpus(style: Style, count: number, seed: number): string[] {
  const random = new Random(seed)
  return Array.from({ length: count }, () => sampleKernelText(style, random))
}

export function toJsonLines(texts: readonly string[]): string {
  return texts.map((text) => `${JSON.stringify({ text })}\n`).join('')
}
