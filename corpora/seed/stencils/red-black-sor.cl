// Red-black successive over-relaxation: updates only the cells of one colour, in place.
kernel void sor_colour(global float *u, global const float *f,
					   int w, int h, int colour, float omega, float h2)
{
	int y = get_global_id(1) + 1;
	if (y >= h - 1) return;
	int x = 2 * get_global_id(0) + 1 + ((y + colour) & 1);
	if (x >= w - 1) return;

	int c = mad24(y, w, x);
	float gs = 0.25f * (u[c-1] + u[c+1] + u[c-w] + u[c+w] - h2 * f[c]);
	u[c] = mix(u[c], gs, omega);
}
