// Forward substitution L*X = B with unit or general diagonal; one work-item per right-hand side.
__kernel void trsm_lower(__global const double *L, __global double *B,
						 int n, int nrhs, int unit_diag)
{
	int c = get_global_id(0);
	if (c < nrhs) {
		for (int i = 0; i < n; i++) {
			double v = B[i * nrhs + c];
			for (int j = 0; j < i; j++)
				v -= L[i * n + j] * B[j * nrhs + c];
			B[i * nrhs + c] = unit_diag ? v : v / L[i * n + i];
		}
	}
}
