// Adds each block's scanned offset to the elements of that block.
__kernel void add_offsets(__global int *data, __global const int *offsets, int n)
{
  int i = get_global_id(0);
  if (i < n)
    data[i] += offsets[get_group_id(0)];
}
