import { createHash } from 'node:crypto'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { renderSite } from '../../../../studies/index.ts'
import { hostileText, smallStudy } from '../small-study.ts'

const { study } = smallStudy()

function blocks(html: string, tag: string): string[] {
  return [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))].map((match) => match[1])
}

describe('renderSite', () => {
  it('gives the same page for the same study', () => {
    expect(renderSite(study)).toBe(renderSite(smallStudy().study))
  })

  it('lets nothing run but its own script and style, named by their hashes', () => {
    const html = renderSite(study)
    const { document } = parseHTML(html)
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? ''
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
    const [data, script] = blocks(html, 'script')
    expect(policy).toContain(`script-src ${hash(script)};`)
    expect(policy).toContain(`style-src ${hash(blocks(html, 'style')[0])};`)
    expect(policy).toContain("connect-src 'none'")
    expect(JSON.parse(data)).toMatchObject({ study: study.id, hasCollector: false })
    const markup = html.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, '')
    expect(markup).not.toMatch(/<[^>]*\s(?:on\w+|style|src)=|<link(?! rel="icon" href="data:,">)/)
    expect(markup).not.toMatch(/https?:\/\//)
  })

  it('speaks to its own host only where there is a collector', () => {
    expect(renderSite(study, { hasCollector: true })).toContain('connect-src &#39;self&#39;')
  })

  it('puts its modules together: no import, export or placeholder is left', () => {
    const html = renderSite(study)
    expect(blocks(html, 'script')[1]).not.toMatch(/^\s*(?:import|export)\s/m)
    expect(html).not.toMatch(/\{\{\w+\}\}/)
  })

  it('keeps every text as text, wherever it comes from', () => {
    const bad = `</script></template><img src=x onerror=alert(1)>{{script}}$&'"`
    const { texts, practice } = study
    const hostile = {
      ...study,
      title: bad,
      practice: [{ ...practice[0], text: bad, feedback: bad }],
      texts: {
        ...{ consent: [bad], instructions: [bad], experienceQuestion: bad, question: bad, confidenceQuestion: bad },
        ...{
          experienceLevels: [{ id: 'a', label: bad }, ...texts.experienceLevels],
          labels: { human: bad, machine: bad },
        },
        ...{ confidenceLevels: [bad, bad, bad, bad, bad] as const, thanks: [bad] },
      },
    }
    const html = renderSite(hostile)
    expect(html).not.toContain('<img')
    const { document } = parseHTML(html)
    expect(document.title).toBe(bad)
    expect(document.querySelectorAll('script').length).toBe(2)
    expect(document.querySelector('legend')?.textContent).toBe(bad)
    expect(JSON.parse(blocks(html, 'script')[0]).practice[0].feedback).toBe(bad)
  })

  it('has each kernel in an inert template', () => {
    const { document } = parseHTML(renderSite(study))
    const hostile = document.querySelector(`template[id="kernel-${study.items[2].id}"]`)
    expect(hostile?.textContent).toBe(hostileText)
    expect(document.querySelectorAll('template').length).toBe(study.items.length + study.practice.length)
  })
})
