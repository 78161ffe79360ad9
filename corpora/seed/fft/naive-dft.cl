// Direct DFT, O(n^2), using an exact integer phase index to keep the angle small.
__kernel void dft(__global const float2 *x, __global float2 *X, int n)
{
	int k = get_global_id(0);
	if (k >= n) return;

	float step = -2.0f * M_PI_F / n;
	float2 acc = (float2)(0.0f);
	int phase = 0;
	for (int t = 0; t < n; t++) {
		float a = step * phase;
		float c = cos(a), s = sin(a);
		acc.x += x[t].x * c - x[t].y * s;
		acc.y += x[t].x * s + x[t].y * c;
		phase += k;
		if (phase >= n) phase -= n;
	}
	X[k] = acc;
}
