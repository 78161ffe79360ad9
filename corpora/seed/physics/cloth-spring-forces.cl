// Mass-spring cloth forces on a regular grid with structural and shear springs.
float4 spring(float4 a, float4 b, float rest, float k)
{
	float4 d = b - a;
	d.w = 0.0f;
	float len = fast_length(d);
	return len > 0.0f ? d * (k * (len - rest) / len) : (float4)(0.0f);
}

__kernel void cloth_forces(__global const float4 *p, __global const float4 *v, __global float4 *f,
						   int cols, int rows, float rest, float k, float drag)
{
	int c = get_global_id(0), r = get_global_id(1);
	if (c >= cols || r >= rows) return;

	int id = r * cols + c;
	float4 me = p[id];
	float4 total = (float4)(0.0f, -9.8f, 0.0f, 0.0f) - drag * v[id];

	for (int dr = -1; dr <= 1; ++dr) {
		for (int dc = -1; dc <= 1; ++dc) {
			int rr = r + dr, cc = c + dc;
			bool self = dr == 0 && dc == 0;
			if (self || rr < 0 || cc < 0 || rr >= rows || cc >= cols) continue;
			bool shear = dr != 0 && dc != 0;
			total += spring(me, p[rr * cols + cc], shear ? rest * M_SQRT2_F : rest,
							shear ? 0.5f * k : k);
		}
	}
	f[id] = total;
}
