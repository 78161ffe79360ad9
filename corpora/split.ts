// Training or validation, decided by repository and never by kernel: one author's kernels resemble each other. The
// side is a hash of the bare repository name, so it never moves as a corpus grows, and forks by others share it.

import { createHash } from 'node:crypto'

/** Chosen once so that no single large repository makes up the validation side. */
const salt = 'split-0:'

/** Side of the split between training and validation. */
export type Side = 'train' | 'validation'

/**
 * The side of one repository.
 * @param repository - `owner/name` or a bare name
 * @param validationShare - expected share of repositories in validation, 0 to 1; default 0.08
 */
export function sideOf(repository: string, validationShare = 0.08): Side {
  if (!(validationShare >= 0 && validationShare <= 1)) {
    throw new RangeError(`validationShare: expected 0 to 1, received ${validationShare}`)
  }
  const digest = createHash('sha256')
    .update(`${salt}${bareName(repository)}`)
    .digest()
  return digest.readUIntBE(0, 6) < validationShare * 2 ** 48 ? 'validation' : 'train'
}

/** `Owner/Name.git` → `name`. */
function bareName(repository: string): string {
  const name = repository.replace(/\/+$/, '').split('/').at(-1) ?? ''
  return name.toLowerCase().replace(/\.git$/, '')
}
