// Log-softmax with a single online pass, one row per work-item.
__kernel void log_softmax_small(__global const float *x, __global float *y, int rows, int cols)
{
	int r = get_global_id(0);
	if (r >= rows) return;
	__global const float *p = x + r * cols;
	float m = p[0], s = 1.0f;
	for (int c = 1; c < cols; ++c) {
		float v = p[c];
		if (v > m) {
			s = s * exp(m - v) + 1.0f;
			m = v;
		} else {
			s += exp(v - m);
		}
	}
	float lse = m + log(s);
	for (int c = 0; c < cols; ++c)
		y[r * cols + c] = p[c] - lse;
}
