// Fractional-rate resampler using linear interpolation with 16.16 fixed-point phase.
__kernel void resample_lin(__global const short* in, uint inLen,
                           __global short* out, uint outLen, uint stepQ16)
{
  uint i = get_global_id(0);
  if (i >= outLen) return;
  ulong phase = (ulong)i * stepQ16;
  uint k = (uint)(phase >> 16);
  int frac = (int)(phase & 0xffff);
  int a = in[min(k, inLen - 1)];
  int b = in[min(k + 1, inLen - 1)];
  out[i] = (short)(a + (((b - a) * (frac >> 1)) >> 15));
}
