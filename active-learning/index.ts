// Public names of active-learning/: the Grewe heuristic, its evaluation, the committee, the loop.
export {
  type CombinedFeatures,
  combinedFeatures,
  type DataSet,
  type DeviceId,
  type DeviceLabel,
  deviceLabels,
  type GreweCounts,
  type GreweRow,
  type IntervalMs,
  isDecided,
  labelOf,
  type TimeSource,
} from './data-set.ts'
export { type Criterion, criteria } from './grewe/tree/impurity.ts'
export { type TreeOptions, trainTree } from './grewe/tree/train-tree.ts'
export {
  askTree,
  predictTree,
  sizeOfTree,
  type TreeLeaf,
  type TreeNode,
  type TreeSize,
  type TreeSplit,
} from './grewe/tree/tree.ts'
