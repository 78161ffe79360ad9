// In-place running sum down every column; second pass of a summed-area table.
kernel void columnPrefix(global uint *table, const int width, const int height)
{
  const int x = get_global_id(0);
  if (x < width) {
    global uint *p = table + x;
    uint acc = 0;
    for (int y = height; y > 0; --y, p += width)
      *p = (acc += *p);
  }
}
