// The parts of `bench model`, in the order they are measured. To add one: a file beside this one, and a line here.

import { bitsPart } from './bits.ts'
import { compilePart } from './compile.ts'
import { directedPart } from './directed.ts'
import { infillsPart } from './infills.ts'
import { overlapPart } from './overlap.ts'
import type { ModelPart } from './part.ts'
import { sizesPart } from './sizes.ts'
import { targetsPart } from './targets.ts'

export const modelParts: readonly ModelPart[] = [
  bitsPart,
  compilePart,
  infillsPart,
  sizesPart,
  overlapPart,
  directedPart,
  targetsPart,
]
