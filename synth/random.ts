// Seeded randomness, under the name by which this folder knows it.

export { Random } from '../kernels/index.ts'
