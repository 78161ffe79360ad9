// Public names of features/: feature spaces, their registry, and distances between vectors.
export { autophase } from './autophase.ts'
export { typeOf, withoutParentheses } from './c-expressions.ts'
export { type Declared, readDeclarator, Scopes } from './c-scopes.ts'
export type { CType } from './c-types.ts'
export {
  benchpress,
  type Distance,
  euclidean,
  findMetric,
  type Metric,
  metrics,
  relativeProximity,
  standardDeviations,
  standardised,
} from './distance.ts'
export { grewe } from './grewe.ts'
export { instcount } from './instcount.ts'
export { measureBlocks } from './ir-walk.ts'
export { joinSpaces, joinValues, measureKernel, needsIr, partsOf } from './joint.ts'
export { featureSpaces, findFeatureSpace, loadFeatureSpace, resolveFeatureSpace } from './registry.ts'
export { type LinearSum, quotientsOf, type Relation, relationsOf } from './relations.ts'
export {
  type BlockCount,
  type FeatureSpace,
  type FunctionFeatures,
  fromFeatureRecord,
  type IrFeatureSpace,
  type JointFeatureSpace,
  type Quotient,
  type SingleFeatureSpace,
  type SyntaxFeatureSpace,
  toFeatureRecord,
} from './space.ts'
