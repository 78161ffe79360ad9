// One kernel and what is asked of it, for practice and study alike.

import { block, chosen, clearChoice, element, radios, show } from './screens.js'

/** @typedef {{ label: import('../../study.ts').Label, confidence: import('../../study.ts').Confidence }} Judgement */

/** @param {string} id - of an item; its text was highlighted when the page was made @param {string} title */
export function askAbout(id, title) {
  const kernel = element(`kernel-${id}`, HTMLTemplateElement)
  block('kernel').replaceChildren(kernel.content.cloneNode(true))
  block('question-title').textContent = title
  for (const name of ['label', 'confidence']) {
    clearChoice(name)
    element(`${name}-field`, HTMLFieldSetElement).disabled = false
  }
  block('feedback').hidden = true
  block('hand-in').textContent = 'Answer'
  show('question')
}

/** @returns {Judgement | null} null where something is not answered yet; the page says what */
export function readJudgement() {
  // Both are looked at, so that both complain; the focus goes to the first.
  const confidence = chosen('confidence', 'Please say how sure you are.')
  const label = chosen('label', 'Please choose one.')
  if ((label !== 'human' && label !== 'machine') || confidence === null) return null
  return { label, confidence: /** @type {Judgement['confidence']} */ (Number(confidence)) }
}

/** @param {boolean} isRight @param {string} origin - who wrote it, in words @param {string} explanation */
export function showFeedback(isRight, origin, explanation) {
  for (const name of ['label', 'confidence']) element(`${name}-field`, HTMLFieldSetElement).disabled = true
  block('feedback').hidden = false
  block('feedback').classList.toggle('right', isRight)
  block('verdict').textContent = `${isRight ? 'Right' : 'Not right'}: ${origin}.`
  block('explanation').textContent = explanation
  const next = block('hand-in')
  next.textContent = 'Next'
  // The button is described by the feedback, so that going there reads it out.
  next.setAttribute('aria-describedby', 'feedback')
  next.focus()
}

export function forgetFeedback() {
  block('hand-in').removeAttribute('aria-describedby')
}

/** @param {import('../../study.ts').Label} label @returns {string} as participants read it */
export function wordFor(label) {
  return (
    radios('label')
      .find(({ value }) => value === label)
      ?.parentElement?.textContent?.trim() ?? label
  )
}
