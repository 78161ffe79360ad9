// Sums every column of a row-major matrix, one work-item per column (coalesced rows).
__kernel void colsum(__global const float *M, __global float *s, int rows, int cols)
{
	int c = get_global_id(0);
	if (c >= cols) return;
	float t = 0;
	for (int r = 0; r < rows; r++)
		t += M[r * cols + c];
	s[c] = t;
}
