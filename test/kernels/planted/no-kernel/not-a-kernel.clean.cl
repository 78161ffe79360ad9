kernel void triple(global int *a) { a[get_global_id(0)] *= 3; }
