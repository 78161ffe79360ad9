import { writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startExplorer } from '../../explorer/index.ts'
import { temporaryFolder } from '../corpora/samples.ts'
import { keys, writeStore } from './stores.ts'

async function serve(): Promise<string> {
  const scripts = temporaryFolder()
  writeFileSync(join(scripts, 'main.js'), '// the page')
  const explorer = await startExplorer(writeStore(), { scripts })
  onTestFinished(() => explorer[Symbol.asyncDispose]())
  return explorer.url
}

/** A request with any Host, which `fetch` would not send. */
function ask(url: string, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

describe('the explorer', () => {
  it('listens at this machine only and lets nothing in but its own files', async () => {
    const url = await serve()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    const page = await fetch(url)
    expect(page.status).toBe(200)
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'; script-src 'self'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    const html = await page.text()
    expect(html).not.toMatch(/https?:\/\//)
    expect(await (await fetch(`${url}main.js`)).text()).toBe('// the page')
    expect((await fetch(`${url}page.css`)).headers.get('content-type')).toContain('text/css')
  })

  it('refuses requests that were sent to another name', async () => {
    const url = await serve()
    const { port } = new URL(url)
    expect(await ask(url, `localhost:${port}`)).toBe(200)
    expect(await ask(url, `127.0.0.1:${port}`)).toBe(200)
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost', `localhost:${Number(port) + 1}`]) {
      expect(await ask(`${url}api/kernels`, host)).toBe(421)
    }
  })

  it('only reads, and knows its own paths alone', async () => {
    const url = await serve()
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await fetch(`${url}api/kernels`, { method })).status).toBe(405)
    }
    for (const path of ['package.json', '../package.json', '%2e%2e/package.json', 'page/main.ts', 'api']) {
      expect((await fetch(url + path)).status).toBe(404)
    }
    expect((await fetch(`${url}api/kernel?key=${keys.bred.slice(0, 16)}`)).status).toBe(200)
    expect(await (await fetch(`${url}api/kernel?key=0`)).json()).toMatchObject({ error: 'not-found' })
  })

  it('does not mix columns of different snapshots', async () => {
    const url = await serve()
    await fetch(`${url}api/kernels`)
    expect((await fetch(`${url}api/map?space=grewe&snapshot=1`)).status).toBe(200)
    expect((await fetch(`${url}api/feature?space=grewe&name=mem&snapshot=1`)).status).toBe(200)
    expect((await fetch(`${url}api/feature?space=grewe&name=nothing&snapshot=1`)).status).toBe(404)
    expect((await fetch(`${url}api/map?space=grewe&snapshot=2`)).status).toBe(409)
  })

  it('says what is wrong with where it is to look', async () => {
    const scripts = temporaryFolder()
    await expect(startExplorer(writeStore(), { scripts })).rejects.toThrow(/the page is not built.*npm run build/)
    writeFileSync(join(scripts, 'main.js'), '')
    await expect(startExplorer(join(scripts, 'none.db'), { scripts })).rejects.toThrow(/no such store/)
    await expect(startExplorer(writeStore(), { scripts, port: 70_000 })).rejects.toThrow(/^port: expected/)
  })
})
