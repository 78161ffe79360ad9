import { describe, expect, it } from 'vitest'
import { lex, printTokens } from '../../kernels/index.ts'
import { Random } from '../../synth/index.ts'
import { plainSeeds } from './seed-units.ts'

const textsOf = (source: string): string[] => lex(source).map(({ text }) => text)
const printed = (source: string): string => printTokens(textsOf(source))

const alphabet = [
  ...'+ - * / % & | ^ ~ ! < > = ? : ; , . ( ) [ ] { } -> ++ -- << >> <= >= == != && || += -= *= /= <<= >>= ... ##'.split(
    ' ',
  ),
  '"s t"',
  ...`a v0 kernel if for return case default else do 1 0xe 1e 1.5e-3f .5 1. 'c' int float4 const`.split(' '),
]

describe('printTokens', () => {
  it('lexes back to the tokens of every seed kernel', () => {
    for (const { source, name } of plainSeeds) {
      const tokens = textsOf(source)
      expect(textsOf(printTokens(tokens)), name).toEqual(tokens)
    }
  })

  it('lexes back to any soup of tokens', () => {
    const rng = new Random(1)
    for (let round = 0; round < 3000; round++) {
      const tokens = Array.from({ length: 1 + rng.below(12) }, () => rng.pick(alphabet))
      expect(textsOf(printTokens(tokens))).toEqual(tokens)
    }
  })

  it('lexes back to every pair of tokens', () => {
    for (const a of alphabet) for (const b of alphabet) expect(textsOf(printTokens(['x', a, b]))).toEqual(['x', a, b])
  })

  it('puts one statement on a line, two spaces a block', () => {
    const source = 'kernel void f0(global int*p0){for(int v0=0;v0<4;v0++){if(v0)p0[v0]=-1;else{p0[0]=(int)v0*2;}}}'
    expect(printed(source)).toBe(
      [
        'kernel void f0(global int *p0) {',
        '  for (int v0 = 0; v0 < 4; v0++) {',
        '    if (v0) p0[v0] = -1;',
        '    else {',
        '      p0[0] = (int) v0 * 2;',
        '    }',
        '  }',
        '}',
        '',
      ].join('\n'),
    )
  })

  it('keeps initialisers on their line and ends lines after labels', () => {
    expect(printed('constant int g0[2] = {1, 2};')).toBe('constant int g0[2] = { 1, 2 };\n')
    expect(printed('switch (a) { case 1: b(); default: c(); }')).toBe(
      'switch (a) {\n  case 1:\n  b();\n  default:\n  c();\n}\n',
    )
  })

  it('is stable, and empty for nothing', () => {
    for (const { source } of plainSeeds.slice(0, 30)) expect(printed(printed(source))).toBe(printed(source))
    expect(printTokens([])).toBe('')
  })
})
