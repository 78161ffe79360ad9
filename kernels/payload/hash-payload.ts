// One short name for a payload, so that rows about the same launch can be told from others.

import { createHash } from 'node:crypto'
import type { Payload } from './payload.ts'

/** Of kernel, ranges and every byte of the arguments: 32 hexadecimal digits. */
export function hashPayload({ kernel, globalSize, localSize, arguments: values }: Payload): string {
  const hash = createHash('sha256').update(JSON.stringify([kernel, globalSize, localSize]))
  for (const argument of values) {
    const { bytes, ...rest } = 'bytes' in argument ? argument : { ...argument, bytes: new Uint8Array(0) }
    hash.update(JSON.stringify(rest)).update(bytes)
  }
  return hash.digest('hex').slice(0, 32)
}
