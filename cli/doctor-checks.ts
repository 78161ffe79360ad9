// What `benchsteer doctor` looks at. Native code is tried in child processes only.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { BenchError, chooseDevice, type DeviceInfo, findClang, listDevices, packagePath } from '../kernels/index.ts'

/** The state of one thing that benchsteer uses. */
export interface Finding {
  readonly name: string
  /** `missing` includes present but unusable. */
  readonly status: 'ok' | 'missing'
  /** Without it the main job does not run. */
  readonly isRequired: boolean
  /** Version or description; empty where missing. */
  readonly version: string
  /** What to do about it; empty where nothing is to be done. */
  readonly remedy: string
}

/** Everything, in the order in which things depend on each other. */
export async function examine(): Promise<Finding[]> {
  const [first, ...devices] = await examineOpenCl()
  return [examineNode(), ...examinePackages(), examineClang(), first, ...devices, examineOclgrind(), examineModel()]
}

function examineNode(): Finding {
  const isRecent = Number(process.versions.node.split('.')[0]) >= 20
  return finding('Node', isRecent ? process.versions.node : undefined, `install Node 20 or later (https://nodejs.org)`)
}

/** One row for each package with native code, imported for real. */
function examinePackages(): Finding[] {
  const packages = ['koffi', 'tree-sitter', 'tree-sitter-c', 'libsql', 'onnxruntime-node']
  // One process each: whichever breaks, the others are still told apart.
  return packages.map((name) => {
    const load = `import(${JSON.stringify(name)}).then(() => process.exit(0), () => process.exit(1))`
    const { status } = spawnSync(process.execPath, ['-e', load], { cwd: packagePath(), timeout: 20_000 })
    return finding(name, status === 0 ? packageVersion(name) : undefined, 'npm ci')
  })
}

function packageVersion(name: string): string {
  const path = packagePath('node_modules', name, 'package.json')
  if (!existsSync(path)) return 'version unknown' // hoisted into the user's own node_modules
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

function examineClang(): Finding {
  try {
    const { path, version } = findClang()
    const advice = version.startsWith('14.') ? '' : 'IR features are exact with clang 14 only: apt-get install clang-14'
    return { ...finding('clang', `${version} (${path})`, ''), remedy: advice }
  } catch {
    return finding('clang', undefined, 'apt-get install clang-14')
  }
}

/** The loader, then one row a device or one that says there is none; a single row where loader or driver fail. */
async function examineOpenCl(): Promise<Finding[]> {
  try {
    const devices = await listDevices()
    const loader = finding('OpenCL loader', 'found', '')
    if (devices.length === 0) {
      return [loader, finding('OpenCL device', undefined, 'apt-get install pocl-opencl-icd')]
    }
    const chosen = chooseDevice(devices)
    return [loader, ...devices.map((device) => deviceFinding(device, device === chosen))]
  } catch (error) {
    if (!(error instanceof BenchError)) throw error
    return [finding('OpenCL', undefined, error.message)]
  }
}

function deviceFinding(device: DeviceInfo, isDefault: boolean): Finding {
  const software = /PoCL [^\s,]+/.exec(device.platformVersion)?.[0] ?? `${device.platform} ${device.driver}`
  const units = `${device.computeUnits} compute units`
  const label = `OpenCL device ${device.index}`
  return finding(label, `${software}: ${device.name}, ${units}${isDefault ? ', default' : ''}`, '')
}

function examineOclgrind(): Finding {
  const { stdout } = spawnSync('oclgrind', ['--version'], { encoding: 'utf8', timeout: 20_000 })
  const version = /Oclgrind (\d\S*)/.exec(stdout ?? '')?.[1]
  return {
    ...finding('Oclgrind', version, 'apt-get install oclgrind (finds faulty memory accesses)'),
    isRequired: false,
  }
}

function examineModel(): Finding {
  const path = packagePath('model', 'model.json')
  const missing = ['encoder.onnx', 'decoder.onnx', 'weights.bin'].filter(
    (name) => !existsSync(packagePath('model', name)),
  )
  if (existsSync(path) && missing.length > 0) {
    return finding('model', undefined, `model/ lacks ${missing.join(', ')}: check out the repository again`)
  }
  try {
    const { name } = JSON.parse(readFileSync(path, 'utf8')) as { name?: unknown }
    return finding('model', typeof name === 'string' ? name : 'model/model.json', '')
  } catch {
    return finding('model', undefined, `${path} is missing or unreadable: check out the repository again`)
  }
}

/** @param version - undefined where it is missing, which is when `remedy` shows */
function finding(name: string, version: string | undefined, remedy: string): Finding {
  const isOk = version !== undefined
  return { name, status: isOk ? 'ok' : 'missing', isRequired: true, version: version ?? '', remedy: isOk ? '' : remedy }
}
