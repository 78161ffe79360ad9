// The sections of the page, one of them in view. A change of screen moves the focus to its title, which is how people
// who do not see it learn of it.

/**
 * @template {HTMLElement} T
 * @param {string} id @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id)
  if (found instanceof type) return found
  throw new Error(`the page has no ${id}`)
}

/** @param {string} id @returns {HTMLElement} */
export function block(id) {
  return element(id, HTMLElement)
}

const studyTitle = document.title

/** @param {string} id - of a section */
export function show(id) {
  for (const section of document.querySelectorAll('main > section')) {
    if (section instanceof HTMLElement) section.hidden = section.id !== id
  }
  const title = block(`${id}-title`)
  document.title = `${title.textContent} – ${studyTitle}`
  scrollTo(0, 0)
  title.focus({ preventScroll: true })
}

/** @param {string} text - said once, and shown until the next; empty shows nothing */
export function announce(text) {
  block('status').textContent = text
}

/** @param {string} text - shown until it is old */
export function announceBriefly(text) {
  announce(text)
  setTimeout(() => {
    if (block('status').textContent === text) announce('')
  }, 6_000)
}

/**
 * @param {string} label - empty where there is no progress to show
 * @param {number} [done] @param {number} [of]
 */
export function showCourse(label, done = 0, of = 1) {
  block('course').hidden = label === ''
  block('course-label').textContent = label
  const bar = element('course-bar', HTMLProgressElement)
  bar.max = of
  bar.value = done
}

/** @param {string} section @param {() => void} act - when its form is handed in */
export function onSubmit(section, act) {
  const form = block(section).querySelector('form')
  form?.addEventListener('submit', (event) => {
    event.preventDefault()
    act()
  })
}

/** @param {string} name @returns {HTMLInputElement[]} */
export function radios(name) {
  const found = document.querySelectorAll(`input[type="radio"][name="${name}"]`)
  return Array.from(found).filter((input) => input instanceof HTMLInputElement)
}

/**
 * The value chosen; where there is none, says so beside the question and goes there.
 * @param {string} name @param {string} complaint
 * @returns {string | null}
 */
export function chosen(name, complaint) {
  const inputs = radios(name)
  const value = inputs.find(({ checked }) => checked)?.value ?? null
  block(`${name}-error`).textContent = value === null ? complaint : ''
  for (const input of inputs) input.setAttribute('aria-invalid', String(value === null))
  if (value === null) inputs[0]?.focus()
  return value
}

/** @param {string} name */
export function clearChoice(name) {
  block(`${name}-error`).textContent = ''
  for (const input of radios(name)) {
    input.checked = false
    input.removeAttribute('aria-invalid')
  }
}

/** @param {string} name @param {string} text - offered as a file of JSON */
export function offerFile(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
