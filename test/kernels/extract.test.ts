import { describe, expect, it } from 'vitest'
import { extractKernel, findItems, findKernels, parseUnit } from '../../kernels/index.ts'
import { plainSeeds } from './seed-units.ts'

/** Lines of the extracted text, blank ones and indentation apart. */
function extracted(source: string, kernel: string): string[] {
  const text = extractKernel(parseUnit(source), kernel) ?? ''
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
}

describe('findItems', () => {
  it('cuts the seeds into pieces without gaps', () => {
    for (const { source } of plainSeeds) {
      const items = findItems(parseUnit(source))
      items.forEach((item, i) => {
        expect(item.start).toBe(items[i - 1]?.end ?? 0)
      })
      const rest = source.slice(items.at(-1)?.end ?? 0).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      expect(rest.trim()).toBe('')
    }
  })

  it('tells what each item declares', () => {
    const declared = (source: string): string[][] => findItems(parseUnit(source)).map(({ declares }) => [...declares])
    expect(declared('typedef struct S { int a; } T, *P; struct U { struct V { int b; } v; }; struct W;')).toEqual([
      ['S', 'T', 'P'],
      ['U', 'V'],
      [],
    ])
    expect(declared('enum E { A, B = 3 }; constant int N = 4, M[2] = {1, 2}; typedef float (*F)(int);')).toEqual([
      ['E', 'A', 'B'],
      ['N', 'M'],
      ['F'],
    ])
    expect(declared('global int* f(int a); kernel void k(global int* a) {}')).toEqual([['f'], ['k']])
  })

  it('knows kernels by their qualifier, wherever it stands', () => {
    const source =
      'void a() {} __kernel void b() {} void kernel c() {} kernel __attribute__((x)) void d() {} void e() {}'
    expect(findKernels(parseUnit(source))).toEqual(['b', 'c', 'd'])
  })
})

describe('extractKernel', () => {
  const unit = [
    'typedef float real;',
    'struct Unused { int a; };',
    'struct Pair { real a; real b; };',
    'enum Size { SMALL = 4, LARGE = 8 };',
    'constant int table[SMALL] = {1, 2, 3, 4};',
    'constant int other[2] = {1, 2};',
    'real second(struct Pair p);',
    'real first(struct Pair p) { return p.a + second(p); }',
    'real second(struct Pair p) { return p.b; }',
    'kernel void one(global struct Pair* x, global real* y) { y[0] = first(x[0]) * table[1]; }',
    'kernel void two(global int* one) { one[0] = 1; }',
    'kernel void three(global int* a) { two(a); }',
  ]

  it('takes what the kernel needs, through several steps, in source order', () => {
    expect(extracted(unit.join('\n'), 'one')).toEqual(unit.filter((_, i) => ![1, 5, 10, 11].includes(i)))
  })

  it('leaves out kernels that are not called, takes those that are', () => {
    expect(extracted(unit.join('\n'), 'two')).toEqual([unit[10]])
    expect(extracted(unit.join('\n'), 'three')).toEqual([unit[10], unit[11]])
  })

  it('is not misled by parameters, variables, members or labels of the same name', () => {
    const helpers = ['kernel void sum(global int* a) {}', 'int scale(int a) { return a; }', 'struct B { int count; };']
    for (const body of [
      'int sum = 1; sum++;',
      'int scale[2]; scale[0] = 1;',
      'struct { int scale; } s; s.scale = 1;',
    ]) {
      const kernel = `kernel void k(global int* sum) { ${body} }`
      expect(extracted([...helpers, kernel].join('\n'), 'k')).toEqual([kernel])
    }
    const after = ['kernel void k(global int* a) { int n = later[0]; }', 'int later(int a) { return a; }']
    expect(extracted(after.join('\n'), 'k')).toEqual([after[0]])
  })

  it('follows a name from before a local of that name takes over', () => {
    const lines = [
      'int size(int a) { return a; }',
      'kernel void k(global int* a) { a[0] = size(1); { int size = 2; } }',
    ]
    expect(extracted(lines.join('\n'), 'k')).toEqual(lines)
  })

  it('keeps a prototype where the function comes too late for its caller', () => {
    const lines = ['int f(int a);', 'kernel void k(global int* a) { a[0] = f(1); }', 'int f(int b) { return b; }']
    expect(extracted(lines.join('\n'), 'k')).toEqual(lines)
    const useless = ['int f(int a);', 'int f(int b) { return b; }', lines[1]]
    expect(extracted(useless.join('\n'), 'k')).toEqual(useless.slice(1))
  })

  it('keeps a struct whose body comes after the typedef that names it', () => {
    const lines = [
      'typedef struct Node Node;',
      'struct Node { int count; };',
      'kernel void k(global Node* a) { a->count = 1; }',
    ]
    expect(extracted(lines.join('\n'), 'k')).toEqual(lines)
  })

  it('keeps constants that only an attribute mentions', () => {
    const lines = ['enum { SIZE = 8 };', 'kernel __attribute__((reqd_work_group_size(SIZE, 1, 1))) void k() {}']
    expect(extracted(lines.join('\n'), 'k')).toEqual(lines)
  })

  it('answers undefined for a kernel that is not there', () => {
    expect(extractKernel(parseUnit(unit.join('\n')), 'first')).toBeUndefined()
    expect(extractKernel(parseUnit(''), 'k')).toBeUndefined()
  })

  it('survives text nested too deep to walk', () => {
    const deep = `kernel void k(global int* a) { a[0] = ${'!'.repeat(20_000)}1; }`
    expect(extracted(deep, 'k')).toEqual([deep])
  })
})
