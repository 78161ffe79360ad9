// Placeholder until the feature spaces land.
import type { ParsedUnit } from '../kernels/index.ts'
export interface FeatureSpace { readonly id: string; readonly input: 'syntax' | 'ir'; extractModule(ir: string): Float64Array; extractUnit(unit: ParsedUnit): readonly { kernel: string; isKernel: boolean; values: Float64Array }[] }
export const featureSpaces: readonly FeatureSpace[] = []
