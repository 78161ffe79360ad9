// The version in package.json.

import { readFileSync } from 'node:fs'
import { packagePath } from '../kernels/index.ts'

/** Of this benchsteer, as `0.1.0`; part of the provenance of every result. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }
  return version
}
