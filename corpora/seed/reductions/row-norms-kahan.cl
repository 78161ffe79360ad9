// Euclidean norm of each matrix row with compensated (Kahan) accumulation.
kernel void rowNorms(global const float *mat, global float *norms, int nRows, int nCols, int ld)
{
    int row = get_global_id(0);
    if (row < nRows) {
        float sum = 0.0f, lost = 0.0f;
        int j = 0;
        while (j < nCols) {
            float v = mat[row * ld + j];
            float y = v * v - lost;
            float t = sum + y;
            lost = (t - sum) - y;
            sum = t;
            ++j;
        }
        norms[row] = sqrt(sum);
    }
}
