// Canonical identifiers by C scope: functions f0…, parameters p0… and variables v0… (both per function), types t0…,
// members m0…, file-scope constants g0…, each numbered in order of declaration. Built-ins keep their names. Members
// that could be vector swizzles (`x`, `s3`, `hi`) keep theirs too: without types `.x` cannot be told apart.

import { lex } from './lexer.ts'
import { functionDeclarator, type ParsedUnit, type SyntaxNode } from './parse.ts'

/** New names by the offset of the identifier they replace. */
export type Renaming = ReadonlyMap<number, string>

const swizzle = /^(?:[xyzw]{1,4}|[rgba]{1,4}|s[0-9a-fA-F]{1,16}|lo|hi|even|odd)$/

/** Canonical names of all identifiers that the unit declares. */
export function findRenaming(unit: ParsedUnit): Renaming {
  const renamer = new Renamer(unit.masked)
  renamer.visitFile(unit.root)
  for (const { kind, start, text } of unit.masks) if (kind === 'attribute') renamer.visitAttribute(start, text)
  return renamer.names
}

type SlotClass = 'f' | 'p' | 'v' | 't' | 'm' | 'g'

class Renamer {
  readonly names = new Map<number, string>()
  readonly #text: string
  readonly #tags = new Map<string, string>()
  readonly #members = new Map<string, string>()
  #labels = new Map<string, string>()
  #scopes: Map<string, string>[] = [new Map()]
  #counts: Record<SlotClass, number> = { f: 0, p: 0, v: 0, t: 0, m: 0, g: 0 }

  constructor(text: string) {
    this.#text = text
  }

  visitFile(root: SyntaxNode): void {
    for (const item of root.children) {
      if (item.type === 'function_definition') this.#visitFunction(item)
      else this.#visit(item)
    }
  }

  /** Constants and types in the arguments of a masked attribute: `reqd_work_group_size(SIZE, 1, 1)`. */
  visitAttribute(start: number, attribute: string): void {
    let depth = 0
    for (const { text, ...token } of lex(attribute)) {
      if (text === '(') depth++
      else if (text === ')') depth--
      const name = depth > 2 ? (this.#scopes[0].get(text) ?? this.#tags.get(text)) : undefined
      if (name !== undefined) this.names.set(start + token.start, name)
    }
  }

  #visitFunction(node: SyntaxNode): void {
    this.#counts.p = 0
    this.#counts.v = 0
    this.#labels = new Map()
    const declarator = functionDeclarator(node)
    for (const child of node.children) {
      if (child.field !== 'declarator' && child.field !== 'body') this.#visit(child)
    }
    if (declarator === undefined) return
    const name = declarator.children.find((child) => child.field === 'declarator')
    if (name !== undefined) this.#declare(name, 'f')
    this.#scoped(() => {
      for (const child of declarator.children) if (child !== name) this.#visit(child)
      const body = node.children.find((child) => child.field === 'body')
      for (const child of body?.children ?? []) this.#visit(child)
    })
  }

  #scoped(action: () => void): void {
    this.#scopes.push(new Map())
    action()
    this.#scopes.pop()
  }

  #visit(node: SyntaxNode): void {
    switch (node.type) {
      case 'compound_statement':
      case 'for_statement':
        this.#scoped(() => this.#visitChildren(node))
        return
      case 'declaration':
      case 'type_definition':
      case 'parameter_declaration':
        this.#visitDeclaration(node)
        return
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        this.#visitTagged(node)
        return
      case 'field_declaration':
        this.#visitMembers(node)
        return
      case 'enumerator':
        this.#declare(node.children[0], 'g')
        for (const child of node.children.slice(1)) this.#visit(child)
        return
      case 'identifier':
      case 'type_identifier':
        this.#refer(node)
        return
      case 'field_identifier':
        this.#rename(node, this.#members.get(this.#textOf(node)))
        return
      case 'statement_identifier':
        this.#rename(node, this.#label(node))
        return
      default:
        this.#visitChildren(node)
    }
  }

  #visitChildren(node: SyntaxNode): void {
    for (const child of node.children) this.#visit(child)
  }

  #visitDeclaration(node: SyntaxNode): void {
    const isFileScope = this.#scopes.length === 1
    for (const child of node.children) {
      if (child.field !== 'declarator') this.#visit(child)
      else if (node.type === 'type_definition') this.#visitDeclarator(child, 't')
      else if (node.type === 'parameter_declaration') this.#visitDeclarator(child, isFileScope ? undefined : 'p')
      else this.#visitDeclarator(child, isFileScope ? 'g' : 'v')
    }
  }

  /** Declares the name inside a declarator (none with `slotClass` undefined) and visits sizes and initialisers. */
  #visitDeclarator(node: SyntaxNode, slotClass: SlotClass | undefined): void {
    if (node.type === 'identifier' || node.type === 'type_identifier') {
      if (slotClass !== undefined) this.#declare(node, slotClass)
      return
    }
    if (node.type === 'function_declarator') {
      const [name, ...rest] = node.children
      if (name.type === 'identifier' && slotClass === 'g') this.#declare(name, 'f')
      else this.#visitDeclarator(name, slotClass)
      this.#scoped(() => {
        for (const child of rest) this.#visit(child)
      })
      return
    }
    for (const child of node.children) {
      const declares = child.field === 'declarator' || (node.type === 'parenthesized_declarator' && child.named)
      if (declares) this.#visitDeclarator(child, slotClass)
      else this.#visit(child)
    }
  }

  #visitTagged(node: SyntaxNode): void {
    const name = node.children.find((child) => child.field === 'name')
    if (name !== undefined) {
      const text = this.#textOf(name)
      const isKnown = this.#tags.has(text)
      if (!isKnown) this.#tags.set(text, this.#fresh('t'))
      this.#rename(name, this.#tags.get(text))
    }
    for (const child of node.children) if (child !== name) this.#visit(child)
  }

  #visitMembers(node: SyntaxNode): void {
    for (const child of node.children) {
      if (child.field === 'declarator') this.#declareMember(child)
      else this.#visit(child)
    }
  }

  #declareMember(node: SyntaxNode): void {
    if (node.type === 'field_identifier') {
      const text = this.#textOf(node)
      if (swizzle.test(text)) return
      if (!this.#members.has(text)) this.#members.set(text, this.#fresh('m'))
      this.#rename(node, this.#members.get(text))
      return
    }
    for (const child of node.children) {
      if (child.field === 'declarator') this.#declareMember(child)
      else this.#visit(child)
    }
  }

  /** At file scope a name may be declared again: prototypes, `extern`, typedefs. */
  #declare(node: SyntaxNode, slotClass: SlotClass): void {
    const text = this.#textOf(node)
    const scope = this.#scopes[this.#scopes.length - 1]
    const known = this.#scopes.length === 1 ? scope.get(text) : undefined
    const name = known?.[0] === slotClass ? known : this.#fresh(slotClass)
    scope.set(text, name)
    this.#rename(node, name)
  }

  #refer(node: SyntaxNode): void {
    const text = this.#textOf(node)
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const name = this.#scopes[i].get(text)
      if (name !== undefined) {
        this.#rename(node, name)
        return
      }
    }
  }

  #label(node: SyntaxNode): string {
    const text = this.#textOf(node)
    const name = this.#labels.get(text) ?? this.#fresh('v')
    this.#labels.set(text, name)
    return name
  }

  #fresh(slotClass: SlotClass): string {
    return `${slotClass}${this.#counts[slotClass]++}`
  }

  #rename(node: SyntaxNode, name: string | undefined): void {
    if (name !== undefined) this.names.set(node.start, name)
  }

  #textOf(node: SyntaxNode): string {
    return this.#text.slice(node.start, node.end)
  }
}
