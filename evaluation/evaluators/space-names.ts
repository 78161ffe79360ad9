// Names of the features of a space, also of joint spaces and of those of users.

import { featureSpaces } from '../../features/index.ts'

/** @param space - id, joint ones with `+` @param length - of its vectors; names that do not fit become numbers */
export function resolveFeatureSpaceNames(space: string, length: number): string[] {
  const names = space.split('+').flatMap((id) => featureSpaces.find((own) => own.id === id)?.names ?? [])
  return names.length === length ? [...names] : Array.from({ length }, (_, i) => `feature ${i + 1}`)
}
