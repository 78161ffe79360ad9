// Vertical box blur with a sliding window, one column per work-item.
kernel void box_v(global const uchar *src, global uchar *dst, int w, int h, int r)
{
	int x = get_global_id(0);
	if (x >= w) return;

	int window = 2 * r + 1;
	int sum = 0;
	for (int k = -r; k <= r; ++k)
		sum += src[clamp(k, 0, h - 1) * w + x];

	int y = 0;
	do {
		dst[y * w + x] = (uchar)((sum + window / 2) / window);
		int drop = max(y - r, 0);
		int add  = min(y + r + 1, h - 1);
		sum += src[add * w + x];
		sum -= src[drop * w + x];
	} while (++y < h);
}
