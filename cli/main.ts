#!/usr/bin/env node
// The `benchsteer` program: parses its arguments, runs one command, sets the exit code.

const isDebug = !['', '0', undefined].includes(process.env.BENCHSTEER_DEBUG)
process.exitCode = await main()

async function main(): Promise<number> {
  try {
    // Loaded here, not above: where npm packages are missing or broken, say so instead of a stack trace.
    const [{ commands }, { processIo }, { runCli }] = await Promise.all([
      import('./commands/index.ts'),
      import('./io.ts'),
      import('./program.ts'),
    ])
    return await runCli(process.argv.slice(2), commands, processIo(), isDebug)
  } catch (error) {
    if (isDebug) throw error
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`benchsteer: cannot start: ${message}\nIn a checkout, run: npm ci\n`)
    return 1
  }
}
