// Public names of the edits.
export type { Edit, EditKind, EditToken } from './edit.ts'
export { fuseKernels } from './fuse.ts'
export { editKinds } from './registry.ts'
export { broadClass } from './token-classes.ts'
export { readKernel, type TypedKernel } from './typed-kernel.ts'
