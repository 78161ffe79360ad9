import { describe, expect, it } from 'vitest'
import { lex } from '../../kernels/index.ts'
import { countIdleOperations } from '../../synth/search/natural.ts'
import { seedForms } from './seed-forms.ts'

const count = (code: string): number => countIdleOperations(lex(code).map(({ text }) => text))

describe('countIdleOperations', () => {
  it.each([
    'x = y * 1;',
    'f(0 * 1)',
    'a[i + 0]',
    'x = 1.0f * y;',
    'x = a / 1;',
    'y = x << 0;',
    '(0 + x)',
    'x = a - 0;',
    'x = a * 0;',
    'while (a > 0 && 1)',
    'get_local_id(0 - 32)',
    'a[0] += 0;',
    'for (; n; i <<= 0)',
    'x /= 1.0f;',
    'get_global_id(n)',
  ])('finds one in %j', (code) => expect(count(code)).toBe(1))

  it.each([
    'x = y * 10;',
    'a[i + 1]',
    'x = 1.0f / y;',
    'x = 0 - y;',
    'int *p = 0;',
    'x = a * -1;',
    'f(3 * 2.5f + x)',
    'x = y - 4 * z',
    'x = a * 1e3f;',
    'for (int i = 0; i < n; i++)',
    'x = n > 0 ? 1 : 0;',
    'x = a + 0.5f;',
    '1 << x',
    'get_global_id(2)',
    'x = a & 1;',
    'x += 0.5f;',
    'n >>= 1;',
    'x -= 1;',
    'x *= 1 + y;',
  ])('finds none in %j', (code) => expect(count(code)).toBe(0))

  it('finds next to none in what people write', () => {
    const idle = seedForms.filter(({ tokens }) => countIdleOperations(tokens) > 0)
    expect(idle.length).toBeLessThanOrEqual(1)
  })
})
