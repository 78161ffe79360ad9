// In-place bit-reversal permutation of 2^log2n complex values.
uint reverse_bits(uint v)
{
	v = ((v >> 1) & 0x55555555u) | ((v & 0x55555555u) << 1);
	v = ((v >> 2) & 0x33333333u) | ((v & 0x33333333u) << 2);
	v = ((v >> 4) & 0x0F0F0F0Fu) | ((v & 0x0F0F0F0Fu) << 4);
	v = ((v >> 8) & 0x00FF00FFu) | ((v & 0x00FF00FFu) << 8);
	return (v >> 16) | (v << 16);
}

kernel void bitrev(global float2 *z, uint log2n)
{
	uint i = get_global_id(0);
	if (log2n == 0 || i >= (1u << log2n)) return;
	uint j = reverse_bits(i) >> (32 - log2n);
	if (i < j) {        // each pair is swapped by exactly one work-item
		float2 t = z[i];
		z[i] = z[j];
		z[j] = t;
	}
}
