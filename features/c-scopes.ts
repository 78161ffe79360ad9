// Names and declarations of a parsed OpenCL C unit: nested scopes, declarators, and the address space that Clang
// would print in a declared type. Qualifiers inside a typedef are not printed, and so not seen.

import { childOf, type Mask, masksWithin, type ParsedUnit, type SyntaxNode, textOf } from '../kernels/index.ts'
import { type CType, canonicalType, intType, isBuiltinType, otherType } from './c-types.ts'

/** The address space that the printed type of a declaration shows: `__global` is looked for first. */
export type ShownSpace = 'global' | 'local' | 'other'

/** What a name stands for. */
export interface Declared extends CType {
  readonly kind: 'variable' | 'type' | 'function' | 'constant'
  readonly space: ShownSpace
  /** Whether `__local` is written anywhere in the type: `__global float *__local p` shows both. */
  readonly saysLocal?: boolean
  /** For a typedef: whether it fixes an address space of its own. */
  readonly hasSpace: boolean
  /** Initialiser of a sampler with static storage. */
  readonly sampler?: SyntaxNode
}

/** A declarator taken apart. */
export interface Declarator {
  readonly name: SyntaxNode | undefined
  readonly depth: number
  readonly isFunction: boolean
  /** Offset of the `*` nearest the name, or -1. */
  readonly star: number
  /** The function declarator nearest the name, if any: it holds the parameters. */
  readonly function: SyntaxNode | undefined
}

const intSize: Declared = { ...intType, kind: 'type', space: 'other', hasSpace: false }

/** Names in scope, innermost first. */
export class Scopes {
  readonly #unit: ParsedUnit
  readonly #scopes: Map<string, Declared>[] = [new Map()]
  readonly #fields = new Map<string, CType>()
  #anonymous = 0

  constructor(unit: ParsedUnit) {
    this.#unit = unit
  }

  get isFileScope(): boolean {
    return this.#scopes.length === 1
  }

  /** Open a scope; `leave` closes it. */
  enter(): void {
    this.#scopes.push(new Map())
  }

  leave(): void {
    this.#scopes.pop()
  }

  /** Give the name its meaning in the innermost scope. */
  declare(name: string, declared: Declared): void {
    this.#scopes[this.#scopes.length - 1].set(name, declared)
  }

  /** What the name means here; undefined where nothing declares it. */
  find(name: string): Declared | undefined {
    for (let i = this.#scopes.length - 1; i >= 0; i--) {
      const found = this.#scopes[i].get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** Whether `name` means a type here. */
  isType(name: string): boolean {
    const found = this.find(name)
    return found === undefined ? isBuiltinType(name) : found.kind === 'type'
  }

  /** Type of a struct's field; of a struct that is not known, that of the last field so named. */
  field(struct: string, name: string): CType | undefined {
    return this.#fields.get(`${struct}.${name}`) ?? this.#fields.get(`.${name}`)
  }

  /** Type named by a specifier node (`type` field of a declaration); declares the fields and enumerators in it. */
  readSpecifier(node: SyntaxNode | undefined): Declared {
    if (node === undefined) return intSize
    switch (node.type) {
      case 'type_identifier': {
        const found = this.find(textOf(this.#unit, node))
        if (found?.kind === 'type') return found
        return { ...intSize, base: canonicalType(textOf(this.#unit, node)) }
      }
      case 'primitive_type':
      case 'sized_type_specifier':
        return { ...intSize, base: canonicalType(textOf(this.#unit, node)) }
      case 'struct_specifier':
      case 'union_specifier':
        return { ...intSize, base: this.#readRecord(node) }
      case 'enum_specifier':
        return { ...intSize, base: this.#readEnum(node) }
      default:
        return { ...intSize, ...otherType }
    }
  }

  /** Declare one declarator of a declaration whose specifiers reach from `start`. */
  declareVariable(declaration: SyntaxNode, specifier: Declared, node: SyntaxNode, start: number): Declared | undefined {
    const declarator = readDeclarator(node)
    if (declarator.name === undefined) return undefined
    const { global, local } = this.#writtenSpaces(declaration, node, start)
    const written = global ? 'global' : local ? 'local' : 'other'
    const declared: Declared = {
      base: specifier.base,
      depth: specifier.depth + declarator.depth,
      kind: declarator.isFunction ? 'function' : 'variable',
      space: this.#shownSpace(declaration, specifier, declarator, node, start, written),
      saysLocal: local,
      hasSpace: false,
      sampler:
        specifier.base === 'sampler_t' && (this.#isStatic(declaration) || this.#isConstant(declaration, start))
          ? childOf(node, 'value')
          : undefined,
    }
    this.declare(textOf(this.#unit, declarator.name), declared)
    return declared
  }

  /** Declare the names of a typedef whose specifiers reach from `start`. */
  declareTypes(node: SyntaxNode, start: number): void {
    const specifier = this.readSpecifier(childOf(node, 'type'))
    for (const child of node.children) {
      if (child.field !== 'declarator') continue
      const { name, depth, star } = readDeclarator(child)
      if (name === undefined) continue
      const masks = masksWithin(this.#unit, star < 0 ? start : star, child.end)
      const hasSpace = masks.some((mask) => mask.kind === 'address-space') || (star < 0 && specifier.hasSpace)
      this.declare(textOf(this.#unit, name), {
        base: specifier.base,
        depth: specifier.depth + depth,
        kind: 'type',
        space: 'other',
        hasSpace,
      })
    }
  }

  /** The spaces shown by the qualifiers of a declaration, or by a type name that contains their spelling. */
  #writtenSpaces(declaration: SyntaxNode, node: SyntaxNode, start: number): { global: boolean; local: boolean } {
    const firstDeclarator = declaration.children.find((child) => child.field === 'declarator')
    const masks = [
      ...masksWithin(this.#unit, start, firstDeclarator?.start ?? declaration.end),
      ...masksWithin(this.#unit, node.start, declaratorEnd(node)),
    ]
    const type = childOf(declaration, 'type')
    const typeName = type?.type === 'type_identifier' ? textOf(this.#unit, type) : ''
    return {
      global: masks.some(isGlobal) || typeName.includes('__global'),
      local: masks.some(isLocal) || typeName.includes('__local'),
    }
  }

  /** What is written, plus what OpenCL 2.0 infers: static storage without an address space is `__global`. */
  #shownSpace(
    declaration: SyntaxNode,
    specifier: Declared,
    declarator: Declarator,
    node: SyntaxNode,
    start: number,
    written: ShownSpace,
  ): ShownSpace {
    if (written === 'global' || declarator.isFunction || declaration.type === 'parameter_declaration') return written
    if (!this.#isStatic(declaration)) return written
    const from = declarator.star < 0 ? start : declarator.star
    const outer = masksWithin(this.#unit, from, declarator.name?.end ?? node.end).some(
      (mask) => mask.kind === 'address-space',
    )
    return outer || (declarator.star < 0 && specifier.hasSpace) ? written : 'global'
  }

  #isStatic(declaration: SyntaxNode): boolean {
    if (this.isFileScope) return true
    return declaration.children.some(
      (child) => child.type === 'storage_class_specifier' && /static|extern/.test(textOf(this.#unit, child)),
    )
  }

  #isConstant(declaration: SyntaxNode, start: number): boolean {
    return masksWithin(this.#unit, start, declaration.children[0].end).some((mask) => mask.text.endsWith('constant'))
  }

  #readRecord(node: SyntaxNode): string {
    const tag = childOf(node, 'name')
    const struct = `struct ${tag === undefined ? ++this.#anonymous : textOf(this.#unit, tag)}`
    for (const member of childOf(node, 'body')?.children ?? []) {
      if (member.type !== 'field_declaration') continue
      const specifier = this.readSpecifier(childOf(member, 'type'))
      for (const child of member.children) {
        if (child.field !== 'declarator') continue
        const { name, depth } = readDeclarator(child)
        if (name === undefined) continue
        const type: CType = { base: specifier.base, depth: specifier.depth + depth }
        this.#fields.set(`${struct}.${textOf(this.#unit, name)}`, type)
        this.#fields.set(`.${textOf(this.#unit, name)}`, type)
      }
    }
    return struct
  }

  /** Enumerators are `int`; the enumeration is `unsigned int` unless one is negative. */
  #readEnum(node: SyntaxNode): string {
    const tag = childOf(node, 'name')
    const key = tag === undefined ? '' : `enum ${textOf(this.#unit, tag)}`
    const body = childOf(node, 'body')
    if (body === undefined) return this.find(key)?.base ?? 'uint'
    const base = /[=(,]\s*-/.test(textOf(this.#unit, body)) ? 'int' : 'uint'
    if (key !== '') this.declare(key, { ...intSize, base })
    for (const child of body.children) {
      const name = child.type === 'enumerator' ? childOf(child, 'name') : undefined
      if (name !== undefined) this.declare(textOf(this.#unit, name), { ...intSize, kind: 'constant' })
    }
    return base
  }
}

/** Take a declarator apart, from the outside in to the name. */
export function readDeclarator(node: SyntaxNode): Declarator {
  let current: SyntaxNode | undefined = node
  let depth = 0
  let star = -1
  let nearest = ''
  let functionNode: SyntaxNode | undefined
  while (current !== undefined) {
    switch (current.type) {
      case 'identifier':
      case 'field_identifier':
      case 'type_identifier':
      case 'primitive_type':
        return { name: current, depth, star, isFunction: nearest === 'function', function: functionNode }
      case 'pointer_declarator':
      case 'abstract_pointer_declarator':
        depth++
        star = current.start
        nearest = 'pointer'
        break
      case 'array_declarator':
      case 'abstract_array_declarator':
        depth++
        nearest = 'array'
        break
      case 'function_declarator':
        functionNode = current
        nearest = 'function'
        break
    }
    current =
      childOf(current, 'declarator') ?? (current.type === 'parenthesized_declarator' ? current.children[1] : undefined)
  }
  return { name: undefined, depth, star, isFunction: false, function: functionNode }
}

/** Where the declarator ends and its initialiser begins. */
function declaratorEnd(node: SyntaxNode): number {
  return node.type === 'init_declarator' ? (childOf(node, 'declarator')?.end ?? node.end) : node.end
}

function isGlobal(mask: Mask): boolean {
  return mask.text === 'global' || mask.text === '__global'
}

function isLocal(mask: Mask): boolean {
  return mask.text === 'local' || mask.text === '__local'
}
