kernel void mean(float a, float b) {
  float out = 0.5f * (a + b);
}
