// Solves one dependency level of a sparse lower-triangular system in CSR form.
__kernel void ltsv_level(__global const int *rows_in_level, const int level_size,
						 __global const int *rp, __global const int *ci, __global const float *a,
						 __global const float *b, __global float *x)
{
	const int t = get_global_id(0);
	if (t >= level_size)
		return;

	const int i = rows_in_level[t];
	float rhs = b[i];
	float diag = 1.0f;
	for (int k = rp[i]; k != rp[i + 1]; ++k) {
		const int j = ci[k];
		if (j < i)
			rhs -= a[k] * x[j];
		else if (j == i)
			diag = a[k];
	}
	x[i] = rhs / diag;
}
