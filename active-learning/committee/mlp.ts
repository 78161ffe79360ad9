// A multilayer perceptron: tanh layers, one sigmoid output, cross-entropy with weight decay, Adam (Kingma and Ba, ICLR
// 2015). Written here because the npm ones are neither seeded nor resumable: this one's state is plain data, and
// training that was stopped after any epoch goes on to the very numbers that it would have had.

import { Random } from '../../synth/index.ts'
import { classOf, type Example } from './scaling.ts'

/** Network and state of its training; plain data. */
export interface MlpModel {
  readonly kind: 'mlp'
  /** Units per layer, inputs and the one output included. */
  readonly sizes: readonly number[]
  readonly seed: number
  /** Epochs done. */
  readonly epochs: number
  /** Layer by layer: weights `[output][input]`, then biases `[output]`. */
  readonly parameters: readonly number[]
  /** Adam's running means of gradients and of their squares, as `parameters`. */
  readonly firstMoments: readonly number[]
  readonly secondMoments: readonly number[]
  /** Updates done. */
  readonly steps: number
}

const learningRate = 0.01
const [decayFirst, decaySecond, epsilon] = [0.9, 0.999, 1e-8]
const weightDecay = 1e-4
const batchSize = 32

/**
 * Seeded weights (Glorot and Bengio, AISTATS 2010), untrained.
 * @param sizes - units per layer from inputs to the one output
 */
export function newMlp(sizes: readonly number[], seed: number): MlpModel {
  const rng = new Random(seed)
  const parameters = layersOf(sizes).flatMap(({ inputs, outputs }) => {
    const limit = Math.sqrt(6 / (inputs + outputs))
    const weights = Array.from({ length: inputs * outputs }, () => limit * (2 * rng.next() - 1))
    return [...weights, ...new Array<number>(outputs).fill(0)]
  })
  const zeros = new Array<number>(parameters.length).fill(0)
  return { kind: 'mlp', sizes, seed, epochs: 0, parameters, firstMoments: zeros, secondMoments: zeros, steps: 0 }
}

/** Train until `epochs` are done in all. Each epoch's order comes from the seed and its number alone. */
export function trainMlp(model: MlpModel, examples: readonly Example[], epochs: number): MlpModel {
  const parameters = Float64Array.from(model.parameters)
  const first = Float64Array.from(model.firstMoments)
  const second = Float64Array.from(model.secondMoments)
  const layers = layersOf(model.sizes)
  let { steps } = model
  for (let epoch = model.epochs; epoch < epochs; epoch++) {
    const order = new Random(Math.imul(model.seed, 0x9e3779b1) + epoch).shuffle(examples)
    for (let start = 0; start < order.length; start += batchSize) {
      const batch = order.slice(start, start + batchSize)
      const { gradient } = lossOf(layers, parameters, batch)
      steps++
      const rate = (learningRate * Math.sqrt(1 - decaySecond ** steps)) / (1 - decayFirst ** steps)
      for (let i = 0; i < parameters.length; i++) {
        first[i] = decayFirst * first[i] + (1 - decayFirst) * gradient[i]
        second[i] = decaySecond * second[i] + (1 - decaySecond) * gradient[i] ** 2
        parameters[i] -= (rate * first[i]) / (Math.sqrt(second[i]) + epsilon)
      }
    }
  }
  const done = Math.max(epochs, model.epochs)
  const moments = { firstMoments: [...first], secondMoments: [...second] }
  return { ...model, epochs: done, parameters: [...parameters], ...moments, steps }
}

/** Probability of GPU, 0 to 1. */
export function askMlp({ sizes, parameters }: MlpModel, point: readonly number[]): number {
  return sigmoid(forward(layersOf(sizes), parameters, point)[sizes.length - 1][0])
}

/**
 * Mean cross-entropy plus weight decay over a batch, and its gradient by backpropagation.
 * @param parameters - as in `MlpModel`
 */
export function lossAndGradient(
  sizes: readonly number[],
  parameters: ArrayLike<number>,
  batch: readonly Example[],
): { readonly loss: number; readonly gradient: Float64Array } {
  return lossOf(layersOf(sizes), parameters, batch)
}

interface Layer {
  readonly inputs: number
  readonly outputs: number
  /** Where its weights begin. */
  readonly start: number
}

function layersOf(sizes: readonly number[]): Layer[] {
  let start = 0
  return sizes.slice(1).map((outputs, i) => {
    const layer = { inputs: sizes[i], outputs, start }
    start += (layer.inputs + 1) * outputs
    return layer
  })
}

/** @returns `[layer][unit]`: the inputs, each hidden layer after tanh, the output before its sigmoid */
function forward(
  layers: readonly Layer[],
  parameters: ArrayLike<number>,
  point: readonly number[],
): ArrayLike<number>[] {
  const activations: ArrayLike<number>[] = [point]
  for (const [l, { inputs, outputs, start }] of layers.entries()) {
    const before = activations[l]
    const after = new Float64Array(outputs)
    for (let o = 0; o < outputs; o++) {
      let sum = parameters[start + inputs * outputs + o]
      for (let i = 0; i < inputs; i++) sum += parameters[start + o * inputs + i] * before[i]
      after[o] = l === layers.length - 1 ? sum : Math.tanh(sum)
    }
    activations.push(after)
  }
  return activations
}

function lossOf(
  layers: readonly Layer[],
  parameters: ArrayLike<number>,
  batch: readonly Example[],
): { loss: number; gradient: Float64Array } {
  const gradient = new Float64Array(parameters.length)
  let loss = 0
  for (const { point, label } of batch) {
    const activations = forward(layers, parameters, point)
    const logit = activations[layers.length][0]
    const wanted = classOf(label)
    // log(1 + e^z) - y z, which overflows nowhere
    loss += (Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - wanted * logit) / batch.length
    let errors = Float64Array.of((sigmoid(logit) - wanted) / batch.length)
    for (let l = layers.length - 1; l >= 0; l--)
      errors = backward(layers[l], parameters, activations[l], errors, gradient)
  }
  for (const { inputs, outputs, start } of layers) {
    for (let i = start; i < start + inputs * outputs; i++) {
      loss += 0.5 * weightDecay * parameters[i] ** 2
      gradient[i] += weightDecay * parameters[i]
    }
  }
  return { loss, gradient }
}

/** Adds a layer's share to the gradient. @returns errors of the layer before, through its tanh */
function backward(
  { inputs, outputs, start }: Layer,
  parameters: ArrayLike<number>,
  before: ArrayLike<number>,
  errors: Float64Array,
  gradient: Float64Array,
): Float64Array<ArrayBuffer> {
  const earlier = new Float64Array(inputs)
  for (let o = 0; o < outputs; o++) {
    gradient[start + inputs * outputs + o] += errors[o]
    for (let i = 0; i < inputs; i++) {
      gradient[start + o * inputs + i] += errors[o] * before[i]
      earlier[i] += errors[o] * parameters[start + o * inputs + i]
    }
  }
  for (let i = 0; i < inputs; i++) earlier[i] *= 1 - before[i] ** 2
  return earlier
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z))
}
