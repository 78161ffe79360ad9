// Each work-item insertion-sorts one short row of shorts kept contiguously in memory.
__kernel void InsertionSortRows(__global short* rows, int rowLen, int numRows)
{
  int r = get_global_id(0);
  if (r < numRows)
  {
    __global short* p = rows + (size_t)r * rowLen;
    for (int i = 1; i < rowLen; i++)
    {
      short v = p[i];
      int j = i - 1;
      while (j >= 0 && p[j] > v)
      {
        p[j + 1] = p[j];
        j--;
      }
      p[j + 1] = v;
    }
  }
}
