import { describe, expect, it } from 'vitest'
import { ChildPool, type PoolChild } from '../../../kernels/run/child-pool.ts'

class Child implements PoolChild {
  isAlive = true
  isOpen = false
  readonly #fails: boolean

  constructor(fails = false) {
    this.#fails = fails
  }

  async open(): Promise<void> {
    await Promise.resolve()
    if (this.#fails) throw new Error('cannot open')
    this.isOpen = true
  }

  [Symbol.dispose](): void {
    this.isAlive = false
  }
}

async function filled(workers: number, spares: number): Promise<{ pool: ChildPool<Child>; made: Child[] }> {
  const made: Child[] = []
  const pool = new ChildPool<Child>('Owner', () => {
    const child = new Child()
    made.push(child)
    return child
  })
  await pool.fill({ workers, spares })
  return { pool, made }
}

describe('ChildPool', () => {
  it('lends as many as there are workers, and makes others wait', async () => {
    const { pool } = await filled(2, 1)
    const first = await pool.take()
    await pool.take()
    let isLent = false
    const third = pool.take().then((child) => {
      isLent = true
      return child
    })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(isLent).toBe(false)
    pool.giveBack(first)
    expect(await third).toBe(first)
  })

  it('replaces what has died, lent or idle', async () => {
    const { pool, made } = await filled(1, 1)
    const first = await pool.take()
    first.isAlive = false
    pool.giveBack(first)
    const second = await pool.take()
    expect(second).not.toBe(first)
    expect(second.isOpen).toBe(true)
    pool.giveBack(second)
    for (const child of made) child.isAlive = false
    expect((await pool.take()).isAlive).toBe(true)
  })

  it('passes on why a child cannot be opened, and goes on when it can again', async () => {
    let fails = false
    const pool = new ChildPool<Child>('Owner', () => new Child(fails))
    await pool.fill({ workers: 1, spares: 0 })
    const first = await pool.take()
    fails = true
    first.isAlive = false
    pool.giveBack(first)
    const attempt = pool.take()
    fails = false
    await expect(attempt).rejects.toThrow('cannot open')
    expect((await pool.take()).isOpen).toBe(true)
  })

  it('ends its children and those who wait', async () => {
    const { pool, made } = await filled(1, 1)
    await pool.take()
    const waiting = pool.take()
    pool[Symbol.dispose]()
    await expect(waiting).rejects.toThrow('Owner was used after it was disposed of')
    await expect(pool.take()).rejects.toThrow('Owner')
    expect(made.every((child) => !child.isAlive)).toBe(true)
  })

  it('refuses sizes out of range', async () => {
    const pool = new ChildPool<Child>('Owner', () => new Child())
    await expect(pool.fill({ workers: 0, spares: 0 })).rejects.toThrow(
      'workers: expected an integer from 1 to 64, received 0',
    )
    await expect(pool.fill({ workers: 1, spares: -1 })).rejects.toThrow('spares: expected an integer from 0 to 64')
  })
})
