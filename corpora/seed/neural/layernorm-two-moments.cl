// Layer normalisation of token vectors, one work-group per token with float2 moment reduction.
kernel void layer_norm(global const float *x, global const float *g, global const float *b,
             global float *y, local float2 *mom, const int dim, const float eps)
{
  const size_t tok = get_group_id(0);
  const int t = get_local_id(0), T = get_local_size(0);
  global const float *src = x + tok * dim;

  float2 m = (float2)(0.0f);
  for (int i = t; i < dim; i += T)
    m += (float2)(src[i], src[i] * src[i]);
  mom[t] = m;
  barrier(CLK_LOCAL_MEM_FENCE);

  for (int s = T / 2; s > 0; s /= 2) {
    if (t < s) mom[t] += mom[t + s];
    barrier(CLK_LOCAL_MEM_FENCE);
  }

  const float mu = mom[0].x / dim;
  const float rs = rsqrt(mom[0].y / dim - mu * mu + eps);
  for (int i = t; i < dim; i += T)
    y[tok * dim + i] = (src[i] - mu) * rs * g[i] + b[i];
}
