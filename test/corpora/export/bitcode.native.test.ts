import { describe, expect, it } from 'vitest'
import { bitcodeFormat } from '../../../corpora/export/bitcode.ts'
import { Store } from '../../../corpora/index.ts'
import { findClang } from '../../../kernels/index.ts'
import { sampleKernel } from '../samples.ts'
import { gather, keyOf, mined, sampleStore, sourceOf } from './sample-store.ts'

describe('bitcode', () => {
  it('has a module per kernel, and a line without a file for one that clang refuses', async () => {
    using store = Store.open(sampleStore())
    const good = keyOf('f')
    store.kernels.add(sampleKernel(good, { features: {} }))
    const files = await gather(bitcodeFormat.render(sourceOf(store, { what: 'kernels', origin: 'mined' })))
    const [refused, compiled] = files.map(({ line }) => JSON.parse(line))
    const toolchain = `clang ${findClang().version}`
    expect(files[0].file).toBeNull()
    expect(refused).toMatchObject({ file: null, toolchain, stage: 'compile', key: mined })
    expect(refused.log).toMatch(/^2:9: assigning/)
    expect(files[1].file?.name).toBe(`${good}.bc`)
    expect([...(files[1].file?.content ?? [])].slice(0, 4)).toEqual([0x42, 0x43, 0xc0, 0xde])
    expect(compiled).toMatchObject({ file: `${good}.bc`, toolchain, key: good, licence: 'MIT' })
  })
})
