// Point-wise part of an LSTM cell from pre-activations laid out as [i f g o].
float sigm(float z)
{
  return native_recip(1.0f + native_exp(-z));
}

__kernel void lstm_cell(__global const float *gates, __global float *cell, __global float *hidden,
            const int hidden_size, const int batch)
{
  const int u = get_global_id(0);
  const int b = get_global_id(1);
  if (u >= hidden_size || b >= batch) return;

  __global const float *z = gates + b * 4 * hidden_size + u;
  const float in_gate  = sigm(z[0]);
  const float forget   = sigm(z[hidden_size]);
  const float proposal = tanh(z[2 * hidden_size]);
  const float out_gate = sigm(z[3 * hidden_size]);

  const int at = b * hidden_size + u;
  const float c = forget * cell[at] + in_gate * proposal;
  cell[at] = c;
  hidden[at] = out_gate * tanh(c);
}
