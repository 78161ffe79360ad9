// C host programs: `<key>.c` per kernel, with its text and payload in it, beside the header that runs it and a Makefile.
// Payloads are embedded byte by byte, so that every compiler and machine gets the same.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Payload, type PayloadArgument, packageRoot, planPayload, type ScalarName } from '../../kernels/index.ts'
import { recordOf } from './fields.ts'
import type { FilesFormat } from './format.ts'

/** Data of a payload that a program may hold; compilers take a second for each four megabytes. */
const mostBytes = 8 << 20
/** Of every payload. */
const seed = 1

const makefile = `# make: builds every program; make check: runs them all. DEVICE is a number over all platforms' devices.
CFLAGS ?= -O1
LDLIBS += -lm $(if $(filter Darwin,$(shell uname)),-framework OpenCL,-l:libOpenCL.so.1)
DEVICE ?= 0
PROGRAMS := $(patsubst %.c,%,$(wildcard *.c))

all: $(PROGRAMS)

$(PROGRAMS): %: %.c harness.h
\t$(CC) -std=c99 $(CFLAGS) -o $@ $< $(LDFLAGS) $(LDLIBS)

check: all
\t@failed=0; for program in $(PROGRAMS); do ./$$program $(DEVICE) || failed=1; done; exit $$failed

clean:
\trm -f $(PROGRAMS)

.PHONY: all check clean
`

export const harnessFormat: FilesFormat = {
  kind: 'files',
  id: 'harness',
  shared: () => [
    { name: 'Makefile', content: makefile },
    { name: 'harness.h', content: readFileSync(join(packageRoot, 'corpora', 'export', 'harness.h'), 'utf8') },
  ],
  async *render({ entries, spaces }) {
    for await (const entry of entries) {
      const { kernel } = entry
      const record = recordOf(entry, spaces)
      const planned = planPayload(kernel.text, { seed })
      const size = planned.ok ? planned.payload.arguments.reduce((sum, argument) => sum + lengthOf(argument), 0) : 0
      if (!planned.ok || size > mostBytes) {
        const log = planned.ok ? `the payload has ${size} bytes; at most ${mostBytes} are embedded` : planned.log
        yield { file: null, line: JSON.stringify({ file: null, stage: 'arguments', log, ...record }) }
        continue
      }
      const { globalSize, localSize } = planned.payload
      const name = `${kernel.key}.c`
      const line = JSON.stringify({ file: name, globalSize, localSize, payloadSeed: seed, ...record })
      yield { file: { name, content: renderProgram(kernel.text, planned.payload, kernel.key) }, line }
    }
  },
}

function lengthOf(argument: PayloadArgument): number {
  return 'bytes' in argument ? argument.bytes.length : 0
}

/** One C file for a kernel and its payload. */
export function renderProgram(text: string, payload: Payload, title: string): string {
  const { kernel, globalSize, localSize } = payload
  const tables = payload.arguments.flatMap((argument, i) => [...dataOf(argument, i), ...fieldsOf(argument, i)])
  return [
    `/* ${title}: payload of seed ${payload.seed}; see harness.h and the Makefile. */`,
    '#include "harness.h"',
    '',
    `static const char source[] =\n${quote(text)};`,
    `static const size_t global_size[] = {${globalSize.join(', ')}}, local_size[] = {${localSize.join(', ')}};`,
    ...tables,
    `static const struct argument arguments[] = {\n${payload.arguments.map(describe).join(',\n')}\n};`,
    '',
    'int main(int count, char **words) {',
    `  const struct benchmark b = {"${kernel}", source, ${globalSize.length}, global_size, local_size,`,
    '                              sizeof arguments / sizeof *arguments, arguments};',
    '  return run_benchmark(&b, count, words);',
    '}',
    '',
  ].join('\n')
}

/** One literal a line, so that none is longer than compilers must take. */
function quote(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  "${line.replace(/[\\"]/g, '\\$&').replace(/\t/g, '\\t').replace(/\?/g, '\\?')}\\n"`)
    .join('\n')
}

/** Words of eight bytes in the byte order of the machine that compiles: OpenCL devices share it, and it is little-endian. */
function dataOf(argument: PayloadArgument, i: number): string[] {
  if (!('bytes' in argument)) return []
  const padded = new Uint8Array(Math.max(1, Math.ceil(argument.bytes.length / 8)) * 8)
  padded.set(argument.bytes)
  const view = new DataView(padded.buffer)
  const words = Array.from({ length: padded.length / 8 }, (_, k) => `0x${view.getBigUint64(k * 8, true).toString(16)}u`)
  const lines = Array.from({ length: Math.ceil(words.length / 6) }, (_, k) => words.slice(k * 6, k * 6 + 6).join(', '))
  return [`static const uint64_t data${i}[] = {\n  ${lines.join(',\n  ')}\n};`]
}

const comparisons: Readonly<Record<ScalarName, readonly [size: number, as: string]>> = {
  bool: [1, 'BYTES'],
  char: [1, 'BYTES'],
  uchar: [1, 'BYTES'],
  short: [2, 'BYTES'],
  ushort: [2, 'BYTES'],
  int: [4, 'BYTES'],
  uint: [4, 'BYTES'],
  long: [8, 'BYTES'],
  ulong: [8, 'BYTES'],
  half: [2, 'HALF'],
  float: [4, 'FLOAT'],
  double: [8, 'DOUBLE'],
}

function fieldsOf(argument: PayloadArgument, i: number): string[] {
  if (argument.kind !== 'buffer' && argument.kind !== 'image') return []
  const isReal = argument.kind === 'image' && argument.channelType === 'float'
  const layout =
    argument.kind === 'buffer'
      ? argument.layout
      : [{ offset: 0, type: isReal ? ('float' as const) : ('uchar' as const) }]
  const fields = layout.map(({ offset, type }) => `{${offset}, ${comparisons[type].join(', ')}}`)
  return [`static const struct field fields${i}[] = {${fields.join(', ')}};`]
}

/** A row of the table of arguments, in the order of `struct argument`. */
function describe(argument: PayloadArgument, i: number): string {
  const row = (kind: string, bytes: number, rest: string): string => `  {${kind}, ${bytes}, ${rest}}`
  switch (argument.kind) {
    case 'buffer': {
      const stride = argument.bytes.length / argument.elements
      return row(
        'BUFFER',
        argument.bytes.length,
        `data${i}, ${stride}, ${argument.layout.length}, fields${i}, 0, 0, 0, 0`,
      )
    }
    case 'image': {
      const isReal = argument.channelType === 'float'
      const size = `${argument.width}, ${argument.height}, ${argument.depth ?? 0}, ${Number(isReal)}`
      return row('IMAGE', argument.bytes.length, `data${i}, ${isReal ? 4 : 1}, 1, fields${i}, ${size}`)
    }
    case 'local':
      return row('LOCAL', argument.byteLength, 'NULL, 0, 0, NULL, 0, 0, 0, 0')
    case 'value':
      return row('VALUE', argument.bytes.length, `data${i}, 0, 0, NULL, 0, 0, 0, 0`)
    case 'sampler':
      return row('SAMPLER', 0, 'NULL, 0, 0, NULL, 0, 0, 0, 0')
  }
}
