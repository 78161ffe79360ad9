// Reads types, declarators and constants from the syntax tree, with the address spaces that were masked.

import { childOf, masksWithin, type ParsedUnit, type SyntaxNode, textOf } from '../parse.ts'
import { builtinType, type CType, intType, layOut, type Space, sizeOf, unknownType } from './c-types.ts'

/** A name with its type and the space that it lives in itself. */
export interface Declaration {
  readonly name: string
  readonly type: CType
  readonly space: Space
  /** Initialiser, if any. */
  readonly value: SyntaxNode | undefined
}

/** The types and enumerators that are known at a point of the text. Blocks copy the table; inner names win. */
export class TypeTable {
  readonly #unit: ParsedUnit
  readonly #types: Map<string, { readonly type: CType; readonly space: Space | undefined }>
  readonly #constants: Map<string, number>

  constructor(unit: ParsedUnit, outer?: TypeTable) {
    this.#unit = unit
    this.#types = new Map(outer === undefined ? [] : outer.#types)
    this.#constants = new Map(outer === undefined ? [] : outer.#constants)
  }

  isType(name: string): boolean {
    return this.#types.has(name) || builtinType(name) !== undefined
  }

  /** The type of that name. */
  named(name: string): CType | undefined {
    return this.#types.get(name)?.type ?? builtinType(name)
  }

  /** Value of an enumerator, or of a `const` integer that was declared with one. */
  constant(name: string): number | undefined {
    return this.#constants.get(name)
  }

  declareConstant(name: string, value: number): void {
    this.#constants.set(name, value)
  }

  /** Type that a specifier names or defines. */
  readSpecifier(node: SyntaxNode | undefined): CType {
    return this.#named(node).type
  }

  /** All names of a declaration, member, parameter or type name whose specifiers reach from `start`. */
  readDeclaration(node: SyntaxNode, start: number): Declaration[] {
    const specifier = this.#named(childOf(node, 'type'))
    const declarators = node.children.filter((child) => child.field === 'declarator')
    const space = this.#spaceIn(start, declarators[0]?.start ?? node.end) ?? specifier.space ?? 'private'
    if (declarators.length === 0) return [{ name: '', type: specifier.type, space, value: undefined }]
    return declarators.map((declarator) => this.#readDeclarator(declarator, specifier.type, space))
  }

  /** `typedef` and tagged types at any level. */
  declareTypes(node: SyntaxNode, start: number): void {
    if (node.type !== 'type_definition') {
      this.readSpecifier(node)
      return
    }
    for (const { name, type, space } of this.readDeclaration(node, start)) {
      this.#types.set(name, { type, space: space === 'private' ? undefined : space })
    }
  }

  /** Value of an integer constant expression; undefined for any other. */
  evaluate(node: SyntaxNode | undefined): number | undefined {
    if (node === undefined) return undefined
    const operand = (field: string): number | undefined => this.evaluate(childOf(node, field))
    switch (node.type) {
      case 'number_literal':
        return readInteger(textOf(this.#unit, node))
      case 'char_literal':
        return readCharacter(textOf(this.#unit, node))
      case 'identifier':
        return this.#constants.get(textOf(this.#unit, node))
      case 'parenthesized_expression':
        return this.evaluate(node.children.find((child) => child.named))
      case 'cast_expression':
        return operand('value')
      case 'sizeof_expression': {
        const type = childOf(node, 'type')
        return type === undefined ? undefined : sizeOf(this.readTypeName(type))
      }
      case 'unary_expression':
        return applyUnary(childOf(node, 'operator')?.type ?? '', operand('argument'))
      case 'binary_expression':
        return applyBinary(childOf(node, 'operator')?.type ?? '', operand('left'), operand('right'))
      case 'conditional_expression': {
        const condition = operand('condition')
        if (condition === undefined) return undefined
        return operand(condition === 0 ? 'alternative' : 'consequence')
      }
      default:
        return undefined
    }
  }

  /** Type of a cast or `sizeof`. */
  readTypeName(node: SyntaxNode): CType {
    const [declaration] = this.readDeclaration(node, node.start)
    return declaration?.type ?? unknownType
  }

  #named(node: SyntaxNode | undefined): { readonly type: CType; readonly space: Space | undefined } {
    const plain = (type: CType): { readonly type: CType; readonly space: undefined } => ({ type, space: undefined })
    if (node === undefined) return plain(intType)
    switch (node.type) {
      case 'struct_specifier':
      case 'union_specifier':
        return plain(this.#readRecord(node))
      case 'enum_specifier':
        this.#readEnum(node)
        return plain(intType)
      default: {
        const name = textOf(this.#unit, node)
        return this.#types.get(name) ?? plain(builtinType(name) ?? unknownType)
      }
    }
  }

  #readDeclarator(node: SyntaxNode, base: CType, baseSpace: Space): Declaration {
    let current: SyntaxNode | undefined = node
    let type = base
    let space = baseSpace
    while (current !== undefined && !/identifier$|^primitive_type$/.test(current.type)) {
      const inner: SyntaxNode | undefined =
        childOf(current, 'declarator') ??
        (current.type === 'parenthesized_declarator' ? current.children.find((child) => child.named) : undefined)
      if (/pointer_declarator$/.test(current.type)) {
        type = { kind: 'pointer', to: type, space }
        space = this.#spaceIn(current.start, inner?.start ?? current.end) ?? 'private'
      } else if (/array_declarator$/.test(current.type)) {
        type = { kind: 'array', of: type, length: this.evaluate(childOf(current, 'size')) }
      } else if (/function_declarator$/.test(current.type)) type = unknownType
      current = inner
    }
    const name = current === undefined ? '' : textOf(this.#unit, current)
    const value = node.type === 'init_declarator' ? childOf(node, 'value') : undefined
    const isParameter = node.parent?.type === 'parameter_declaration'
    if (isParameter && type.kind === 'array') {
      return { name, type: { kind: 'pointer', to: type.of, space }, space: 'private', value }
    }
    return { name, type: withLength(type, value), space, value }
  }

  #spaceIn(start: number, end: number): Space | undefined {
    const masks = masksWithin(this.#unit, start, end).filter((mask) => mask.kind === 'address-space')
    const word = masks[masks.length - 1]?.text.replace(/^__/, '')
    return word === 'global' || word === 'local' || word === 'constant' || word === 'private' ? word : undefined
  }

  #readRecord(node: SyntaxNode): CType {
    const tag = childOf(node, 'name')
    const name = tag === undefined ? '' : textOf(this.#unit, tag)
    const key = `struct ${name}`
    const body = childOf(node, 'body')
    if (body === undefined) return this.#types.get(key)?.type ?? unknownType
    let start = body.start
    const members: { name: string; type: CType }[] = []
    for (const child of body.children) {
      if (child.type === 'field_declaration') members.push(...this.readDeclaration(child, start))
      start = child.end
    }
    const attributes = this.#attributesOf(node)
    const type = layOut(name, members, {
      isUnion: node.type === 'union_specifier',
      isPacked: /packed/.test(attributes),
      align: Number(/aligned\D*(\d+)/.exec(attributes)?.[1] ?? 1),
    })
    if (name !== '') this.#types.set(key, { type, space: undefined })
    return type
  }

  /** Attributes stand before the tag, or behind the body; those of members do not count. */
  #attributesOf(node: SyntaxNode): string {
    const body = childOf(node, 'body')
    if (body === undefined) return ''
    const after = /^[^;]*/.exec(this.#unit.masked.slice(body.end))?.[0].length ?? 0
    return [...masksWithin(this.#unit, node.start, body.start), ...masksWithin(this.#unit, body.end, body.end + after)]
      .filter((mask) => mask.kind === 'attribute')
      .map((mask) => mask.text)
      .join(' ')
  }

  #readEnum(node: SyntaxNode): void {
    let next = 0
    for (const child of childOf(node, 'body')?.children ?? []) {
      const name = child.type === 'enumerator' ? childOf(child, 'name') : undefined
      if (name === undefined) continue
      const value = this.evaluate(childOf(child, 'value')) ?? next
      this.#constants.set(textOf(this.#unit, name), value)
      next = value + 1
    }
  }
}

/** `int t[] = {1, 2, 3}` has three elements. */
function withLength(type: CType, value: SyntaxNode | undefined): CType {
  if (type.kind !== 'array' || type.length !== undefined || value === undefined) return type
  if (value.type !== 'initializer_list') return type
  const count = value.children.filter((child) => child.named && child.type !== 'comment').length
  return { ...type, length: count }
}

/** An integer literal's value; undefined for floating literals. */
export function readInteger(text: string): number | undefined {
  const match = /^(0[xX][0-9a-fA-F]+|0[bB][01]+|\d+)[uUlL]*$/.exec(text)
  if (match === null) return undefined
  return /^0\d/.test(match[1]) ? Number.parseInt(match[1], 8) : Number(match[1])
}

const escapes: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, '0': 0, '\\': 92, "'": 39, '"': 34 }

function readCharacter(text: string): number {
  const inner = text.slice(1, -1)
  if (!inner.startsWith('\\')) return inner.codePointAt(0) ?? 0
  if (inner[1] === 'x') return Number.parseInt(inner.slice(2), 16)
  return escapes[inner[1]] ?? 0
}

function applyUnary(operator: string, value: number | undefined): number | undefined {
  if (value === undefined) return undefined
  switch (operator) {
    case '-':
      return -value
    case '~':
      return ~value
    case '!':
      return value === 0 ? 1 : 0
    default:
      return value
  }
}

function applyBinary(operator: string, left: number | undefined, right: number | undefined): number | undefined {
  if (left === undefined || right === undefined) return undefined
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? undefined : Math.trunc(left / right)
    case '%':
      return right === 0 ? undefined : left % right
    case '<<':
      return left * 2 ** right
    case '>>':
      return Math.floor(left / 2 ** right)
    case '&':
      return left & right
    case '|':
      return left | right
    case '^':
      return left ^ right
    case '<':
      return Number(left < right)
    case '>':
      return Number(left > right)
    case '==':
      return Number(left === right)
    default:
      return undefined
  }
}
