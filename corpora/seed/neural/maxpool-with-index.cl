// 2-D max pooling (NCHW) that also records the winning input offset for the backward pass.
typedef struct {
	int channels, in_h, in_w, out_h, out_w;
	int ksize, stride, pad;
} PoolShape;

__kernel void maxpool_fwd(__global const float *in, __global float *out, __global int *argmax,
						  const PoolShape s, const int batch)
{
	const int ow = get_global_id(0);
	const int oh = get_global_id(1);
	const int plane = get_global_id(2);         /* n * channels + c */
	if (ow >= s.out_w || oh >= s.out_h || plane >= batch * s.channels)
		return;

	const int h0 = oh * s.stride - s.pad;
	const int w0 = ow * s.stride - s.pad;
	const int h1 = min(h0 + s.ksize, s.in_h);
	const int w1 = min(w0 + s.ksize, s.in_w);
	const int base = plane * s.in_h * s.in_w;

	float best = -FLT_MAX;
	int where = -1;
	for (int h = max(h0, 0); h < h1; ++h)
		for (int w = max(w0, 0); w < w1; ++w) {
			const int off = base + h * s.in_w + w;
			if (in[off] > best) {
				best = in[off];
				where = off;
			}
		}

	const int o = (plane * s.out_h + oh) * s.out_w + ow;
	out[o] = best;
	argmax[o] = where;
}
