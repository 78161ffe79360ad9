// 256-point autosort FFT per work-group of 128 items, with a twiddle table built in local memory.
#define N 256
#define HALF 128

__kernel __attribute__((reqd_work_group_size(HALF, 1, 1)))
void autosort256(__global const float2 *in, __global float2 *out, const int direction, const int batches)
{
    __local float2 data[2][N];
    __local float2 roots[HALF];

    const int tid = get_local_id(0);
    const int batch = get_group_id(0);
    if (batch >= batches)       /* uniform across the group */
        return;

    __global const float2 *src = in + batch * N;
    data[0][tid] = src[tid];
    data[0][tid + HALF] = src[tid + HALF];

    float co;
    const float si = sincos((float)direction * (2.0f * M_PI_F / N) * (float)tid, &co);
    roots[tid] = (float2)(co, si);
    barrier(CLK_LOCAL_MEM_FENCE);

    int from = 0;
    int groups = HALF, run = 1;         /* groups * run == HALF throughout */
    while (groups >= 1) {
        const int g = tid / run;
        const int j = tid % run;

        const float2 a = data[from][g * run + j];
        const float2 b = data[from][(g + groups) * run + j];
        const float2 w = roots[g * run];
        const float2 d = a - b;

        /* decimation in frequency: twiddle after the subtraction */
        data[1 - from][2 * g * run + j] = a + b;
        data[1 - from][(2 * g + 1) * run + j] = (float2)(d.x * w.x - d.y * w.y, d.x * w.y + d.y * w.x);
        barrier(CLK_LOCAL_MEM_FENCE);

        from = 1 - from;
        groups >>= 1;
        run <<= 1;
    }

    __global float2 *dst = out + batch * N;
    dst[tid] = data[from][tid];
    dst[tid + HALF] = data[from][tid + HALF];
}
