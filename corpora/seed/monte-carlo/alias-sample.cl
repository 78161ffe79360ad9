// Draws from a discrete distribution with a prebuilt alias table.
kernel void alias_sample(global const float *prob, global const uint *alias,
                         global const float2 *uniforms, global uint *draw,
                         uint bins, uint n)
{
    uint i = get_global_id(0);
    if (i >= n) return;
    float2 u = uniforms[i];
    uint b = min((uint)(u.x * bins), bins - 1);
    draw[i] = u.y < prob[b] ? b : alias[b];
}
