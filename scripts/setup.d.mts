// Types of what the tests use of setup.mjs.

/** Where a system keeps its programs and libraries, and which packages it can install. */
export interface System {
  readonly binaries: readonly string[]
  readonly libraries: readonly string[]
  /** Folder of OpenCL driver entries. */
  readonly vendors: string
  readonly hasPackage: (name: string) => boolean
}

export interface Need {
  readonly name: string
  readonly packages: readonly string[]
}

export const testNeeds: readonly Need[]
export function missingNeeds(system?: System, wanted?: readonly Need[]): readonly Need[]
export function hasDependencies(root: string): boolean
export function installLine(packages: readonly string[]): string
