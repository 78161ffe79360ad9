// Dynamic time warping with a Sakoe-Chiba band; each work-group aligns one series pair by anti-diagonals.
__kernel void DtwBanded(__global const float* A,
                        __global const float* B,
                        __global float* result,
                        __local float* rows,       // 3 * (len + 1) floats
                        const int len,
                        const int band)
{
    const int lid = get_local_id(0);
    const int lsz = get_local_size(0);
    const int pair = get_group_id(0);
    const int pitch = len + 1;

    __global const float* a = A + (size_t)pair * len;
    __global const float* b = B + (size_t)pair * len;

    for (int k = lid; k < 3 * pitch; k += lsz)
        rows[k] = INFINITY;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lid == 0)
        rows[0] = 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);

    for (int d = 1; d <= 2 * len; ++d)
    {
        __local float* cur = rows + (d % 3) * pitch;
        __local float* p1 = rows + ((d + 2) % 3) * pitch;
        __local float* p2 = rows + ((d + 1) % 3) * pitch;

        for (int i = lid; i <= len; i += lsz)
        {
            const int j = d - i;
            float v = INFINITY;
            if (i >= 1 && j >= 1 && j <= len && abs(i - j) <= (uint)band)
            {
                const float diff = a[i - 1] - b[j - 1];
                v = diff * diff + fmin(p2[i - 1], fmin(p1[i - 1], p1[i]));
            }
            cur[i] = v;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }

    if (lid == 0)
        result[pair] = sqrt(rows[((2 * len) % 3) * pitch + len]);
}
