// jstat brings no types; these are of what is used.

declare module 'jstat' {
  interface Normal {
    cdf(x: number, mean: number, deviation: number): number
    inv(probability: number, mean: number, deviation: number): number
  }
  interface StudentT {
    cdf(x: number, degreesOfFreedom: number): number
    inv(probability: number, degreesOfFreedom: number): number
  }
  const jStat: { readonly normal: Normal; readonly studentt: StudentT }
  // biome-ignore lint/style/noDefaultExport: it is what jstat has.
  export default jStat
}
