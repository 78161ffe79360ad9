// Bodies of requests: JSON in UTF-8, small, never more of it in memory than the limit.

import type { IncomingMessage } from 'node:http'
import { type Refusal, refuse } from './reply.ts'

/** A body that was read, or why not. */
export type Body = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly refusal: Refusal }

/** An answer has 150 bytes; the rest is room for pauses. */
export const maxBodyBytes = 8_192

/** Read the whole body. Rejects only where the connection broke. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const type = request.headers['content-type'] ?? ''
  if (
    !/^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type) ||
    request.headers['content-encoding'] !== undefined
  ) {
    return refused(415, 'not-json', 'expected Content-Type: application/json, not compressed')
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) return tooLarge()
  const chunks: Buffer[] = []
  let sizeBytes = 0
  // Leaving the loop early must not destroy the connection that the refusal goes through.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBodyBytes) {
      request.resume()
      return tooLarge()
    }
    chunks.push(chunk)
  }
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) }
  } catch {
    return refused(400, 'bad-request', 'expected JSON in UTF-8')
  }
}

function tooLarge(): Body {
  // The rest of the body is not worth reading: the connection ends with the answer.
  const headers = { connection: 'close' }
  return refused(413, 'too-large', `expected a body of at most ${maxBodyBytes} bytes`, headers)
}

function refused(...args: Parameters<typeof refuse>): Body {
  return { ok: false, refusal: refuse(...args) }
}
