// A study as one HTML page that needs nothing else: styles, scripts and kernels are in it, and its policy lets nothing
// in and, without a collector, nothing out. All texts are escaped; scripts and styles run by their hash alone.

import { createHash } from 'node:crypto'
import { escapeHtml, highlight, jsonForHtml } from '../../../web/index.ts'
import { labels, type Study } from '../study.ts'
import type { PageData } from './page-data.ts'
import { type PageParts, readPageParts } from './page-parts.ts'

/** What kind of page is made. */
export interface SiteOptions {
  /** Answers are sent to `api/` beside the page, and the score is told; else they are downloaded. Default false. */
  readonly hasCollector?: boolean
}

/** The page of a study. The same study gives the same bytes. */
export function renderSite(study: Study, { hasCollector = false }: SiteOptions = {}): string {
  const parts = readPageParts()
  const values: Readonly<Record<string, string>> = {
    ...textsOf(study),
    policy: escapeHtml(policyOf(parts, hasCollector)),
    style: `<style>${parts.style}</style>`,
    andThere: hasCollector ? ' and at the collector' : '',
    kernels: [...study.practice, ...study.items].map(writeKernel).join('\n'),
    scripts: writeScripts(dataOf(study, hasCollector), parts),
  }
  // One pass: what is put in is not looked at again.
  return parts.html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name])
}

/** The Content-Security-Policy of a page, for a header beside that in the page. */
export function sitePolicy({ hasCollector = false }: SiteOptions = {}): string {
  return policyOf(readPageParts(), hasCollector)
}

function policyOf({ script, style }: PageParts, hasCollector: boolean): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data:', // the empty icon, which would else be asked for
    `connect-src ${hasCollector ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

function textsOf({ title, language, texts }: Study): Record<string, string> {
  const lang = `lang="${escapeHtml(language)}"`
  const paragraphs = (texts: readonly string[]): string =>
    texts.map((text) => `<p ${lang}>${escapeHtml(text)}</p>`).join('\n')
  const radio = (name: string, value: string, text: string): string => {
    const input = `<input type="radio" name="${name}" value="${escapeHtml(value)}">`
    return `<label class="choice" ${lang}>${input} ${escapeHtml(text)}</label>`
  }
  return {
    title: escapeHtml(title),
    language: escapeHtml(language),
    consent: paragraphs(texts.consent),
    instructions: paragraphs(texts.instructions),
    thanks: paragraphs(texts.thanks),
    experienceQuestion: escapeHtml(texts.experienceQuestion),
    experienceLevels: texts.experienceLevels.map(({ id, label }) => radio('experience', id, label)).join('\n'),
    question: escapeHtml(texts.question),
    labels: labels.map((label) => radio('label', label, texts.labels[label])).join('\n'),
    confidenceQuestion: escapeHtml(texts.confidenceQuestion),
    confidenceLevels: texts.confidenceLevels.map((text, i) => radio('confidence', String(i + 1), text)).join('\n'),
  }
}

/** Templates are inert: what is in them is neither shown nor run before it is asked for. */
function writeKernel({ id, text }: { readonly id: string; readonly text: string }): string {
  return `<template id="kernel-${escapeHtml(id)}"><code>${highlight(text)}</code></template>`
}

function writeScripts(data: PageData, { script }: PageParts): string {
  const asJson = `<script type="application/json" id="study">${jsonForHtml(data)}</script>`
  return `${asJson}\n<script type="module">${script}</script>`
}

function dataOf({ id, schedules, practice }: Study, hasCollector: boolean): PageData {
  return {
    study: id,
    hasCollector,
    schedules: schedules.map((schedule) => ({ id: schedule.id, order: schedule.order })),
    practice: practice.map(({ id: item, origin, feedback }) => ({ id: item, origin, feedback })),
  }
}
