// Command lines in the documents and in the help use commands and options that there are.

import { describe, expect, it } from 'vitest'
import type { Command, CommandGroup } from '../../cli/command.ts'
import { commands } from '../../cli/commands/index.ts'
import { documents } from './documents.ts'

interface Leaf {
  readonly path: string
  readonly command: Command
}

const leaves = commands.flatMap((command) => leavesOf(command, ''))

describe('documented command lines', () => {
  it.each(documents)('of $path can be run', ({ text }) => {
    expect(findLines(text).flatMap(complaints)).toEqual([])
  })

  it('in the help can be run', () => {
    const examples = leaves.flatMap(({ command }) => command.examples ?? [])
    expect(examples.length).toBeGreaterThan(10)
    expect(examples.flatMap(complaints)).toEqual([])
  })
})

function leavesOf(command: Command | CommandGroup, prefix: string): Leaf[] {
  const path = `${prefix}${command.name}`
  if ('commands' in command) return command.commands.flatMap((inner) => leavesOf(inner, `${path} `))
  return [{ path, command }]
}

/** What follows `benchsteer` in code blocks and code spans, without trailing comments; `a | b` lists alternatives. */
function findLines(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((match) => match[1]).join('')
  const inBlocks = [...blocks.matchAll(/^benchsteer (.+?)(?: +#.*)?$/gm)]
  const inSpans = [...text.matchAll(/`benchsteer ([^`|]+)`/g)]
  return [...inBlocks, ...inSpans].map((match) => match[1])
}

function complaints(line: string): string[] {
  const groups = commands.filter((command) => 'commands' in command)
  if (groups.some(({ name }) => line.split(' ')[0] === name && line.split(' ').length === 1)) return []
  const leaf = leaves.find(({ path }) => line === path || line.startsWith(`${path} `))
  if (leaf === undefined) return [`no such command: ${line}`]
  const known = (leaf.command.options ?? []).flatMap(
    ({ syntax }) => syntax.match(/(?<=^|[\s,])--?[a-zA-Z][\w-]*/g) ?? [],
  )
  const used = line.match(/(?<=\s)--?[a-zA-Z][\w-]*/g) ?? []
  return used.filter((option) => !known.includes(option)).map((option) => `no option ${option}: ${line}`)
}
