// Weighted reservoir key: u^(1/w) in log space, with non-positive weights excluded.
kernel void reservoir_key(global const float *w, global const float *u, global float *key, int n) {
    int i = get_global_id(0);
    if (i < n) key[i] = w[i] > 0.0f ? log(u[i]) / w[i] : -INFINITY;
}
