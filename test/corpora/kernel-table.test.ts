import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type KernelFilter, Store } from '../../corpora/index.ts'
import { sampleKernel, temporaryFolder } from './samples.ts'

const newStore = (): Store => Store.open(join(temporaryFolder(), 'corpus.db'))

function keys(store: Store, filter?: KernelFilter): string[] {
  return Array.from(store.kernels.list(filter), ({ key }) => key)
}

describe('store.kernels.add', () => {
  it('gives back every field and every bit of the features', () => {
    using store = newStore()
    const values = Float64Array.of(0, -0, 0.1, 5e-324, Number.MAX_VALUE, Number.NaN, Number.NEGATIVE_INFINITY)
    const kernel = sampleKernel('a', { features: { grewe: values }, text: 'kernel void f0() { /* é 漢 */ }' })
    const { id, status } = store.kernels.add(kernel)
    const { features, toolchain: _, ...record } = kernel
    expect(status).toBe('added')
    expect(store.kernels.find('a')).toEqual({ ...record, id, duplicateOf: null })
    expect(store.kernels.featuresOf(id)).toEqual(features)
    expect(Array.from(store.kernels.vectors('grewe'))).toEqual([{ kernelId: id, key: 'a', values }])
  })

  it('keeps the first of two kernels with one normal form, with the newer features', () => {
    using store = newStore()
    const { id } = store.kernels.add(sampleKernel('a'))
    const features = { grewe: Float64Array.of(9) }
    const again = store.kernels.add(sampleKernel('a', { repository: 'other/place', features }))
    expect(again).toEqual({ id, status: 'known' })
    expect(store.kernels.find('a')?.repository).toBe('someone/somewhere')
    expect(store.kernels.featuresOf(id)).toMatchObject(features)
  })

  it('marks a second kernel with the same IR and leaves it out of listings', () => {
    using store = newStore()
    store.kernels.add(sampleKernel('a', { irKey: 'same' }))
    expect(store.kernels.add(sampleKernel('b', { irKey: 'same' })).status).toBe('duplicate')
    expect(store.kernels.add(sampleKernel('c', { irKey: 'same' })).status).toBe('duplicate')
    expect(keys(store)).toEqual(['a'])
    expect(keys(store, { includeDuplicates: true })).toEqual(['a', 'b', 'c'])
    expect(store.kernels.find('c')?.duplicateOf).toBe('a')
    expect(store.kernels.count()).toBe(1)
  })

  it('takes no two kernels without IR for duplicates', () => {
    using store = newStore()
    for (const key of ['a', 'b']) store.kernels.add(sampleKernel(key, { irKey: null }))
    expect(keys(store)).toEqual(['a', 'b'])
  })

  it('never calls a mined kernel the duplicate of a synthesized one', () => {
    using store = newStore()
    store.kernels.add(sampleKernel('s', { irKey: 'same', origin: 'synthesized' }))
    expect(store.kernels.add(sampleKernel('m', { irKey: 'same' })).status).toBe('added')
    expect(store.kernels.add(sampleKernel('t', { irKey: 'same', origin: 'synthesized' })).status).toBe('duplicate')
    expect(store.kernels.find('t')?.duplicateOf).toBe('m')
  })

  it('takes over as mined what had been synthesized before', () => {
    using store = newStore()
    store.kernels.add(sampleKernel('a', { origin: 'synthesized', repository: null, licence: 'none' }))
    store.kernels.add(sampleKernel('a', { licence: 'Zlib' }))
    expect(store.kernels.find('a')).toMatchObject({ origin: 'mined', repository: 'someone/somewhere', licence: 'Zlib' })
  })

  it('refuses a record that breaks the schema', () => {
    using store = newStore()
    expect(() => store.kernels.add(sampleKernel(''))).toThrow(RangeError)
    expect(() => store.kernels.add(sampleKernel('a', { origin: 'found' as 'mined' }))).toThrow(/refuses this record/)
    expect(keys(store)).toEqual([])
  })
})

describe('holding out', () => {
  const cases = [
    { title: 'the same normal form', twin: { key: 'a' } },
    { title: 'the same IR', twin: { key: 'b', irKey: 'ir-a' } },
  ]
  for (const { title, twin } of cases) {
    it(`passes to a kernel with ${title}, whichever came first`, () => {
      const held = sampleKernel('a', { heldOut: 'name: rodinia', path: 'rodinia/a.cl' })
      for (const order of [
        [sampleKernel('a', twin), held],
        [held, sampleKernel('a', twin)],
      ]) {
        using store = newStore()
        for (const kernel of order) store.kernels.add(kernel)
        expect(keys(store, { includeDuplicates: true })).toEqual([])
        expect(keys(store, { includeDuplicates: true, heldOut: 'only' })).toHaveLength(
          new Set(order.map((k) => k.key)).size,
        )
      }
    })
  }

  it('does not pass to what was synthesized', () => {
    using store = newStore()
    store.kernels.add(sampleKernel('s', { irKey: 'same', origin: 'synthesized' }))
    store.kernels.add(sampleKernel('a', { irKey: 'same', heldOut: 'name: rodinia' }))
    store.kernels.add(sampleKernel('t', { irKey: 'same', origin: 'synthesized' }))
    expect(keys(store, { includeDuplicates: true })).toEqual(['s', 't'])
  })
})

describe('store.kernels.list', () => {
  it('pages through any number of kernels, and lets others write meanwhile', () => {
    using store = newStore()
    store.transaction(() => {
      for (let i = 0; i < 1203; i++) store.kernels.add(sampleKernel(`k${i}`))
    })
    const seen: string[] = []
    for (const { key } of store.kernels.list()) {
      if (seen.push(key) === 3) store.kernels.add(sampleKernel('late'))
    }
    expect(seen).toHaveLength(1204)
    expect(new Set(seen).size).toBe(1204)
    expect(keys(store, { limit: 501 })).toEqual(seen.slice(0, 501))
    expect(keys(store, { limit: 0 })).toEqual([])
  })

  it('filters by origin and repository', () => {
    using store = newStore()
    store.kernels.add(sampleKernel('a'))
    store.kernels.add(sampleKernel('b', { repository: 'x/y' }))
    store.kernels.add(sampleKernel('c', { origin: 'seed', repository: 'x/y' }))
    expect(keys(store, { repository: 'x/y' })).toEqual(['b', 'c'])
    expect(keys(store, { origin: 'mined', repository: 'x/y' })).toEqual(['b'])
    expect(Array.from(store.kernels.vectors('grewe', { origin: 'seed' }), ({ key }) => key)).toEqual(['c'])
  })
})

describe('store.kernels.find', () => {
  it('takes the start of a key where it fits one kernel only', () => {
    using store = newStore()
    for (const key of ['abc1', 'abc2', 'ad', 'adder']) store.kernels.add(sampleKernel(key))
    expect(store.kernels.find('abc1')?.key).toBe('abc1')
    expect(store.kernels.find('add')?.key).toBe('adder')
    expect(store.kernels.find('ad')?.key).toBe('ad')
    expect(store.kernels.find('abc')).toBeUndefined()
    expect(store.kernels.find('')).toBeUndefined()
    expect(store.kernels.find('x')).toBeUndefined()
  })
})
