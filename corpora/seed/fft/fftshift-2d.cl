// Swaps quadrants of an even-sized 2-D complex spectrum in place.
kernel void fftshift(global float2 *img, const uint w, const uint h)
{
  const uint x = get_global_id(0), y = get_global_id(1);
  const uint hw = w >> 1, hh = h >> 1;
  if (x >= w || y >= hh) return;
  const uint px = x < hw ? x + hw : x - hw;
  const uint a = y * w + x, b = (y + hh) * w + px;
  const float2 t = img[a];
  img[a] = img[b];
  img[b] = t;
}
