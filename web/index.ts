// Public names of web/: what every page that benchsteer serves or writes has in common.
export { escapeHtml, jsonForHtml } from './escape.ts'
export { dataPolicy, securityHeaders } from './headers.ts'
export { highlight, highlightLines, type Stretch } from './highlight.ts'
export { closeServer, listenAt } from './listen.ts'
export { readTheme } from './theme.ts'
