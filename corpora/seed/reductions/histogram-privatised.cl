// 256-bin byte histogram: per-group counts in local memory, then merged into global bins.
#define BINS 256

__kernel void byte_histogram(__global const uchar *bytes,
               __global uint *hist,
               const uint length)
{
  __local uint bins[BINS];

  for (uint b = get_local_id(0); b < BINS; b += get_local_size(0))
    bins[b] = 0u;
  barrier(CLK_LOCAL_MEM_FENCE);

  for (uint i = get_global_id(0); i < length; i += get_global_size(0))
    atomic_inc(&bins[bytes[i]]);
  barrier(CLK_LOCAL_MEM_FENCE);

  for (uint b = get_local_id(0); b < BINS; b += get_local_size(0))
    if (bins[b] != 0u)
      atomic_add(&hist[b], bins[b]);
}
