// Matrix-vector product with one work-group per row and a strided partial dot product.
kernel void gemv_n(global const float* A, global const float* x, global float* y,
                   local float* part, const int rows, const int cols)
{
    const int lid = get_local_id(0);
    const int width = get_local_size(0);

    for (int r = get_group_id(0); r < rows; r += get_num_groups(0)) {
        float dotp = 0.0f;
        for (int c = lid; c < cols; c += width)
            dotp += A[(size_t)r * cols + c] * x[c];
        part[lid] = dotp;
        barrier(CLK_LOCAL_MEM_FENCE);

        if (lid == 0) {
            float total = 0.0f;
            for (int t = 0; t < width; ++t)
                total += part[t];
            y[r] = total;
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
}
