import { join } from 'node:path'
import { DOMParser, parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { readSummary, type SpaceSummary, Store } from '../../../corpora/index.ts'
import { drawSpace } from '../../../corpora/summary/charts.ts'
import { draw as drawPlot, type Picture, standalone } from '../../../corpora/summary/drawing.ts'
import { temporaryFolder } from '../samples.ts'
import { addSampleSearches, addSearch, traceOf } from './sample-store.ts'

function spaceOf(fill: (store: Store) => void): SpaceSummary {
  using store = Store.open(join(temporaryFolder(), 'run.db'))
  fill(store)
  return readSummary(store).spaces[0]
}

const mined = Array.from({ length: 400 }, (_, i) => [i % 20, i % 7, Math.floor(i / 20), 0])

/** By name, as parsed. Every number in it is finite, and Plot has nothing to warn of. */
function draw(space: SpaceSummary, cloud: readonly number[][] = mined) {
  const pictures = drawSpace(space, cloud)
  for (const { svg } of pictures) expect(svg).not.toMatch(/NaN|Infinity|undefined|⚠/)
  return new Map(pictures.map((picture) => [picture.name, { ...picture, ...parse(picture) }]))
}

function parse({ svg }: Picture) {
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`)
  const all = (selector: string) => [...document.querySelectorAll(selector)]
  const texts = all('text').map((element) => String(element.textContent))
  const marked = (colour: string) => all(`[fill="var(--${colour})"] circle, [fill="var(--${colour})"] path`).length
  return { all, texts, marked }
}

describe('drawSpace', () => {
  it('names each target with its proximity, and marks exact ones', () => {
    const picture = draw(spaceOf(addSampleSearches)).get('proximity')
    expect(picture?.texts).toEqual(
      expect.arrayContaining(['lost', 'rodinia/bfs/BFS_1', 'exact', '0.00', '90.00', '100']),
    )
    expect(picture?.marked('exact')).toBe(1)
    expect(picture?.marked('near')).toBe(2)
  })

  it('shows several rounds as dots of their own', () => {
    const space = spaceOf((store) => {
      for (const seed of [1, 2, 3]) addSearch(store, { target: 'a', seed, found: { [`a${seed}`]: 90 + seed } })
    })
    expect(draw(space).get('proximity')?.marked('faint')).toBe(3)
  })

  it('draws a curve of many targets, and names the farthest', () => {
    const space = spaceOf((store) => {
      for (let i = 0; i < 200; i++) addSearch(store, { target: `t${i}`, found: { [`k${i}`]: 50 + i / 4 } })
    })
    const pictures = draw(space)
    expect(pictures.get('proximity')?.all('circle').length).toBe(200)
    expect(pictures.get('proximity')?.texts).not.toContain('t0')
    const named = pictures.get('farthest')?.texts.filter((text) => /^t\d+$/.test(text))
    expect(named).toEqual(Array.from({ length: 60 }, (_, i) => `t${i}`))
    expect(pictures.get('farthest')?.caption).toMatch(/^The 60 farthest targets/)
  })

  it('draws a line for each search that was traced, and says which are left out', () => {
    const picture = draw(spaceOf(addSampleSearches)).get('progress')
    expect(picture?.texts).toEqual(expect.arrayContaining(['rodinia/bfs/BFS_1', 'exact', '0.2', '0.5', '1', '5']))
    expect(picture?.all('[stroke="var(--faint)"] path').length).toBe(2)
    const many = spaceOf((store) => {
      for (let i = 0; i < 250; i++) addSearch(store, { target: `t${i}`, trace: traceOf([0, 100, 50], [1, 900, 60]) })
    })
    const { caption, all } = draw(many).get('progress') ?? expect.fail()
    expect(caption).toContain('200 of 250 searches are drawn')
    expect(all('[stroke="var(--faint)"] path').length).toBe(200)
  })

  it('draws the same over generations, and tells lines by dashes and symbols as well', () => {
    const picture = draw(spaceOf(addSampleSearches)).get('generations') ?? expect.fail()
    expect(picture.caption).toBe('The nearest kernel of each search so far, over generations.')
    expect(picture.texts).toEqual(expect.arrayContaining(['rodinia/bfs/BFS_1', 'exact', '0', '1', '2', '5']))
    expect(picture.all('[stroke="var(--faint)"] path').length).toBe(2)
    const lines = picture.all('g[aria-label="line"][stroke^="var(--hue"]')
    expect(lines.map((line) => line.getAttribute('stroke-dasharray'))).toEqual(['0', '7 3'])
    const ends = picture
      .all('g[aria-label="dot"][fill^="var(--hue"]')
      .map((dot) => dot.innerHTML.replace(/ transform="[^"]*"/g, ''))
    expect(new Set(ends).size).toBe(2)
    expect(ends).toHaveLength(4)
    const still = spaceOf((store) => addSearch(store, { target: 'a', trace: traceOf([0, 100, 100]) }))
    expect(draw(still).get('generations')?.texts).toContain('0')
  })

  it('keeps the names at the ends of lines apart', () => {
    const space = spaceOf((store) => {
      for (const target of 'abcdef') addSearch(store, { target, trace: traceOf([0, 100, 99.9], [1, 200, 100]) })
    })
    const labels = draw(space).get('progress')?.all('text[fill^="var(--hue"]') ?? []
    const heights = labels.map((label) => Number(/,([\d.]+)\)/.exec(String(label.getAttribute('transform')))?.[1]))
    const gaps = heights.sort((a, b) => a - b).map((y, i) => (i === 0 ? 13 : y - heights[i - 1]))
    expect(heights.length).toBe(6)
    expect(Math.min(...gaps)).toBeGreaterThan(12)
  })

  it('draws targets as rings and kernels as dots over the mined corpus', () => {
    const { marked, all, caption } = draw(spaceOf(addSampleSearches)).get('coverage') ?? expect.fail()
    expect(all('[stroke="var(--far)"] circle').length).toBe(2) // that of `lost`, and that of the others
    expect(marked('near')).toBe(2)
    expect(marked('cloud')).toBeGreaterThan(20)
    expect(caption).toContain('mined corpus')
  })

  it('says which features of the user its axes are made of', () => {
    const label = (name: boolean): string => {
      const space = spaceOf((store) => {
        addSearch(store, { target: 't', space: 'mine', found: { a: 50, b: 60 } })
        if (name) store.kernels.nameFeatures('mine', ['lines', 'loops', 'calls', 'depth'])
      })
      const { svg } = draw(space, []).get('coverage') ?? expect.fail()
      return /first component[^<]*/.exec(svg)?.[0] ?? ''
    }
    expect(label(true)).toBe('first component, 100 % of variance: lines')
    expect(label(false)).toBe('first component, 100 % of variance')
  })

  it('does without the mined corpus', () => {
    const { marked, caption } = draw(spaceOf(addSampleSearches), []).get('coverage') ?? expect.fail()
    expect(marked('cloud')).toBe(0)
    expect(caption).not.toContain('mined')
  })

  it('leaves out a mined corpus of another number of features', () => {
    expect(
      draw(spaceOf(addSampleSearches), [[1], [2]])
        .get('coverage')
        ?.marked('cloud'),
    ).toBe(0)
  })

  it('draws no more than the data allows', () => {
    const space = spaceOf((store) => addSearch(store, { target: 'lost' }))
    expect([...draw(space, []).keys()]).toEqual(['proximity'])
  })

  it('shortens long names in the middle, and keeps markup text', () => {
    const target = `<script>alert(1)</script>${'x'.repeat(100)}end`
    const picture = draw(spaceOf((store) => addSearch(store, { target, found: { a: 50 } }))).get('proximity')
    expect(picture?.texts).toContain(`<script>alert(1)</sc…${'x'.repeat(16)}end`)
    expect(picture?.all('script')).toEqual([])
  })
})

describe('standalone', () => {
  it('is XML whatever it is called', () => {
    const svg = standalone(drawPlot(`a > "b" <style> & \u0000`, {}))
    const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement
    expect(svg).toContain('aria-label="a &gt; &quot;b&quot; &lt;style&gt; &amp; \ufffd"')
    expect([...(root?.children ?? [])].map(({ tagName }) => tagName)).toEqual(['style', 'style', 'rect'])
  })
})
