// ELLPACK product with column-major padded storage; padding columns hold -1.
kernel void ell_spmv(global const int* cols, global const float* vals,
					 global const float* x, global float* y,
					 const int rows, const int width, const int pitch)
{
	int r = get_global_id(0);
	if (r >= rows) return;
	float acc = 0.0f;
	for (int k = 0; k < width; ++k) {
		int c = cols[k * pitch + r];
		if (c < 0) break;
		acc = mad(vals[k * pitch + r], x[c], acc);
	}
	y[r] = acc;
}
