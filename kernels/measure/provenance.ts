// Whether a time was seen or worked out.

/** `measured`: the device ran it. `modelled`: estimated from instruction counts and a description of the device. */
export type Provenance = 'measured' | 'modelled'
