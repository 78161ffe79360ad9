// Min and max over a byte image, sixteen pixels per load.
kernel void minmax16(global const uchar *img, global uint *lo_hi, uint vecs)
{
	uchar16 lo = (uchar16)(255), hi = (uchar16)(0);
	for (uint i = get_global_id(0); i < vecs; i += get_global_size(0)) {
		uchar16 v = vload16(i, img);
		lo = min(lo, v);
		hi = max(hi, v);
	}
	uchar8 l8 = min(lo.lo, lo.hi), h8 = max(hi.lo, hi.hi);
	uchar4 l4 = min(l8.lo, l8.hi), h4 = max(h8.lo, h8.hi);
	uchar2 l2 = min(l4.lo, l4.hi), h2 = max(h4.lo, h4.hi);
	atomic_min(&lo_hi[0], (uint)min(l2.x, l2.y));
	atomic_max(&lo_hi[1], (uint)max(h2.x, h2.y));
}
