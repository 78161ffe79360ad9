// A study of a few kernels, in memory and as a folder, for tests of the page and the collector.

import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Study, StudyKey } from '../../../studies/index.ts'

/** What a kernel could carry to break out of the page; the comment lists what must stay text. */
export const hostileText = `kernel void f0(global int *p0) {
  // </script><img src=x onerror=alert(1)> </template></pre><script>alert(2)</script> <!-- ]]> &lt; \${1}
  p0[0] = '</style>' + "\\"><svg onload=alert(3)>";
}
`

const id = (n: number, digits = 12): string => n.toString(16).padStart(digits, '0')

function text(n: number): string {
  return `kernel void f0(global float *p0, const int p1) {
  const int v0 = get_global_id(0);
  if (v0 < p1) {
    float v1 = p0[v0];
    for (int v2 = 0; v2 < ${n + 1}; ++v2) v1 = mad(v1, 0.5f, sqrt(fabs(v1)));
    p0[v0] = v1;
  }
}
`
}

const transposition = `kernel void f0(global const float *p0, global float *p1, const int p2, const int p3) {
  local float v0[16][17];
  const int v1 = get_local_id(0);
  const int v2 = get_local_id(1);
  int v3 = get_group_id(0) * 16 + v1;
  int v4 = get_group_id(1) * 16 + v2;
  if (v3 < p2 && v4 < p3) v0[v2][v1] = p0[v4 * p2 + v3];
  barrier(CLK_LOCAL_MEM_FENCE);
  v3 = get_group_id(1) * 16 + v1;
  v4 = get_group_id(0) * 16 + v2;
  if (v3 < p3 && v4 < p2) p1[v4 * p3 + v3] = v0[v1][v2];
}
`

/** Six kernels (one of them hostile) and a check, in two groups of two schedules each; two practice items. */
export function smallStudy(changes: Partial<Study> = {}): { readonly study: Study; readonly key: string } {
  const items = Array.from({ length: 7 }, (_, i) => ({ id: id(i + 1), text: i === 2 ? hostileText : text(i) }))
  const order = items.map((item) => item.id)
  const key: StudyKey = {
    formatVersion: 1,
    study: id(1, 16),
    seed: 1,
    version: '0.0.0',
    machines: ['machine'],
    groups: [
      { id: 'a', compares: 'machine' },
      { id: 'b', compares: 'control' },
    ],
    items: items.map(({ id }, i) =>
      i === 6
        ? { kind: 'check', id, expected: { label: 'human', confidence: 5 } }
        : {
            ...{ kind: 'kernel', id, origin: i % 2 === 0 ? 'human' : 'machine', corpus: 'machine', group: 'a' },
            ...{ contentKey: id, band: 'b', covariates: {} },
          },
    ),
    plan: {
      ...{ alpha: 0.05, margin: 0.1, participantsPerGroup: 10 },
      exclusions: {
        ...{ leastAnswered: 1, mostFailedChecks: 0, leastMedianResponseMs: 0, leastResponseMs: 0 },
        ...{ mostResponseMs: 864e5, mostEqualLabels: 1 },
      },
    },
  }
  const keyText = JSON.stringify(key)
  const study: Study = {
    ...{ formatVersion: 1, id: id(1, 16), title: 'Who wrote this kernel?', language: 'en' },
    keyHash: createHash('sha256').update(keyText).digest('hex'),
    items,
    practice: [
      {
        id: id(101),
        text: transposition,
        origin: 'human',
        feedback: 'A person wrote it: it transposes a matrix, tile by tile.',
      },
      { id: id(102), text: text(21), origin: 'machine', feedback: 'A program wrote it.' },
    ],
    schedules: [
      { id: id(201), group: 'a', order },
      { id: id(202), group: 'b', order: [...order].reverse() },
      { id: id(203), group: 'a', order: [...order.slice(3), ...order.slice(0, 3)] },
      { id: id(204), group: 'b', order: [...order.slice(5), ...order.slice(0, 5)] },
    ],
    texts: {
      consent: [
        'We study whether people can tell OpenCL kernels written by people from kernels written by a program.',
        'It takes about ten minutes. We keep your answers and how long they took, and nothing that says who you are. You may stop at any time.',
      ],
      instructions: ['You will see one kernel at a time. Decide who wrote it, and say how sure you are.'],
      experienceQuestion: 'How well do you know OpenCL, CUDA or something like them?',
      experienceLevels: [
        { id: 'none', label: 'Not at all' },
        { id: 'some', label: 'I have read or written a little' },
        { id: 'expert', label: 'I use it for my work' },
      ],
      question: 'Who wrote it?',
      labels: { human: 'A person', machine: 'A machine' },
      confidenceQuestion: 'How sure are you?',
      confidenceLevels: ['It is a guess', 'A little', 'Fairly', 'Very', 'Certain'],
      thanks: ['You have helped to find out how natural machine-made benchmarks are.'],
    },
    ...changes,
  }
  return { study, key: keyText }
}

/** Writes the small study's public file and its key. @returns the folder */
export function writeStudy(folder: string, changes: Partial<Study> = {}): string {
  const { study, key } = smallStudy(changes)
  writeFileSync(join(folder, 'study.json'), JSON.stringify(study))
  writeFileSync(join(folder, 'key.json'), key)
  return folder
}
