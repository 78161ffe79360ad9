// The explorer: an HTTP server on this machine that shows a store and changes nothing. It answers to its own names
// only: a page of elsewhere whose name was made to point here (DNS rebinding) sends another Host.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { basename, dirname, join, resolve } from 'node:path'
import { closeServer, dataPolicy, listenAt, securityHeaders } from '../web/index.ts'
import { type Asset, builtScripts, readAssets } from './assets.ts'
import type { Refusal } from './page/messages.ts'
import { Session } from './session.ts'

/** How an explorer runs. */
export interface ExplorerOptions {
  /** TCP port, 0 to 65535; 0, the default, takes a free one. */
  readonly port?: number
  /** Folder of the page's compiled modules. Default: where the build puts them. */
  readonly scripts?: string
  /** Told of requests that failed through no fault of their sender. Default nobody. */
  readonly onError?: (error: unknown) => void
}

/** An explorer at work. Hold it with `await using`. */
export interface Explorer extends AsyncDisposable {
  /** Where the page is, with a `/` at the end. */
  readonly url: string
}

/** What is sent. */
interface Reply {
  readonly status: number
  readonly type: string
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

const host = '127.0.0.1'

/**
 * Show a store at a page that this machine alone can reach.
 * @param path - of the store; another process may be writing to it
 * @throws {RangeError} for a port that is none, {BenchError} where the store cannot be read, the page is not built or
 *   nothing can listen
 */
export async function startExplorer(path: string, options: ExplorerOptions = {}): Promise<Explorer> {
  const { port = 0, scripts = builtScripts, onError = () => {} } = options
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`port: expected an integer from 0 to 65535, received ${port}`)
  }
  const assets = readAssets(scripts)
  // Searches all call their store the same: its folder tells it from others.
  const file = resolve(path)
  const session = new Session(file, join(basename(dirname(file)), basename(file)))
  const times = { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5_000, maxHeaderSize: 8_192 }
  const server = createServer(times, (request, response) => {
    send(response, answer(request, assets, session, onError), request.method === 'HEAD')
  })
  try {
    const url = await listenAt(server, port, host)
    const reading = readAhead(session, onError)
    return {
      url,
      async [Symbol.asyncDispose]() {
        clearImmediate(reading)
        await closeServer(server)
        session[Symbol.dispose]()
      },
    }
  } catch (error) {
    session[Symbol.dispose]()
    throw error
  }
}

/** What the page will ask for first, once the caller has told where it is. */
function readAhead(session: Session, onError: (error: unknown) => void): NodeJS.Immediate {
  return setImmediate(() => {
    try {
      session.kernels(false)
    } catch (error) {
      onError(error)
    }
  })
}

function answer(
  request: IncomingMessage,
  assets: ReadonlyMap<string, Asset>,
  session: Session,
  onError: (error: unknown) => void,
): Reply {
  if (!isOurName(request)) return refuse(421, 'other-host', 'the explorer answers to localhost only')
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { ...refuse(405, 'method-not-allowed', 'expected GET'), headers: { allow: 'GET, HEAD' } }
  }
  try {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const asset = assets.get(url.pathname)
    if (asset !== undefined) {
      return { status: 200, type: asset.type, body: asset.text, headers: asset.headers }
    }
    return answerData(url, session)
  } catch (error) {
    onError(error)
    return refuse(500, 'failed', error instanceof Error ? error.message : String(error))
  }
}

/** Names of this machine, with the port that was asked at. */
function isOurName({ headers, socket }: IncomingMessage): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]']
  const own = names.map((name) => `${name}:${socket.localPort}`)
  return [...own, ...(socket.localPort === 80 ? names : [])].includes(headers.host ?? '')
}

function answerData({ pathname, searchParams }: URL, session: Session): Reply {
  const given = (name: string): string => searchParams.get(name) ?? ''
  switch (pathname) {
    case '/api/kernels':
      return columns(session.kernels(searchParams.has('fresh'), given('space') || undefined))
    case '/api/spaces':
    case '/api/times':
    case '/api/map':
    case '/api/feature': {
      // Rows of another snapshot are other kernels.
      if (given('snapshot') !== String(session.number)) return refuse(409, 'other-snapshot', 'the page is out of date')
      if (pathname === '/api/spaces') return json(200, session.spaces())
      if (pathname === '/api/times') return columns(session.times())
      const isMap = pathname === '/api/map'
      const found = isMap ? session.map(given('space')) : session.feature(given('space'), given('name'))
      return found === undefined ? refuse(404, 'not-found', 'the store has no such space or feature') : columns(found)
    }
    case '/api/kernel': {
      const details = session.details(given('key'))
      return details === undefined ? refuse(404, 'not-found', 'the store has no such kernel') : json(200, details)
    }
    case '/api/changes':
      return json(200, session.changes())
    default:
      return refuse(404, 'not-found', 'there is nothing here')
  }
}

function columns(body: Uint8Array): Reply {
  return { status: 200, type: 'application/octet-stream', body }
}

function json(status: number, value: object): Reply {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) }
}

function refuse(status: number, error: string, message: string): Reply {
  const refusal: Refusal = { error, message }
  return json(status, refusal)
}

function send(response: ServerResponse, { status, type, body, headers }: Reply, isHead: boolean): void {
  if (response.destroyed) return
  response.writeHead(status, {
    ...securityHeaders,
    'content-security-policy': dataPolicy,
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(isHead ? undefined : body)
}
