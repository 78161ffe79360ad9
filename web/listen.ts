// How servers of pages begin and end.

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BenchError } from '../kernels/index.ts'

/** How long requests under way may take when a server stops. */
const graceMs = 3_000

/**
 * Listen for HTTP.
 * @param port - 0 lets the system choose
 * @returns where the server is, with a `/` at the end
 * @throws {BenchError} SERVER_FAILED
 */
export async function listenAt(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reason = cause.code === 'EADDRINUSE' ? 'another program listens there' : cause.message
      reject(new BenchError('SERVER_FAILED', `cannot listen at ${host}, port ${port}: ${reason}`, { cause }))
    })
    server.listen(port, host, resolve)
  })
  const own = server.address() as AddressInfo
  return `http://${own.family === 'IPv6' ? `[${own.address}]` : own.address}:${own.port}/`
}

/** Stop listening and finish what was asked. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
