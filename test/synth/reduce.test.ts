// The reducer on properties that need no compiler.

import { describe, expect, it } from 'vitest'
import { lex, printTokens } from '../../kernels/index.ts'
import { normalForm, type Property, Random, type Reduced, type ReduceOptions, reduce } from '../../synth/index.ts'
import { seedForms } from './seed-forms.ts'

const mentions =
  (...words: readonly string[]): Property =>
  async (texts) =>
    texts.map((text) => words.every((word) => lex(text).some((token) => token.text === word)))

async function statesOf(text: string, property: Property, options?: ReduceOptions): Promise<Reduced[]> {
  const states: Reduced[] = []
  for await (const state of reduce(text, property, options)) states.push(state)
  return states
}

async function reduced(text: string, property: Property, options?: ReduceOptions): Promise<Reduced> {
  return (await statesOf(text, property, options)).at(-1)!
}

const unit = `typedef struct { int count; float weights[16]; } Cell;
inline float area(const float width, const float height) { return width * height; }
float unused(float x) { return x + 1.0f; }
__kernel __attribute__((reqd_work_group_size(64, 1, 1)))
void fill(__global Cell *restrict cells, __global float *out, const int n) {
  const int id = get_global_id(0);
  if (id < n) {
    float sum = 0.0f;
    for (int i = 0; i < 16; i++) { sum += cells[id].weights[i] * 2.0f; }
    out[id] = area(sum, sqrt(sum));
  }
}
`

describe('reduce', () => {
  it.each([
    [['sqrt'], 'void fill() {\n  sqrt();\n}\n'],
    [['__kernel'], '__kernel\n'],
    [['weights', 'float'], 'typedef struct {\n  int weights;\n}\nCell;\nint area(float height) {\n}\n'],
    [['area', '16'], 'typedef struct {\n  int weights[16];\n}\nCell;\nint area() {\n}\n'],
    [['sum', 'if'], 'void fill() {\n  if (0) sum;\n}\n'],
  ])('leaves little around %j', async (words, expected) => {
    const property = mentions(...words)
    const { text, isMinimal } = await reduced(unit, property)
    expect(text).toBe(expected)
    expect(isMinimal).toBe(true)
    expect(await property([text])).toEqual([true])
  })

  it('finds the three of forty statements that matter', async () => {
    const text = `void f() {\n${Array.from({ length: 40 }, (_, i) => `  x${i};`).join('\n')}\n}\n`
    const result = await reduced(text, mentions('x7', 'x8', 'x31'))
    expect(result.text).toBe('void f() {\n  x7;\n  x8;\n  x31;\n}\n')
    expect(result.tests).toBeLessThan(200)
  })

  it('is the same every time, and in small batches as good', async () => {
    const property = mentions('sqrt', 'for')
    const first = await statesOf(unit, property)
    expect(await statesOf(unit, property)).toEqual(first)
    expect((await reduced(unit, property, { batch: 1 })).tokens).toBe(first.at(-1)?.tokens)
  })

  it('never grows, and gives only texts with the property', async () => {
    const property = mentions('sum', 'cells')
    const states = await statesOf(unit, property)
    expect(states.length).toBeGreaterThan(3)
    expect(await property(states.map(({ text }) => text))).toEqual(states.map(() => true))
    states.slice(1).forEach(({ tokens }, i) => void expect(tokens).toBeLessThanOrEqual(states[i].tokens))
  })

  it('asks about no text twice, nor about more than it may', async () => {
    const asked: string[] = []
    const property: Property = (texts) => {
      asked.push(...texts)
      return mentions('sum')(texts)
    }
    const { tests } = await reduced(unit, property)
    expect(asked.length).toBe(tests + 1)
    expect(new Set(asked).size).toBe(asked.length)
    const short = await reduced(unit, mentions('sum'), { maxTests: 30 })
    expect(short).toMatchObject({ tests: 30, isMinimal: false })
  })

  it('ends with the best so far when it is stopped', async () => {
    const stop = new AbortController()
    let batches = 0
    const property: Property = (texts) => {
      if (++batches > 4) {
        stop.abort()
        return Promise.reject(stop.signal.reason)
      }
      return mentions('sum')(texts)
    }
    const last = await reduced(unit, property, { batch: 8, signal: stop.signal })
    expect(last.isMinimal).toBe(false)
    expect(last.tokens).toBeLessThan(lex(unit).length)
    expect(await mentions('sum')([last.text])).toEqual([true])
  })

  it('passes on what a property throws', async () => {
    let calls = 0
    const property: Property = async (texts) => {
      if (calls++ > 0) throw new Error('broken')
      return texts.map(() => true)
    }
    await expect(reduced(unit, property)).rejects.toThrow('broken')
  })

  it('refuses a text without the property', async () => {
    await expect(reduced(unit, mentions('missing'))).rejects.toThrow(/text: expected one that has the property/)
  })

  it('keeps the layout where the property needs it, and pragmas their lines', async () => {
    const layout: Property = async (texts) => texts.map((text) => text.includes('width  *  height'))
    const spaced = unit.replace('width * height', 'width  *  height')
    expect((await reduced(spaced, layout)).text).toMatch(/width {2}\* {2}height/)
    const pragma = `#pragma unroll 4\n${unit}`
    expect((await reduced(pragma, mentions('sqrt'))).text).not.toContain('#')
    expect((await reduced(pragma, async (texts) => texts.map((text) => /^#pragma/m.test(text)))).tokens).toBe(1)
  })

  it('keeps kernels in normal form where that is the form', async () => {
    const { text, tokens } = await reduced(unit, async (texts) => texts.map((one) => /\bf1\(/.test(one)), {
      forms: [normalForm],
    })
    expect(normalForm(text)).toBe(text)
    expect(text).toMatch(/^\w+ f0\(\) \{\n\}\nkernel void f1\(\) \{\n\}\n$|f1\(/)
    expect(tokens).toBeLessThan(20)
  })

  it('takes broken texts as they come', async () => {
    const rng = new Random(1)
    for (const { tokens } of seedForms.slice(0, 8)) {
      const left = tokens.filter(() => rng.next() < 0.95)
      const word = rng.pick(left.filter((token) => /^\w+$/.test(token)))
      const result = await reduced(printTokens(left), mentions(word))
      expect(result.isMinimal).toBe(true)
      expect(result.tokens).toBeLessThan(left.length)
      expect(await mentions(word)([result.text])).toEqual([true])
    }
  })
})
