// Sampled dense-dense product: computes U[i] . V[j] only where a COO mask has an entry.
kernel void sddmm(global const int2 *coords, global const float4 *U, global const float4 *V,
          global float *out, const int nnz, const int rank4)
{
  for (int e = get_global_id(0); e < nnz; e += get_global_size(0)) {
    const int2 ij = coords[e];
    float4 acc = 0.0f;
    for (int k = 0; k < rank4; ++k)
      acc += U[ij.x * rank4 + k] * V[ij.y * rank4 + k];
    acc.xy += acc.zw;
    out[e] = acc.x + acc.y;
  }
}
