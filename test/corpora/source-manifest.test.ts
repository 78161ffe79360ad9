import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  formatSourceManifest,
  heldOutByName,
  isPin,
  type PinnedSource,
  readSourceManifest,
  sourcesFile,
} from '../../corpora/index.ts'
import { packagePath } from '../../kernels/index.ts'
import { temporaryFolder } from './samples.ts'

const commit = '0123456789abcdef0123456789abcdef01234567'
const one: PinnedSource = { repository: 'a/b', commit, licence: 'MIT', kernels: 3 }
const two: PinnedSource = { repository: 'a/b-c', commit, licence: 'unknown' }

function fileWith(content: unknown): string {
  const path = join(temporaryFolder(), 'sources.json')
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('readSourceManifest', () => {
  it('reads what was written, in the order of names', () => {
    const text = formatSourceManifest([two, one])
    expect(readSourceManifest(fileWith(text))).toEqual([one, two])
    expect(formatSourceManifest([one, two])).toBe(text)
    expect(readSourceManifest(fileWith(formatSourceManifest([])))).toEqual([])
  })

  it.each<[string, unknown, string]>([
    ['no JSON', '{', ': not JSON: '],
    ['no list', { sources: 7 }, ': sources: expected a list, received 7'],
    ['nothing', [], ': sources: expected a list'],
    ['no object', { sources: [one, 'x'] }, ': sources[1]: expected an object, received "x"'],
    ['no name', { sources: [{ ...one, repository: 'b' }] }, '[0].repository: expected owner/name, received "b"'],
    ['a path', { sources: [{ ...one, repository: 'a/..' }] }, '[0].repository: expected owner/name, received "a/.."'],
    ['an option', { sources: [{ ...one, repository: '-a/b' }] }, '[0].repository: expected owner/name'],
    [
      'a branch',
      { sources: [{ ...one, commit: 'main' }] },
      '[0].commit: expected 40 lower-case hex digits, received "main"',
    ],
    ['no licence', { sources: [{ repository: 'a/b', commit }] }, '[0].licence: expected the name of a licence'],
    ['half a kernel', { sources: [{ ...one, kernels: 0.5 }] }, '[0].kernels: expected a whole number, received 0.5'],
    ['one twice', { sources: [one, two, one] }, `: sources[2]: a/b at ${commit} is listed twice`],
  ])('refuses %s, naming file, entry and field', (_, content, message) => {
    const path = fileWith(content)
    expect(() => readSourceManifest(path)).toThrow(RangeError)
    expect(() => readSourceManifest(path)).toThrow(`manifest ${path}`)
    expect(() => readSourceManifest(path)).toThrow(message)
  })

  it('names a file that is not there', () => {
    expect(() => readSourceManifest('none.json')).toThrow('manifest none.json: cannot be read')
  })
})

describe('the shipped manifest', () => {
  const path = packagePath(sourcesFile)
  const sources = readSourceManifest(path)

  it('is as `corpora manifest` would write it', () => {
    expect(sources.every(isPin)).toBe(true)
    expect(formatSourceManifest(sources)).toBe(readFileSync(path, 'utf8'))
  })

  it('names no evaluation suite', () => {
    expect(sources.map(({ repository }) => heldOutByName(repository, '')).filter(Boolean)).toEqual([])
  })
})
