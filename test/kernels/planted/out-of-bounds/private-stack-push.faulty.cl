kernel void tree_depth(global const int *keys, global int *depth, int n) {
  int i = get_global_id(0);
  if (i >= n) return;
  int stack[6];
  int top = 0;
  int key = keys[i];
  while (top <= 6) {
    stack[top] = key;
    key = key / 2 + 1;
    top++;
  }
  int sum = 0;
  for (int k = 0; k < top; k++) sum += stack[k];
  depth[i] = sum;
}
