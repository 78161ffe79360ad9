// The collector of a study: an HTTP server over answers.db. node:http alone: six fixed routes need no framework, and
// there is no route to a file, so that the key beside the answers cannot be asked for.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { closeServer, dataPolicy, listenAt, securityHeaders } from '../../../web/index.ts'
import { renderSite, sitePolicy } from '../site/render-site.ts'
import { readKey, readStudy } from '../study-folder.ts'
import { AnswerStore } from './answer-store.ts'
import { type CollectorOptions, resolveCollectorOptions } from './options.ts'
import { RateLimit } from './rate-limit.ts'
import { readBody } from './read-body.ts'
import { type Reply, refuse } from './reply.ts'
import { type Desk, type Route, routes } from './routes.ts'
import { tokenPattern } from './tokens.ts'

/** A collector at work. Hold it with `await using`. */
export interface Collector extends AsyncDisposable {
  /** Where the page is, with a `/` at the end. */
  readonly url: string
  /** Participants who started, who finished, and answers. */
  counts(): ReturnType<AnswerStore['counts']>
  /** Stop listening, finish what was asked, close the file. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Serve a study and take its answers.
 * @param folder - with study.json and key.json; answers.db is made there
 * @throws {RangeError} for wrong options and files, {BenchError} SERVER_FAILED where it cannot listen
 */
export async function startCollector(folder: string, options: CollectorOptions): Promise<Collector> {
  const resolved = resolveCollectorOptions(options)
  const study = readStudy(folder)
  const key = readKey(folder, study)
  const html = renderSite(study, { hasCollector: true })
  const headers = { 'content-security-policy': `${sitePolicy({ hasCollector: true })}; frame-ancestors 'none'` }
  const store = AnswerStore.open(folder, study, resolved.isDurable)
  const desk: Desk = { study, key, store, page: { status: 200, body: html, headers }, options: resolved }
  const server = makeServer(desk)
  let url: string
  try {
    url = await listenAt(server, resolved.port, resolved.host)
  } catch (error) {
    store[Symbol.dispose]()
    throw error
  }
  return {
    url,
    counts: () => store.counts(),
    async [Symbol.asyncDispose]() {
      await closeServer(server)
      store[Symbol.dispose]()
    },
  }
}

function makeServer(desk: Desk): Server {
  const limit = new RateLimit({ unitsPerMinute: desk.options.requestsPerMinute })
  // Slow senders are cut off, so that they cannot take up all connections.
  const times = { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5_000 }
  const limits = { ...times, connectionsCheckingInterval: 5_000, maxHeaderSize: 8_192 }
  const server = createServer(limits, (request, response) => {
    respond(desk, limit, request)
      .catch((error: unknown) => {
        if (!request.destroyed || request.complete) desk.options.onError(error)
        return refuse(500, 'failed', 'the collector failed; nothing was kept')
      })
      .then((reply) => send(response, reply, request.method === 'HEAD'))
      .catch(desk.options.onError)
  })
  server.maxConnections = 2_000
  return server
}

async function respond(desk: Desk, limit: RateLimit, request: IncomingMessage): Promise<Reply> {
  const path = (request.url ?? '').split('?', 1)[0]
  const here = routes.filter((route) => route.path === path)
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const route = here.find((candidate) => candidate.method === method)
  const waitS = limit.take(clientOf(request, desk), route?.cost ?? 1, performance.now())
  if (waitS > 0) {
    return refuse(429, 'too-many-requests', `try again in ${waitS} s`, { 'retry-after': String(waitS) })
  }
  if (here.length === 0) return refuse(404, 'not-found', 'there is nothing here')
  if (route === undefined) {
    const allow = here.map((candidate) => candidate.method).join(', ')
    return refuse(405, 'method-not-allowed', `expected ${allow}`, { allow })
  }
  return await handle(desk, route, request)
}

async function handle(desk: Desk, route: Route, request: IncomingMessage): Promise<Reply> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  if (route.needsToken && !tokenPattern.test(token)) {
    const headers = { 'www-authenticate': 'Bearer' }
    return refuse(401, 'token-needed', 'expected Authorization: Bearer and 64 hex digits', headers)
  }
  if (!route.hasBody) return route.handle(desk, token, undefined)
  const body = await readBody(request)
  return body.ok ? route.handle(desk, token, body.value) : body.refusal
}

/** The address that requests are counted by. It is kept in memory for the limit alone. */
function clientOf(request: IncomingMessage, { options }: Desk): string {
  const forwarded = options.isBehindProxy ? request.headers['x-forwarded-for'] : undefined
  const last = String(forwarded ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return last || request.socket.remoteAddress || 'unknown'
}

function send(response: ServerResponse, { status, body, headers }: Reply, isHead: boolean): void {
  if (response.destroyed) return
  const isPage = typeof body === 'string'
  const text = body === undefined ? '' : isPage ? body : JSON.stringify(body)
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8'
  response.writeHead(status, {
    ...securityHeaders,
    'content-security-policy': dataPolicy,
    ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
    ...headers,
  })
  response.end(isHead ? undefined : text)
}
