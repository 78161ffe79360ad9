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

  it('gives a name one meaning, a type where it stands for one anywhere', () => {
    const log = "3:9: use of undeclared identifier 'T'\n1:8: unknown type name 'T'"
    expect(guessDefines(log)).toEqual(['T=float'])
    expect(guessDefines(log, ['T=int'])).toEqual([])
    expect(guessDefines("1:8: unknown type name 'u16'\n1:8: unknown type name 's8'")).toEqual(['u16=ushort', 's8=char'])
  })

  it('leaves what no macro can mend', () => {
    expect(guessDefines("1:1: use of undeclared identifier 'counter'\n2:1: expected ';'")).toEqual([])
    expect(guessDefines("implicit declaration of function 'FOO' is invalid in OpenCL")).toEqual([])
    expect(guessDefines("implicit declaration of function 'helper' is invalid in OpenCL")).toEqual([])
    expect(guessDefines('')).toEqual([])
  })
})

describe('guessDefines, of functions', () => {
  it.each([
    ['READ_src_IMAGE', 'read_imagef'],
    ['RI_DATA', 'read_imagef'],
    ['read_imageCMD_DATA_TYPE', 'read_imagef'],
    ['WRITE_IMAGE', 'write_imagef'],
    ['GET_IMAGE_WIDTH', 'get_image_width'],
    ['CONVERT_COMPUTE_FLOAT4', 'convert_float4'],
    ['CONVERT_dst_PIXEL_TYPE', 'convert_uchar'],
    ['MAX', 'max'],
  ])('takes %s for %s', (name, builtIn) => {
    const log = `3:4: implicit declaration of function '${name}' is invalid in OpenCL`
    expect(guessDefines(log)).toEqual([`${name}(...)=${builtIn}(__VA_ARGS__)`])
  })

  it('takes images for what is named like one, volumes where something is said of depth', () => {
    const log = "1:1: unknown type name 'IMAGE_src_TYPE'\n1:9: unknown type name 'IMAGE_dst_TYPE'"
    expect(guessDefines(log)).toEqual(['IMAGE_src_TYPE=__read_only image2d_t', 'IMAGE_dst_TYPE=__write_only image2d_t'])
    expect(guessDefines(`${log}\nimplicit declaration of function 'GET_IMAGE_DEPTH'`)[0]).toMatch(/image3d_t$/)
  })

  it('makes half float', () => {
    for (const message of [
      "loading directly from pointer to type '__global half' requires cl_khr_fp16",
      "use of undeclared identifier 'half8'",
    ])
      expect(guessDefines(message)).toEqual(
        expect.arrayContaining(['half=float', 'half8=float8', 'convert_half4=convert_float4']),
      )
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
