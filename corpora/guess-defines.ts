// Host programs pass macros with -D that the kernel file alone does not show. What the compiler calls undeclared and
// is spelled like a macro gets a plausible value: a type for a type, a small number for a constant, a built-in for a
// function. Kernels in `half`, which few devices have, become kernels in `float`.

/**
 * Defines worth trying, from a compiler log, one a name; empty where nothing in it looks like a missing macro.
 * @param known - defines that there are already
 */
export function guessDefines(log: string, known: readonly string[] = []): string[] {
  const isVolume = /DEPTH|\bint4'/.test(log)
  const missing = [...log.matchAll(undeclared)].map(([, kind, name]) => ({ kind, name }))
  const types = missing.filter(({ kind }) => kind === 'unknown type name') // else `(T)n` makes a number of the type
  const others = missing.filter(({ kind }) => kind !== 'unknown type name')
  const defines: string[] = /cl_khr_fp16|'(?:const |__private )*half'/.test(log) ? [...halfAsFloat] : []
  for (const { kind, name } of [...types, ...others]) {
    if (halfTypes.includes(name)) defines.push(...halfAsFloat)
    else if (kind === 'unknown type name') defines.push(`${name}=${guessImage(name, isVolume) ?? guessType(name)}`)
    else if (kind === 'implicit declaration of function') defines.push(...guessFunction(name))
    else if (macroName.test(name)) defines.push(`${name}=${guessValue(name)}`)
  }
  const names = new Set(known.map(nameOf))
  return defines.filter((define) => !names.has(nameOf(define)) && names.add(nameOf(define)))
}

/** What stands before the parameters or the value. */
function nameOf(define: string): string {
  return define.replace(/[(=].*/s, '')
}

const undeclared = /(unknown type name|use of undeclared identifier|implicit declaration of function) '(\w+)'/g

/** Upper case to the first underscore at least: `TILE`, `IMAGE_src_TYPE`. */
const macroName = /^[A-Z][A-Z0-9]*(?:_\w+)?$/

const halfTypes = ['half', 'half2', 'half3', 'half4', 'half8', 'half16']
const halfAsFloat = [
  ...halfTypes.flatMap((type) => {
    const float = type.replace('half', 'float')
    return [`${type}=${float}`, `convert_${type}=convert_${float}`, `as_${type}=as_${float}`]
  }),
  'convert_half_rte=convert_float',
  'read_imageh=read_imagef',
  'write_imageh=write_imagef',
]

const integers: Readonly<Record<string, string>> = { 8: 'char', 16: 'short', 32: 'int', 64: 'long' }

/** Element type by the words in the name, float where there are none; width by its last number. `u16` and the like are what they say. */
export function guessType(name: string): string {
  const [, sign, bits] = /^([usi])(8|16|32|64)$/.exec(name) ?? []
  if (bits !== undefined) return `${sign === 'u' ? 'u' : ''}${integers[bits]}`
  const width = /(?:^|[^\d])(2|3|4|8|16)(?:_?t)?$/i.exec(name)?.[1] ?? ''
  if (/uint|unsigned|hash|word/i.test(name)) return `uint${width}`
  if (/uchar|byte|pixel/i.test(name)) return `uchar${width}`
  if (/int|idx|index|size|label/i.test(name)) return `int${width}`
  return `float${width}`
}

/** Of a parameter that is an image: `IMAGE_src_TYPE`. */
function guessImage(name: string, isVolume: boolean): string | undefined {
  if (!/^IMAGE_\w*TYPE$/.test(name) || /PIXEL/.test(name)) return undefined
  const access = /dst|dest|out/i.test(name) ? '__write_only' : '__read_only'
  return `${access} image${isVolume ? 3 : 2}d_t`
}

/** Macros with parameters, by the built-in that their name speaks of. */
function guessFunction(name: string): string[] {
  const is = (builtIn: string): string[] => [`${name}(...)=${builtIn}(__VA_ARGS__)`]
  const part = /IMAGE_(WIDTH|HEIGHT|DEPTH)$/.exec(name)
  if (part !== null) return is(`get_image_${part[1].toLowerCase()}`)
  if (/^READ_\w*IMAGE|^RI_|^read_image[A-Z]/.test(name)) return is('read_imagef')
  if (/^WRITE_\w*IMAGE|^WI_|^write_image[A-Z]/.test(name)) return is('write_imagef')
  if (/^(?:CONVERT|CVT|TO)_|^convert_[A-Z]/.test(name)) return is(`convert_${guessType(name)}`)
  const lower = name.toLowerCase()
  if (name !== lower && builtIns.has(lower)) return is(lower)
  return []
}

const builtIns = new Set(
  'min max clamp abs fabs fmin fmax exp exp2 log log2 sqrt rsqrt pow sin cos tanh floor ceil round mad fma dot'.split(
    ' ',
  ),
)

function guessValue(name: string): string {
  if (/TYPE|FLOAT|DTYPE|REAL/.test(name)) return guessType(name)
  if (/RADIUS|STRIDE|PAD|UNROLL|VEC/.test(name)) return '2'
  if (/ALPHA|BETA|EPS|SCALE|FACTOR|THRESHOLD/.test(name)) return '0.5f'
  return '16'
}
