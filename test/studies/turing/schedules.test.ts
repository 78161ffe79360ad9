import { describe, expect, it } from 'vitest'
import { insertChecks, williamsDesign } from '../../../studies/turing/export/schedules.ts'
import { Random } from '../../../synth/random.ts'

describe('williamsDesign', () => {
  it.each([2, 4, 40])('has each of %i things at each place once, and after each other once', (count) => {
    const orders = williamsDesign(count)
    expect(orders).toHaveLength(count)
    const places = new Set(orders.flatMap((order) => order.map((thing, place) => `${thing} at ${place}`)))
    expect(places.size).toBe(count * count)
    const pairs = orders.flatMap((order) => order.slice(1).map((thing, i) => `${order[i]} ${thing}`))
    expect(new Set(pairs).size).toBe(count * (count - 1))
    expect(pairs).toHaveLength(count * (count - 1))
  })

  it('refuses an odd number', () => {
    expect(() => williamsDesign(5)).toThrow('count: expected an even number of things, received 5')
  })
})

describe('insertChecks', () => {
  const order = Array.from({ length: 20 }, (_, i) => `k${i}`)

  it('leaves the order alone and puts a check into each part of it', () => {
    const random = new Random(1)
    for (let n = 0; n < 50; n++) {
      const whole = insertChecks(order, ['x', 'y'], random)
      expect(whole.filter((one) => one.startsWith('k'))).toEqual(order)
      const places = ['x', 'y'].map((check) => whole.indexOf(check)).sort((a, b) => a - b)
      expect(places[0]).toBeGreaterThan(1)
      expect(places[0]).toBeLessThan(10)
      expect(places[1]).toBeGreaterThan(11)
      expect(places[1]).toBeLessThan(20)
    }
  })

  it('puts each check first about half of the time', () => {
    const random = new Random(2)
    const first = Array.from({ length: 200 }, () => insertChecks(order, ['x', 'y'], random)).filter(
      (whole) => whole.indexOf('x') < whole.indexOf('y'),
    )
    expect(first.length).toBeGreaterThan(70)
    expect(first.length).toBeLessThan(130)
  })
})
