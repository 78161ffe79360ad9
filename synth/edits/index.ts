// Public names of the edits.
export { type Edit, type EditKind, type EditToken, isInteger, isNumeric, moveEdit } from './edit.ts'
export { fuseKernels } from './fuse.ts'
export { editKinds } from './registry.ts'
export { broadClass } from './token-classes.ts'
export { type Expression, readKernel, type TypedKernel, type Variable } from './typed-kernel.ts'
