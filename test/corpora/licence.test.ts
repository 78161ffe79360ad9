import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { classifyLicence, namedLicence } from '../../corpora/index.ts'
import { packageRoot } from '../../kernels/index.ts'

const mit = 'Permission is hereby granted, free of charge, to any person obtaining a copy'

describe('classifyLicence', () => {
  it.each([
    ['MIT', 'permissive', mit],
    ['MIT', 'permissive', mit.replace('free of', 'free\n   of')],
    ['BSD', 'permissive', 'Redistribution and use in source and binary forms, with or\nwithout modification'],
    ['BSD', 'permissive', 'Redistributions of source code must retain the above copyright notice'],
    ['ISC', 'permissive', 'Permission to use, copy, modify, and/or distribute this software for any purpose'],
    ['Zlib', 'permissive', "This software is provided 'as-is', without any express or implied\nwarranty."],
    ['BSL-1.0', 'permissive', 'Boost Software License - Version 1.0'],
    ['CC0-1.0', 'permissive', 'Creative Commons Legal Code\n\nCC0 1.0 Universal'],
    ['Unlicense', 'permissive', 'This is free and unencumbered software released into the public domain.'],
    ['GPL', 'copyleft', '                    GNU GENERAL PUBLIC LICENSE\n                       Version 3'],
    ['LGPL', 'copyleft', 'GNU LESSER GENERAL PUBLIC LICENSE'],
    ['AGPL-3.0', 'copyleft', 'GNU AFFERO GENERAL PUBLIC LICENSE'],
    ['MPL-2.0', 'copyleft', 'Mozilla Public License Version 2.0'],
    ['EPL', 'copyleft', 'Eclipse Public License - v 2.0'],
    ['unknown', 'unknown', 'All rights reserved.'],
  ])('tells %s, %s', (name, licenceClass, text) => {
    expect(classifyLicence([text])).toEqual({ name, licenceClass })
  })

  it('tells our own licence', () => {
    const text = readFileSync(join(packageRoot, 'LICENSE'), 'utf8')
    expect(classifyLicence([text])).toEqual({ name: 'Apache-2.0', licenceClass: 'permissive' })
  })

  it('joins several licences, permissive only where all are', () => {
    const bsd = 'Redistribution and use in source and binary forms'
    expect(classifyLicence([mit, bsd])).toEqual({ name: 'BSD + MIT', licenceClass: 'permissive' })
    expect(classifyLicence([mit, 'GNU GENERAL PUBLIC LICENSE'])).toEqual({
      name: 'GPL + MIT',
      licenceClass: 'copyleft',
    })
    expect(classifyLicence([])).toEqual({ name: 'unknown', licenceClass: 'unknown' })
  })
})

describe('namedLicence', () => {
  it.each([
    ['MIT', 'permissive'],
    ['Apache-2.0 + BSD', 'permissive'],
    ['GPL + MIT', 'copyleft'],
    ['GPL + hearsay', 'copyleft'],
    ['MIT + hearsay', 'unknown'],
    ['unknown', 'unknown'],
  ])('knows %s to be %s', (name, licenceClass) => {
    expect(namedLicence(name)).toEqual({ name, licenceClass })
  })
})
