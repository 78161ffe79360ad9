// Applies one of several activation functions chosen at run time.
kernel void activate(global float *x, const int kind, const float alpha, const int n)
{
    const int i = get_global_id(0);
    if (i >= n)
        return;
    float v = x[i];
    switch (kind) {
    case 0: v = fmax(v, 0.0f); break;
    case 1: v = v > 0.0f ? v : alpha * expm1(v); break;
    case 2: v = 1.0f / (1.0f + exp(-v)); break;
    case 3: v = tanh(v); break;
    case 4: v = v * clamp(v / 6.0f + 0.5f, 0.0f, 1.0f); break;
    case 5: v = log1p(exp(-fabs(v))) + fmax(v, 0.0f); break;
    default: break;
    }
    x[i] = v;
}
