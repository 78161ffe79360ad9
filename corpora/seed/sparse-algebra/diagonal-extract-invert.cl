// Builds a Jacobi preconditioner: reciprocal of each CSR row's diagonal entry (1 when missing).
kernel void jacobi_setup(global const int *ptr, global const int *ind, global const double *val,
                         global double *inv_diag, int n)
{
    const int i = get_global_id(0);
    if (i >= n) return;

    double d = 0.0;
    int k = ptr[i];
    const int e = ptr[i + 1];
    while (k < e) {
        if (ind[k] == i) {
            d = val[k];
            break;
        }
        ++k;
    }
    inv_diag[i] = (d != 0.0) ? 1.0 / d : 1.0;
}
