// Rotates the hue of RGB pixels by converting to HSV and back.
float3 rgb2hsv(float3 c)
{
  float mx = fmax(c.x, fmax(c.y, c.z));
  float mn = fmin(c.x, fmin(c.y, c.z));
  float d = mx - mn;
  float h = 0.0f;
  if (d > 1e-6f) {
    if (mx == c.x)      h = (c.y - c.z) / d;
    else if (mx == c.y) h = 2.0f + (c.z - c.x) / d;
    else                h = 4.0f + (c.x - c.y) / d;
    h /= 6.0f;
    h -= floor(h);
  }
  return (float3)(h, mx > 0.0f ? d / mx : 0.0f, mx);
}

float3 hsv2rgb(float3 c)
{
  float h6 = c.x * 6.0f;
  int sector = (int)h6 % 6;
  float f = h6 - floor(h6);
  float p = c.z * (1.0f - c.y);
  float q = c.z * (1.0f - c.y * f);
  float t = c.z * (1.0f - c.y * (1.0f - f));
  switch (sector) {
  case 0:  return (float3)(c.z, t, p);
  case 1:  return (float3)(q, c.z, p);
  case 2:  return (float3)(p, c.z, t);
  case 3:  return (float3)(p, q, c.z);
  case 4:  return (float3)(t, p, c.z);
  default: return (float3)(c.z, p, q);
  }
}

__kernel void hue_shift(__global float *pixels, const float turn, const int count)
{
  const int i = get_global_id(0);
  if (i < count) {
    float3 hsv = rgb2hsv(vload3(i, pixels));
    hsv.x += turn;
    hsv.x -= floor(hsv.x);
    vstore3(hsv2rgb(hsv), i, pixels);
  }
}
