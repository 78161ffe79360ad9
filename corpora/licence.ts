// What licence a repository states, read from its licence files by the sentences that tell them apart.

/** What a licence asks of those who build on the code. */
export type LicenceClass = 'permissive' | 'copyleft' | 'unknown'

/** What the licence files of a repository say. */
export interface Licence {
  /** SPDX-like names joined by ` + `, or `unknown`. */
  readonly name: string
  /** `permissive` only where every licence found is. */
  readonly licenceClass: LicenceClass
}

const marks: readonly (readonly [name: string, licenceClass: LicenceClass, pattern: RegExp])[] = [
  ['AGPL-3.0', 'copyleft', /GNU AFFERO GENERAL PUBLIC LICENSE/i],
  ['LGPL', 'copyleft', /GNU (?:LESSER|LIBRARY) GENERAL PUBLIC LICENSE/i],
  ['GPL', 'copyleft', /GNU GENERAL PUBLIC LICENSE/i],
  ['MPL-2.0', 'copyleft', /Mozilla Public License/i],
  ['EPL', 'copyleft', /Eclipse\s+Public\s+License/i],
  ['Apache-2.0', 'permissive', /Apache License,?\s+Version 2\.0/i],
  ['BSL-1.0', 'permissive', /Boost Software License/i],
  ['CC0-1.0', 'permissive', /CC0 1\.0 Universal/i],
  ['Unlicense', 'permissive', /free and unencumbered software released into the public domain/i],
  ['Zlib', 'permissive', /provided 'as-is', without any express or implied\s+warranty/i],
  ['BSD', 'permissive', /Redistributions? (?:and use in source and binary forms|of source code must retain)/i],
  ['ISC', 'permissive', /Permission to use, copy, modify, and\/or distribute this software/i],
  ['MIT', 'permissive', /Permission is hereby granted, free of charge, to any person/i],
]

/** @param texts - contents of the licence files at the root of a repository */
export function classifyLicence(texts: readonly string[]): Licence {
  const flat = texts.map((text) => text.replace(/\s+/g, ' ')) // wherever the lines break
  const found = marks.filter(([, , pattern]) => flat.some((text) => pattern.test(text)))
  if (found.length === 0) return { name: 'unknown', licenceClass: 'unknown' }
  const licenceClass = found.every(([, kind]) => kind === 'permissive') ? 'permissive' : 'copyleft'
  return { name: found.map(([name]) => name).join(' + '), licenceClass }
}

/**
 * The licence that someone else has read.
 * @param name - as in `Licence`; of unknown class where one of the names is unknown
 */
export function namedLicence(name: string): Licence {
  const classes = name.split(' + ').map((part) => marks.find(([known]) => known === part)?.[1] ?? 'unknown')
  return {
    name,
    licenceClass: (['copyleft', 'unknown'] as const).find((kind) => classes.includes(kind)) ?? 'permissive',
  }
}
