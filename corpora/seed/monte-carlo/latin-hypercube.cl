// Jitters stratified permutations into a Latin hypercube design (dimension along axis 1).
__kernel void lhs(__global const uint *perm, __global const float *jitter, __global float *design,
                  const uint samples, const uint dims, __constant float2 *bounds)
{
    const uint s = get_global_id(0), d = get_global_id(1);
    if (s < samples && d < dims) {
        const uint at = d * samples + s;
        const float u = (perm[at] + jitter[at]) / samples;
        design[s * dims + d] = mix(bounds[d].x, bounds[d].y, u);
    }
}
