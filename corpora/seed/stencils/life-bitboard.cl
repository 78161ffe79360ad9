// Game of life on 32-cell bit-packed words: neighbour counts by carry-save addition.
void add_bit(uint v, uint *ones, uint *twos, uint *fours)
{
  uint c0 = *ones & v;
  *ones ^= v;
  uint c1 = *twos & c0;
  *twos ^= c0;
  *fours |= c1;
}

kernel void life_packed(global const uint *board, global uint *result,
            const uint words_per_row, const uint rows)
{
  const uint wx = get_global_id(0);
  const uint ry = get_global_id(1);
  if (wx >= words_per_row || ry >= rows)
    return;

  uint ones = 0, twos = 0, fours = 0;
  uint centre = 0;

  for (int d = -1; d <= 1; ++d) {
    const long r = (long)ry + d;
    if (r < 0 || r >= (long)rows)
      continue;
    global const uint *line = board + r * words_per_row;
    const uint mid = line[wx];
    const uint lf = (wx > 0) ? line[wx - 1] : 0u;
    const uint rt = (wx + 1 < words_per_row) ? line[wx + 1] : 0u;
    const uint west = (mid << 1) | (lf >> 31);
    const uint east = (mid >> 1) | (rt << 31);

    add_bit(west, &ones, &twos, &fours);
    add_bit(east, &ones, &twos, &fours);
    if (d != 0)
      add_bit(mid, &ones, &twos, &fours);
    else
      centre = mid;
  }

  // alive next turn: count is 3, or count is 2 and currently alive
  result[ry * words_per_row + wx] = ~fours & twos & (ones | centre);
}
