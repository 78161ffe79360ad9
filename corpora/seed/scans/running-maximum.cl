// Inclusive running maximum over fixed-length chunks, one chunk per work-item.
kernel void running_max(global const float *restrict x, global float *restrict y,
						uint chunk, uint n)
{
	uint begin = get_global_id(0) * chunk;
	uint end = min(begin + chunk, n);
	float top = -MAXFLOAT;
	for (uint i = begin; i < end; ++i) {
		top = fmax(top, x[i]);
		y[i] = top;
	}
}
