// Bilinear demosaic of an RGGB Bayer mosaic of 16-bit samples.
ushort tap(__global const ushort *raw, int x, int y, int w, int h)
{
	/* reflect by two so the colour phase is kept */
	x = x < 0 ? x + 2 : (x >= w ? x - 2 : x);
	y = y < 0 ? y + 2 : (y >= h ? y - 2 : y);
	return raw[y * w + x];
}

__kernel void demosaic(__global const ushort *raw, __global ushort4 *rgb, int w, int h)
{
	int x = get_global_id(0), y = get_global_id(1);
	if (x >= w || y >= h || w < 2 || h < 2) return;

	uint c  = raw[y * w + x];
	uint hz = (tap(raw, x - 1, y, w, h) + tap(raw, x + 1, y, w, h)) / 2u;
	uint vt = (tap(raw, x, y - 1, w, h) + tap(raw, x, y + 1, w, h)) / 2u;
	uint dg = (tap(raw, x - 1, y - 1, w, h) + tap(raw, x + 1, y - 1, w, h)
			 + tap(raw, x - 1, y + 1, w, h) + tap(raw, x + 1, y + 1, w, h)) / 4u;

	uint4 px;
	switch ((y & 1) * 2 + (x & 1)) {
	case 0:  px = (uint4)(c, (hz + vt) / 2u, dg, 65535u); break;   /* red site */
	case 1:  px = (uint4)(hz, c, vt, 65535u);             break;   /* green, red row */
	case 2:  px = (uint4)(vt, c, hz, 65535u);             break;   /* green, blue row */
	default: px = (uint4)(dg, (hz + vt) / 2u, c, 65535u); break;   /* blue site */
	}
	rgb[y * w + x] = convert_ushort4_sat(px);
}
