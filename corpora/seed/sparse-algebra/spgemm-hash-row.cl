// Sparse matrix-matrix product: each work-group builds one output row in a local-memory hash table.
#define SLOTS 512u
#define EMPTY (-1)

uint slot_hash(int col)
{
    return ((uint)col * 2654435761u) >> 23;     /* top 9 bits: 0..511 */
}

/* Adds `v` to the fixed-point accumulator of column `col`; returns false when the table is full. */
bool table_add(__local volatile int *keys, __local volatile int *sums, int col, int v)
{
    uint s = slot_hash(col);
    for (uint probe = 0; probe < SLOTS; ++probe) {
        const int seen = atomic_cmpxchg(&keys[s], EMPTY, col);
        if (seen == EMPTY || seen == col) {
            atomic_add(&sums[s], v);
            return true;
        }
        s = (s + 1u) & (SLOTS - 1u);
    }
    return false;
}

__kernel void spgemm_int(__global const int *a_ptr, __global const int *a_col, __global const int *a_val,
                         __global const int *b_ptr, __global const int *b_col, __global const int *b_val,
                         __global int *c_len,           /* nonzeros written for each row */
                         __global int *c_col,           /* rows x row_cap */
                         __global int *c_val,
                         __global int *overflow,
                         const int rows, const int row_cap)
{
    __local int keys[SLOTS];
    __local int sums[SLOTS];
    __local int used;

    const int lid = get_local_id(0);
    const int lsz = get_local_size(0);

    for (int row = get_group_id(0); row < rows; row += get_num_groups(0)) {
        for (int s = lid; s < (int)SLOTS; s += lsz) {
            keys[s] = EMPTY;
            sums[s] = 0;
        }
        if (lid == 0)
            used = 0;
        barrier(CLK_LOCAL_MEM_FENCE);

        bool ok = true;
        for (int ka = a_ptr[row]; ka < a_ptr[row + 1]; ++ka) {
            const int mid = a_col[ka];
            const int av = a_val[ka];
            for (int kb = b_ptr[mid] + lid; kb < b_ptr[mid + 1]; kb += lsz)
                ok = table_add(keys, sums, b_col[kb], av * b_val[kb]) && ok;
        }
        if (!ok)
            atomic_or(overflow, 1);
        barrier(CLK_LOCAL_MEM_FENCE);

        for (int s = lid; s < (int)SLOTS; s += lsz) {
            if (keys[s] == EMPTY || sums[s] == 0)
                continue;
            const int at = atomic_inc(&used);
            if (at < row_cap) {
                c_col[row * row_cap + at] = keys[s];
                c_val[row * row_cap + at] = sums[s];
            } else {
                atomic_or(overflow, 2);
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);

        if (lid == 0)
            c_len[row] = min(used, row_cap);
        barrier(CLK_LOCAL_MEM_FENCE);
    }
}
