import { describe, expect, it } from 'vitest'
import { childOf, functionDeclarator, masksWithin, parseUnit, type SyntaxNode, textOf } from '../../kernels/index.ts'
import { parseChecked } from '../../kernels/normalise.ts'
import { plainSeeds } from './seed-units.ts'

function* walk(node: SyntaxNode): Iterable<SyntaxNode> {
  yield node
  for (const child of node.children) yield* walk(child)
}

describe('parseUnit', () => {
  it('finds no error in any seed kernel', () => {
    const wrong = plainSeeds.filter(({ source }) => parseUnit(source).errors.length > 0)
    expect(wrong.map(({ name }) => name)).toEqual([])
  })

  it('keeps children in order inside their parent', () => {
    for (const { source } of plainSeeds.slice(0, 40)) {
      const wrong = [...walk(parseUnit(source).root)].filter((node) => {
        const ends = [node.start, ...node.children.map(({ end }) => end)]
        const isOrdered = node.children.every((child, i) => child.parent === node && child.start >= ends[i])
        return !(isOrdered && ends[ends.length - 1] <= node.end)
      })
      expect(wrong).toEqual([])
    }
  })

  it('gives offsets into the source, also after characters beyond Latin', () => {
    const unit = parseUnit('/* π 😀 */ kernel void sum(global int* a) { a[0] = 1; }')
    const declarator = functionDeclarator(unit.root.children.find(({ type }) => type === 'function_definition')!)!
    expect(textOf(unit, childOf(declarator, 'declarator')!)).toBe('sum')
  })

  it('says where the grammar failed, and how deep it went', () => {
    const unit = parseUnit('kernel void f(global int* a) { a[0] = ; }')
    expect(unit.errors).toHaveLength(1)
    expect(parseUnit('int a;').errors).toEqual([])
    expect(parseUnit(`int a = ${'!'.repeat(3000)}1;`).depth).toBeGreaterThan(3000)
  })

  it.each([
    '__const float x = 1;',
    'const __volatile__ int y = 2;',
    '__signed__ char z;',
    'int f(float* __restrict__ p);',
  ])('reads the GNU spelling in %s', (source) => {
    expect(parseUnit(source).errors).toEqual([])
  })

  it.each([
    ['empty text', ''],
    ['only comments', '/* a */ // b'],
  ])('answers %s with an empty unit', (_, source) => {
    const { errors, root } = parseUnit(source)
    expect(errors).toEqual([])
    expect(root.children.filter(({ type }) => type !== 'comment')).toEqual([])
  })

  it.each([
    ['opening braces', '{'.repeat(60_000)],
    ['closing braces', '}'.repeat(20_000)],
    ['junk', '@#$ %^&* '.repeat(20_000)],
    ['casts', `kernel void k(int c) { c = ${'(int)'.repeat(10_000)}c; }`],
    ['negations', `kernel void k(int c) { c = ${'!'.repeat(10_000)}c; }`],
    ['an open string', `"${'\\"'.repeat(60_000)}`],
  ])('survives %s, which parseChecked rejects', (_, source) => {
    expect(() => parseUnit(source)).not.toThrow()
    expect(parseChecked(source)).toMatchObject({ ok: false })
  })
})

describe('masksWithin', () => {
  it('finds exactly the masks inside a range', () => {
    const unit = parseUnit('kernel void f(global int* a, local int* b) { }')
    const found = (start: number, end: number): string[] => masksWithin(unit, start, end).map(({ text }) => text)
    expect(found(0, unit.source.length)).toEqual(['kernel', 'global', 'local'])
    expect(found(0, 6)).toEqual(['kernel'])
    expect(found(1, 19)).toEqual([])
    expect(found(1, 20)).toEqual(['global'])
    expect(found(30, 10)).toEqual([])
  })
})

describe('functionDeclarator', () => {
  it('looks below pointers', () => {
    const declaratorOf = (source: string): string | undefined => {
      const unit = parseUnit(source)
      const found = functionDeclarator(unit.root.children[0])
      return found && textOf(unit, found)
    }
    expect(declaratorOf('global float** f(int a) { return 0; }')).toBe('f(int a)')
    expect(declaratorOf('int f(void);')).toBe('f(void)')
    expect(declaratorOf('int a[3];')).toBeUndefined()
  })
})
