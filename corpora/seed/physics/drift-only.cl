// Position drift of a symplectic integrator.
__kernel void drift(__global float4 *x, __global const float4 *v, float dt, uint n) {
    uint i = get_global_id(0);
    if (i < n) x[i].xyz += dt * v[i].xyz;
}
