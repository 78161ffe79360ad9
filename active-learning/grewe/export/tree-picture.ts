// A tree as an SVG picture that stands by itself: leaves side by side, each split above the middle of its branches.

import type { TreeNode } from '../tree/tree.ts'
import { condition, remainder } from './tree-text.ts'

/** Distances and sizes in px. */
const [level, margin, boxHeight, gap] = [84, 24, 36, 12]
const letter = 6.7
const colours = { CPU: '#f6d5b8', GPU: '#bcdcf5', split: '#ffffff', rest: '#e6e9ec' } as const

interface Box {
  readonly x: number
  readonly y: number
  readonly lines: readonly [string, string]
  readonly colour: string
  readonly children: readonly Box[]
}

/**
 * Draw a tree.
 * @param names - `[feature]`
 * @param depth - splits drawn on each way; what is below becomes one grey box
 */
export function drawTree(tree: TreeNode, names: readonly string[], depth: number = Number.POSITIVE_INFINITY): string {
  // Splits of one level are two columns apart at least, a split and a leaf one and a half: nothing overlaps.
  const first = flatten(layOut(tree, names, depth, 1))
  const widest = (isSplit: boolean): number =>
    Math.max(0, ...first.filter(({ children }) => children.length > 0 === isSplit).map(widthOf))
  const boxes = flatten(layOut(tree, names, depth, Math.max(widest(false) + gap, (widest(true) + gap) / 2)))

  const left = Math.min(...boxes.map((box) => box.x - widthOf(box) / 2)) - margin
  const right = Math.max(...boxes.map((box) => box.x + widthOf(box) / 2)) + margin
  const bottom = Math.max(...boxes.map(({ y }) => y)) + boxHeight + margin
  const view = `${round(left)} 0 ${round(right - left)} ${bottom}`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${view}" width="${round(right - left)}" height="${bottom}" role="img" aria-label="decision tree" font-family="system-ui, sans-serif" font-size="11">`,
    `<rect x="${round(left)}" width="${round(right - left)}" height="${bottom}" fill="#fbfcfd"/>`,
    ...boxes.flatMap(drawBranches),
    ...boxes.map(drawBox),
    '</svg>',
    '',
  ].join('\n')
}

function layOut(tree: TreeNode, names: readonly string[], depth: number, column: number): Box {
  let leaves = 0
  const place = (node: TreeNode, nodeLevel: number): Box => {
    const y = margin + nodeLevel * level
    const counts = `CPU ${node.counts.cpu} · GPU ${node.counts.gpu}`
    if (node.kind === 'split' && nodeLevel < depth) {
      const children = [place(node.below, nodeLevel + 1), place(node.above, nodeLevel + 1)]
      const x = (children[0].x + children[1].x) / 2
      return { x, y, lines: [condition(node, names), counts], colour: colours.split, children }
    }
    const x = margin + column / 2 + leaves++ * column
    if (node.kind === 'leaf') return { x, y, lines: [node.label, counts], colour: colours[node.label], children: [] }
    return { x, y, lines: [`… ${remainder(node).split(' (')[0]}`, counts], colour: colours.rest, children: [] }
  }
  return place(tree, 0)
}

function flatten(box: Box): Box[] {
  return [box, ...box.children.flatMap(flatten)]
}

function widthOf({ lines }: Box): number {
  return Math.max(...lines.map((line) => line.length)) * letter + 10
}

function drawBranches(box: Box): string[] {
  return box.children.map((child, i) => {
    const [x, y] = [(box.x + child.x) / 2, (box.y + boxHeight + child.y) / 2]
    const line = `<line x1="${round(box.x)}" y1="${box.y + boxHeight}" x2="${round(child.x)}" y2="${child.y}" stroke="#8b949e"/>`
    return `${line}<text x="${round(x)}" y="${round(y)}" fill="#5c6670" text-anchor="middle">${i === 0 ? 'yes' : 'no'}</text>`
  })
}

function drawBox(box: Box): string {
  const width = widthOf(box)
  const frame = `<rect x="${round(box.x - width / 2)}" y="${box.y}" width="${round(width)}" height="${boxHeight}" rx="5" fill="${box.colour}" stroke="#8b949e"/>`
  const line = (text: string, dy: number): string =>
    `<text x="${round(box.x)}" y="${box.y + dy}" text-anchor="middle" fill="#1c2024">${escapeXml(text)}</text>`
  return `<g>${frame}${line(box.lines[0], 15)}${line(box.lines[1], 29)}</g>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
