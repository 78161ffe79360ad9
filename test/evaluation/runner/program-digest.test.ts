import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { digestOf, programDigest } from '../../../evaluation/runner/program-digest.ts'

const root = mkdtempSync(join(tmpdir(), 'benchsteer-digest-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function filesWith(...contents: readonly string[]): string[] {
  const folder = mkdtempSync(join(root, 'files-'))
  return contents.map((content, i) => {
    writeFileSync(join(folder, `${i}`), content)
    return join(folder, `${i}`)
  })
}

describe('the digest of the program', () => {
  it('is the same each time it is asked for', () => {
    expect(programDigest()).toMatch(/^[0-9a-f]{16}$/)
    expect(programDigest()).toBe(programDigest())
  })

  it('depends on what files hold and not on where they lie', () => {
    expect(digestOf(filesWith('a', 'b'))).toBe(digestOf(filesWith('a', 'b')))
    const others = [filesWith('a', 'c'), filesWith('ab', ''), filesWith('b', 'a')].map(digestOf)
    expect(new Set([digestOf(filesWith('a', 'b')), ...others]).size).toBe(4)
  })
})
