// Conway's game of life on a torus of byte cells.
__kernel void life_step(__global const uchar *now, __global uchar *next, int w, int h)
{
	int x = get_global_id(0), y = get_global_id(1);
	if (x >= w || y >= h) return;

	int alive = 0;
	for (int dy = -1; dy <= 1; dy++) {
		int yy = (y + dy + h) % h;
		for (int dx = -1; dx <= 1; dx++) {
			if (dx == 0 && dy == 0) continue;
			int xx = (x + dx + w) % w;
			alive += now[yy * w + xx] & 1;
		}
	}
	uchar self = now[y * w + x] & 1;
	next[y * w + x] = (alive == 3) || (self && alive == 2);
}
