// The trainer's own function, where Python can run it; the committed table stands in elsewhere.

import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { packagePath } from '../../kernels/index.ts'
import { Random, valueBucket } from '../../synth/index.ts'
import { bucketTable } from './bucket-table.ts'

const program = `
import json, sys
sys.path.insert(0, sys.argv[1])
from dataset import value_bucket
print(json.dumps([value_bucket(value, ratio) for value, ratio in json.load(sys.stdin)]))
`

/** @returns undefined where Python or numpy is missing */
function trainerBuckets(samples: readonly (readonly [number, boolean])[]): number[] | undefined {
  const args = ['-c', program, packagePath('synth', 'train')]
  const { status, stdout } = spawnSync('/usr/bin/python3', args, { input: JSON.stringify(samples), encoding: 'utf8' })
  return status === 0 ? (JSON.parse(stdout) as number[]) : undefined
}

it('puts values into the same buckets as the trainer', (context) => {
  const rng = new Random(1)
  const samples = Array.from({ length: 2000 }, (): [number, boolean] => {
    const value = 2 ** (rng.next() * 40 - 8)
    return [rng.next() < 0.5 ? value : Math.round(value * 2) / 2, rng.next() < 0.5]
  })
  samples.push(...bucketTable.map(([value, isRatio]): [number, boolean] => [value, isRatio]))
  const expected = trainerBuckets(samples)
  if (expected === undefined) context.skip('/usr/bin/python3 has no numpy: apt-get install python3-numpy')
  expect(samples.map(([value, isRatio]) => valueBucket(value, isRatio))).toEqual(expected)
})
