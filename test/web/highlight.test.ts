import { describe, expect, it } from 'vitest'
import { highlight } from '../../web/index.ts'
import { hostileText } from '../studies/turing/small-study.ts'

/** What a browser would show. */
function shown(html: string): string {
  const text = html.replace(/<\/?span[^>]*>/g, '')
  expect(text).not.toMatch(/[<>"']/)
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

describe('highlight', () => {
  it('tells keywords, types, calls, numbers and comments apart', () => {
    expect(highlight('kernel void f0(global float4 *p0) { p0[1] = sqrt(p0[0]); } // done')).toBe(
      '<span class="line"><span class="keyword">kernel</span> <span class="type">void</span> ' +
        '<span class="call">f0</span>(<span class="keyword">global</span> <span class="type">float4</span> *p0) ' +
        '{ p0[<span class="number">1</span>] = <span class="call">sqrt</span>(p0[<span class="number">0</span>]); } ' +
        '<span class="comment">// done</span>\n</span>',
    )
  })

  it('loses nothing of the text but white space at the end', () => {
    for (const text of [hostileText, '/* a\n\n b */\nint x;\n', '"open\n#define A \\\n  1\n', '\t\u00e9 @ `', '']) {
      expect(shown(highlight(text))).toBe(`${text.trimEnd()}\n`)
    }
  })

  it('makes a line of each line, also within a comment', () => {
    expect(highlight('/* a\n b */ int')).toBe(
      '<span class="line"><span class="comment">/* a</span>\n</span>' +
        '<span class="line"><span class="comment"> b */</span> <span class="type">int</span>\n</span>',
    )
  })

  it('takes time linear in the text', () => {
    expect(highlight('/*'.repeat(50_000)).length).toBeGreaterThan(100_000)
    expect(highlight('//\\'.repeat(30_000)).length).toBeGreaterThan(90_000)
  })
})
