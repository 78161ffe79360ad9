// LU factorisation with partial pivoting of a small column-major matrix by a single work-group.
__kernel void lu_small(__global float *A,          /* n x n, column major, leading dimension n */
                       __global int *perm,         /* row permutation, length n */
                       __global int *singular,     /* set to the failing column + 1, else left alone */
                       __local float *best_abs,    /* one per work-item */
                       __local int *best_row,      /* one per work-item */
                       const int n)
{
    if (get_group_id(0) != 0)
        return;

    const int tid = get_local_id(0);
    const int nt = get_local_size(0);

    for (int i = tid; i < n; i += nt)
        perm[i] = i;

    for (int k = 0; k < n; ++k) {
        __global float *colk = A + (size_t)k * n;

        /* 1. every work-item looks for its own best pivot candidate */
        float top = -1.0f;
        int row = k;
        for (int i = k + tid; i < n; i += nt) {
            const float a = fabs(colk[i]);
            if (a > top) {
                top = a;
                row = i;
            }
        }
        best_abs[tid] = top;
        best_row[tid] = row;
        barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);

        /* 2. everybody scans the candidates and reaches the same answer */
        float pivot_abs = best_abs[0];
        int pivot_row = best_row[0];
        for (int t = 1; t < nt; ++t) {
            const bool better = best_abs[t] > pivot_abs
                             || (best_abs[t] == pivot_abs && best_row[t] < pivot_row);
            pivot_abs = better ? best_abs[t] : pivot_abs;
            pivot_row = better ? best_row[t] : pivot_row;
        }
        barrier(CLK_LOCAL_MEM_FENCE);

        if (!(pivot_abs > 0.0f)) {
            if (tid == 0)
                *singular = k + 1;
            return;                 /* same decision in every work-item */
        }

        /* 3. swap rows k and pivot_row across all columns */
        if (pivot_row != k) {
            for (int j = tid; j < n; j += nt) {
                const float t = A[(size_t)j * n + k];
                A[(size_t)j * n + k] = A[(size_t)j * n + pivot_row];
                A[(size_t)j * n + pivot_row] = t;
            }
            if (tid == 0) {
                const int t = perm[k];
                perm[k] = perm[pivot_row];
                perm[pivot_row] = t;
            }
        }
        barrier(CLK_GLOBAL_MEM_FENCE);

        /* 4. multipliers */
        const float inv = 1.0f / colk[k];
        for (int i = k + 1 + tid; i < n; i += nt)
            colk[i] *= inv;
        barrier(CLK_GLOBAL_MEM_FENCE);

        /* 5. trailing update, flattened so that all work-items stay busy */
        const int m = n - k - 1;
        for (int e = tid; e < m * m; e += nt) {
            const int i = k + 1 + e % m;
            const int j = k + 1 + e / m;
            A[(size_t)j * n + i] -= colk[i] * A[(size_t)j * n + k];
        }
        barrier(CLK_GLOBAL_MEM_FENCE);
    }
}
