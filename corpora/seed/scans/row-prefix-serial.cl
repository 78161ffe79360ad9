// Prefix sum of each image row, one work-item per row (deliberately strided access).
__kernel void RowPrefix(__global const uchar *img, __global uint *sums, int width, int height, int pitch)
{
	int y = get_global_id(0);
	if (y >= height) return;

	uint running = 0;
	for (int x = 0; x < width; ++x)
	{
		running += img[y * pitch + x];
		sums[y * width + x] = running;
	}
}
