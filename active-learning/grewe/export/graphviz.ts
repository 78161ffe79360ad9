// A tree in Graphviz's language: `dot -Tsvg tree.dot > tree.svg`.

import type { TreeNode } from '../tree/tree.ts'
import { condition, outcome } from './tree-text.ts'

const colours = { CPU: '#f6d5b8', GPU: '#bcdcf5' } as const

/** @param names - `[feature]` */
export function toGraphviz(tree: TreeNode, names: readonly string[]): string {
  const lines: string[] = []
  const write = (node: TreeNode): number => {
    const id = lines.length
    if (node.kind === 'leaf') {
      lines.push(`  n${id} [label=${quote(outcome(node))}, fillcolor="${colours[node.label]}"]`)
      return id
    }
    lines.push(`  n${id} [label=${quote(condition(node, names))}, fillcolor="#ffffff"]`)
    for (const [word, child] of [
      ['yes', node.below],
      ['no', node.above],
    ] as const) {
      const target = write(child)
      lines.push(`  n${id} -> n${target} [label="${word}"]`)
    }
    return id
  }
  write(tree)
  const style = '  node [shape=box, style="rounded,filled", fontname="sans-serif"]'
  return ['digraph grewe {', style, ...lines, '}', ''].join('\n')
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
