// One Jacobi sweep for a Poisson problem that also stores the pointwise residual magnitude.
__kernel void JacobiSweep(__global const double* phi,
                          __global const double* rhs,
                          __global double* phiNew,
                          __global double* residual,
                          int rows, int cols, double h)
{
    int col = get_global_id(0);
    int row = get_global_id(1);
    if (row >= rows || col >= cols)
        return;

    int idx = row * cols + col;
    bool boundary = (row == 0) | (col == 0) | (row == rows - 1) | (col == cols - 1);
    if (boundary) {
        phiNew[idx] = phi[idx];
        residual[idx] = 0.0;
    } else {
        double nb = phi[idx - 1] + phi[idx + 1] + phi[idx - cols] + phi[idx + cols];
        double update = 0.25 * (nb - h * h * rhs[idx]);
        phiNew[idx] = update;
        residual[idx] = fabs(update - phi[idx]);
    }
}
