// Requests that no page of ours would send.

import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Database } from '../../../../corpora/index.ts'
import { CollectorClient } from '../../../../studies/index.ts'
import { smallStudy } from '../small-study.ts'
import { askRaw, type RawRequest } from './ask.ts'
import { answerAt } from './participants.ts'
import { start } from './running.ts'

const { study } = smallStudy()
const token = 'ab'.repeat(32)

describe('what comes from outside', () => {
  const json = { 'content-type': 'application/json' }
  const known = { ...json, authorization: `Bearer ${token}` }
  const answer = answerAt(study, study.schedules[0].id, 0, 0)
  const put = (body: unknown): RawRequest => ({
    method: 'PUT',
    path: '/api/participant',
    headers: known,
    body: JSON.stringify(body),
  })
  const post = (body: unknown): RawRequest => ({
    method: 'POST',
    path: '/api/answers',
    headers: known,
    body: JSON.stringify(body),
  })
  const withAnswer = (changes: object) => post({ answer: { ...answer, ...changes }, pauses: [] })
  const markup = '<script>alert(1)</script>'

  const bad: readonly (readonly [name: string, status: number, request: RawRequest])[] = [
    ['no consent', 400, put({ experience: 'none' })],
    ['consent that is not given', 400, put({ consent: false, experience: 'none' })],
    ['an unknown experience', 400, put({ consent: true, experience: markup })],
    ['a field too many', 400, put({ consent: true, experience: 'none', name: 'Ada' })],
    ['a prototype', 400, { ...put(null), body: '{"consent":true,"experience":"none","__proto__":{"x":1}}' }],
    ['an invitation that is none', 400, put({ consent: true, experience: 'none', invitation: "' OR 1=1 --" })],
    ['a list', 400, put([])],
    ['broken JSON', 400, { ...put(null), body: '{"consent":' }],
    ['no body', 400, { ...put(null), body: '' }],
    ['bytes that are no UTF-8', 400, { ...put(null), body: Buffer.from([0x22, 0xff, 0x22]) }],
    ['another label', 400, withAnswer({ label: markup })],
    ['a confidence beyond the scale', 400, withAnswer({ confidence: 6 })],
    ['a confidence between two', 400, withAnswer({ confidence: 2.5 })],
    ['a negative time', 400, withAnswer({ responseMs: -1 })],
    ['a time beyond all patience', 400, withAnswer({ responseMs: 1e12 })],
    ['a text for a time', 400, withAnswer({ responseMs: '1' })],
    ['an item of no schedule', 400, withAnswer({ item: 'ffffffffffff' })],
    ['an item of another place', 400, withAnswer({ order: 1 })],
    ['markup for an item', 400, withAnswer({ item: markup })],
    ['a place that is none', 400, withAnswer({ order: -1 })],
    ['a comment', 400, withAnswer({ comment: markup })],
    ['a pause that ends first', 400, post({ answer, pauses: [{ startMs: 2, endMs: 1 }] })],
    ['too many pauses', 400, post({ answer, pauses: Array(51).fill({ startMs: 1, endMs: 2 }) })],
    ['an answer without its frame', 400, post(answer)],
    ['an oversized body', 413, put({ consent: true, experience: 'x'.repeat(9_000) })],
    [
      'an oversized body in chunks',
      413,
      { ...put('x'.repeat(20_000)), headers: { ...known, 'transfer-encoding': 'chunked' } },
    ],
    ['a form', 415, { ...put(null), headers: { ...known, 'content-type': 'text/plain' } }],
    ['a compressed body', 415, { ...put(null), headers: { ...known, 'content-encoding': 'gzip' } }],
    ['no token', 401, { ...put({ consent: true, experience: 'none' }), headers: json }],
    ['a short token', 401, { path: '/api/participant', headers: { authorization: 'Bearer abc' } }],
    ['a token in the address', 401, { path: `/api/participant?token=${token}` }],
    [
      'a token with SQL in it',
      401,
      { path: '/api/participant', headers: { authorization: `Bearer ${"'".repeat(64)}` } },
    ],
    ['an unknown method', 405, { method: 'PATCH', path: '/api/participant', headers: known }],
    ['the key', 404, { path: '/key.json' }],
    ['the key, by a path', 404, { path: '/../key.json' }],
    ['the key, by an encoded path', 404, { path: '/%2e%2e/key.json' }],
    ['the answers', 404, { path: '/answers.db' }],
    ['the study', 404, { path: '/study.json' }],
    ['another host', 404, { path: 'http://example.org/' }],
    ['headers without end', 431, { headers: { 'x-long': 'x'.repeat(20_000) } }],
  ]

  it('is refused with its own status, changes nothing, and nothing of it comes back', async () => {
    const { url, counts } = await start()
    expect((await new CollectorClient(url, token).begin({ experience: 'none' })).status).toBe(201)
    const replies = await Promise.all(bad.map(([, , request]) => askRaw(url, request)))
    expect(replies.map(({ status }, i) => [bad[i][0], status])).toEqual(bad.map(([name, status]) => [name, status]))
    for (const { text, headers, status } of replies) {
      expect(text).not.toMatch(/alert|OR 1=1|Ada|xxx|origin|corpus/)
      if (status !== 431) expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' })
    }
    expect(counts()).toEqual({ started: 1, finished: 0, answers: 0 })
    expect((await new CollectorClient(url, token).state()).state).toMatchObject({ answered: 0 })
  })

  it('finds headers on every answer that let nothing run, frame, keep or lead back', async () => {
    const { url } = await start()
    for (const path of ['/', '/api/health', '/nothing', '/api/participant']) {
      const { headers } = await askRaw(url, { path, headers: { origin: 'https://example.org' } })
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      })
      expect(headers['content-security-policy']).toMatch(/^default-src 'none';.*frame-ancestors 'none'/)
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['set-cookie']).toBeUndefined()
    }
    const page = await askRaw(url, {})
    expect(page.text).not.toMatch(/contentKey|covariates|"seed"/)
    expect(await askRaw(url, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })

  it('is answered with 500, not a crash, where the file is out of order', async () => {
    const errors: unknown[] = []
    const { url, folder } = await start({ onError: (error) => errors.push(error) })
    {
      using database = new Database(join(folder, 'answers.db'), true)
      database.execute('DROP TABLE answers')
    }
    const reply = await askRaw(url, { path: '/api/health' })
    expect(reply).toMatchObject({ status: 500, text: expect.not.stringContaining('answers') })
    expect(errors).toHaveLength(1)
    expect((await askRaw(url, {})).status).toBe(200)
  })
})
