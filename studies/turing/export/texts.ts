// What participants read, unless the researcher writes something else into `study.json` before the first participant.

import type { Confidence, Label, StudyTexts } from '../study.ts'

export const defaultTexts: StudyTexts = {
  consent: [
    'You are invited to take part in a study of how people read program code. You will see short OpenCL kernels, one at a time, and say of each whether a person or a machine wrote it. It takes about half an hour; you may pause at any time.',
    'We store your answers, how long each took, when you began and ended, pauses, and the level of experience that you state. We do not ask for your name, address or anything else that identifies you, and answers are kept under a random number.',
    'Taking part is voluntary. You may stop at any time by closing the page, without giving a reason. [Researcher: add who you are, how to reach you, how to withdraw answers, and the number of the ethics approval.]',
  ],
  instructions: [
    'Some of the kernels were written by people and some by machines. About half of them are human. All were put into the same layout, and all names were replaced: f0 is a function, p0 a parameter, v0 a variable, t0 a type, m0 a member, g0 a global constant. Comments were removed.',
    'Read each kernel as long as you like, choose who wrote it, say how sure you are, and go on. You cannot go back. Please do not search for the code and do not run it through any tool.',
    'Now and then a kernel carries a comment that asks for one certain answer. It checks that kernels are read: please give that answer.',
    'A few kernels to practise come first; there you are told the answer.',
  ],
  experienceQuestion: 'How much have you worked with OpenCL, CUDA or similar languages?',
  experienceLevels: [
    { id: 'none', label: 'I do not program, or never in C-like languages' },
    { id: 'programmer', label: 'I program, but have not written GPU code' },
    { id: 'some', label: 'I have written some GPU code' },
    { id: 'expert', label: 'I write or have written GPU code regularly' },
  ],
  question: 'Who wrote this kernel?',
  labels: { human: 'A person', machine: 'A machine' },
  confidenceQuestion: 'How sure are you?',
  confidenceLevels: ['A guess', 'Not very sure', 'Fairly sure', 'Very sure', 'Certain'],
  thanks: ['Thank you for taking part.', 'Please do not tell others what you saw before they have taken part.'],
}

/** Shown after a practice item. */
export function feedbackOf(origin: Label): string {
  return origin === 'human' ? 'A person wrote this kernel.' : 'A machine wrote this kernel.'
}

/** Bodies of the attention checks, written for this. */
const checkKernels = [
  `kernel void f0(global const float *p0, global float *p1, int p2) {
  int v0 = get_global_id(0);
  if (v0 >= p2) return;
  p1[v0] = 2.0f * p0[v0] + 1.0f;
}
`,
  `kernel void f0(global int *p0, global const int *p1, int p2) {
  int v0 = get_global_id(0);
  int v1 = 0;
  for (int v2 = 0; v2 < p2; ++v2) v1 += p1[v0 * p2 + v2];
  p0[v0] = v1;
}
`,
]

/** A kernel whose comment asks for one answer; of each label one, at both ends of the scale. */
export function attentionChecks(
  texts: StudyTexts,
): { readonly text: string; readonly expected: { readonly label: Label; readonly confidence: Confidence } }[] {
  const expected: { label: Label; confidence: Confidence }[] = [
    { label: 'machine', confidence: 1 },
    { label: 'human', confidence: 5 },
  ]
  return expected.map(({ label, confidence }, i) => {
    const answer = `"${texts.labels[label]}", "${texts.confidenceLevels[confidence - 1]}"`
    return { text: `// Attention check: please answer ${answer}.\n${checkKernels[i]}`, expected: { label, confidence } }
  })
}
