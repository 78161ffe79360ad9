// Kernels that do what no kernel should, drawn from a seed: to see whether the runner survives them all. Written against
// what drivers are known to trip over; each takes a global int buffer and a number.

import type { Random } from '../../kernels/index.ts'

/** A kernel `k(global int *p, int n)` and what it is meant to do. */
export interface HostileKernel {
  readonly kind: string
  readonly text: string
}

type Writer = (random: Random) => string

const header = 'kernel void k(global int *p, int n)'
const body = (text: string): string => `${header} { int i = get_global_id(0); ${text} }\n`
const large = (random: Random, least: number, greatest: number): number =>
  Math.round(2 ** (least + random.next() * (greatest - least)))
const repeat = (count: number, text: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ')

const writers: Readonly<Record<string, Writer>> = {
  'endless loop': () => body('while (n >= 0 || p[i] < 2) p[i] = p[i] * 3 + 1;'),
  'endless without memory': () => body('volatile int x = n; while (x == x) x++; p[i] = x;'),
  'endless on one item': (random) => body(`if (i == ${random.below(64)}) for (;;) p[i]++;`),
  'very long loop': (random) =>
    body(`long s = 0; for (long j = 0; j < ${large(random, 36, 60)}L; j++) s ^= j * p[i]; p[i] = s;`),
  'spin on a lock': () => body('while (atomic_cmpxchg(p, 7, 8) != 7) {} p[1] = i;'),
  'divergent barrier': (random) => body(`if (i % ${2 + random.below(9)} == 0) barrier(CLK_LOCAL_MEM_FENCE); p[i] = i;`),
  'barrier in a divergent loop': () =>
    body('for (int j = 0; j < get_local_id(0); j++) barrier(CLK_GLOBAL_MEM_FENCE); p[i] = i;'),
  'barrier after return': (random) =>
    body(`if (i > ${random.below(60)}) return; barrier(CLK_LOCAL_MEM_FENCE); p[i] = i;`),
  'large private array': (random) => {
    const size = large(random, 12, 28)
    return body(`int a[${size}]; for (int j = 0; j < ${size}; j += 64) a[j] = j + i; p[i] = a[(n * i) % ${size}];`)
  },
  'large local array': (random) =>
    body(`local int a[${large(random, 12, 28)}]; a[get_local_id(0)] = i; barrier(1); p[i] = a[0];`),
  'huge constant table': (random) => {
    const size = large(random, 8, 15)
    return `constant int t[${size}] = { ${repeat(size, (i) => `${i},`)} };\n${body(`p[i] = t[(i * n) & ${size - 1}];`)}`
  },
  'division by zero': (random) =>
    body(`p[i] = ${random.pick(['n / (n - n)', 'i % (p[i] - p[i])', '(int)0x80000000 / (n - n - 1)'])};`),
  'wild write': (random) => body(`p[${random.pick(['', '-'])}${large(random, 4, 34)}L + i] = n;`),
  'wild read': (random) => body(`p[i] = p[${random.pick(['', '-'])}${large(random, 8, 40)}L * i];`),
  'write to a number': (random) => body(`global int *q = (global int *)(ulong)${large(random, 0, 47)}; q[i] = n;`),
  'write to null': () => body('global int *q = 0; q[i] = n;'),
  'smash the stack': (random) =>
    body(`int a[4]; for (int j = 0; j < ${large(random, 3, 20)}; j++) a[j] = n; p[i] = a[i & 3];`),
  'smash local memory': (random) =>
    body(`local int a[4]; for (int j = 0; j < ${large(random, 3, 24)}; j++) a[j] = n; p[i] = a[i & 3];`),
  'overwrite everything': () => body('for (long j = -1L << 30; j < 1L << 30; j++) p[j] = 0x41414141;'),
  'read everything': () => body('int s = 0; for (long j = 0; j < 1L << 36; j += 1024) s += p[j]; p[i] = s;'),
  trap: () => body('__builtin_trap();'),
  unreachable: () => body('if (n > 0) __builtin_unreachable(); p[i] = n;'),
  'call abort': () => `void abort(void);\n${body('abort();')}`,
  'call exit': () => `void _exit(int);\n${body('_exit(0);')}`,
  'inline assembly': () => body('__asm__("ud2");'),
  recursion: () =>
    `int f(int n, global int *p) { return n == 0 ? p[0] : f(n - 1, p) + f(n + 1, p); }\n${body('p[i] = f(n + i, p);')}`,
  'deep recursion': () =>
    `int f(int n) { volatile int a[64]; a[n & 63] = n; return n > 1 << 30 ? 0 : f(n + 1) + a[3]; }\n${body('p[i] = f(i);')}`,
  'huge unroll': (random) =>
    body(
      `int s = 0; _Pragma("unroll") for (int j = 0; j < ${large(random, 12, 22)}; j++) s += p[j & 63] * j; p[i] = s;`,
    ),
  'long body': (random) => body(repeat(large(random, 8, 14), (j) => `p[i] += p[(i + ${j}) & 63] * ${j};`)),
  'deep nesting': (random) => {
    const depth = large(random, 4, 9)
    return body(`${'if (n) { '.repeat(depth)}p[i] = 1;${' }'.repeat(depth)}`)
  },
  'deep parentheses': (random) => {
    const depth = large(random, 6, 14)
    return body(`p[i] = ${'('.repeat(depth)}n${')'.repeat(depth)};`)
  },
  'many helpers': (random) => {
    const count = large(random, 6, 12)
    const helpers = repeat(
      count,
      (j) => `int f${j}(int x) { return ${j === 0 ? 'x' : `f${j - 1}(x) * 3 + f${j - 1}(x + 1)`}; }`,
    )
    return `${helpers}\n${body(`p[i] = f${Math.min(count - 1, 40)}(n);`)}`
  },
  'wide vectors': (random) =>
    body(
      `double16 v[${large(random, 4, 16)}]; for (int j = 0; j < 16; j++) v[j] = (double16)(n + j); p[i] = (int)v[i & 15].s7;`,
    ),
  'printf flood': () => body('for (int j = 0; j < 1 << 20; j++) printf("%d %s\\n", j, "flooding the output");'),
  'printf of a wild string': () => body('printf("%s%s%n", (constant char *)1, (constant char *)2, p);'),
  'required group too large': (random) =>
    `kernel __attribute__((reqd_work_group_size(${large(random, 10, 31)}, 1, 1))) void k(global int *p, int n) { p[0] = n; }\n`,
  'group of odd size': (random) =>
    `kernel __attribute__((reqd_work_group_size(${1 + random.below(7)}, 3, 1))) void k(global int *p, int n) { p[get_global_id(0)] = n; }\n`,
  include: (random) =>
    `#include "${random.pick(['/dev/zero', '/dev/stdin', '/etc/passwd', '/proc/self/mem'])}"\n${body('p[i] = n;')}`,
  'macro bomb': () => `#define A(x) x x x x x x x x\n#define B(x) A(A(A(A(x))))\n${body('B(B(p[i] += n;))')}`,
  'no kernel': () => 'int f(int x) { return x; }\n',
  garbage: (random) =>
    Array.from({ length: 64 + random.below(512) }, () => String.fromCharCode(32 + random.below(95))).join(''),
  'cut short': (random) => {
    const text = body('for (int j = 0; j < n; j++) { p[i] += j * (p[j] - 3); }')
    return text.slice(0, 8 + random.below(text.length - 8))
  },
  'async copy beyond the end': () =>
    body('local int a[8]; event_t e = async_work_group_copy(a, p, 1 << 20, 0); wait_group_events(1, &e); p[i] = a[0];'),
  'infinite recursion of types': () => `struct s { struct s a; };\n${body('struct s x; p[i] = n;')}`,
  'image of nothing': () => 'kernel void k(read_only image3d_t a, write_only pipe int b, queue_t c) { }\n',
  harmless: () => body('if (i < n) p[i] = p[i] * 3 + n;'),
}

/** Every kind there is. */
export const hostileKinds: readonly string[] = Object.keys(writers)

/** One hostile kernel. @param kind - default: drawn */
export function writeHostileKernel(random: Random, kind: string = random.pick(hostileKinds)): HostileKernel {
  const writer = writers[kind]
  if (writer === undefined) throw new RangeError(`kind: expected one of ${hostileKinds.join(', ')}, received '${kind}'`)
  return { kind, text: writer(random) }
}
