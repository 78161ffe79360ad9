import { describe, expect, it } from 'vitest'
import { guessDefines, guessType } from '../../corpora/guess-defines.ts'

describe('guessDefines', () => {
  it('gives types to unknown types and numbers to what is spelled like a macro, each once', () => {
    const log = [
      "1:2: unknown type name 'real_t'",
      "2:5: use of undeclared identifier 'TILE_WIDTH'",
      "3:5: use of undeclared identifier 'TILE_WIDTH'",
      "4:5: use of undeclared identifier 'RADIUS'",
      "5:5: use of undeclared identifier 'ALPHA'",
      "6:5: use of undeclared identifier 'DATA_TYPE'",
    ]
    expect(guessDefines(log.join('\n'))).toEqual([
      'real_t=float',
      'TILE_WIDTH=16',
      'RADIUS=2',
      'ALPHA=0.5f',
      'DATA_TYPE=float',
    ])
  })

  it('leaves what no macro can mend', () => {
    expect(guessDefines("1:1: use of undeclared identifier 'counter'\n2:1: expected ';'")).toEqual([])
    expect(guessDefines("implicit declaration of function 'FOO' is invalid in OpenCL")).toEqual([])
    expect(guessDefines('')).toEqual([])
  })
})

it.each([
  ['hash_t', 'uint'],
  ['pixel4', 'uchar4'],
  ['index_t', 'int'],
  ['real2', 'float2'],
  ['vec3_t', 'float3'],
  ['T16', 'float16'],
  ['element32', 'float'],
])('guesses %s as %s', (name, type) => {
  expect(guessType(name)).toBe(type)
})
