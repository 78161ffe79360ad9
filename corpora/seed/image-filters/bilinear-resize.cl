// Bilinear resize of an RGBA8 image with centre-aligned sampling.
float4 fetch(__global const uchar4 *p, int2 dim, int x, int y)
{
  x = clamp(x, 0, dim.x - 1);
  y = clamp(y, 0, dim.y - 1);
  return convert_float4(p[y * dim.x + x]);
}

__kernel void resize_bilinear(__global const uchar4 *src, int2 sdim,
                __global uchar4 *dst, int2 ddim)
{
  const int2 o = (int2)(get_global_id(0), get_global_id(1));
  if (o.x >= ddim.x || o.y >= ddim.y) return;

  const float2 ratio = convert_float2(sdim) / convert_float2(ddim);
  const float2 s = (convert_float2(o) + 0.5f) * ratio - 0.5f;
  const float2 fl = floor(s);
  const float2 t = s - fl;
  const int2 i = convert_int2(fl);

  const float4 top = mix(fetch(src, sdim, i.x, i.y),     fetch(src, sdim, i.x + 1, i.y),     t.x);
  const float4 bot = mix(fetch(src, sdim, i.x, i.y + 1), fetch(src, sdim, i.x + 1, i.y + 1), t.x);
  dst[o.y * ddim.x + o.x] = convert_uchar4_sat_rte(mix(top, bot, t.y));
}
