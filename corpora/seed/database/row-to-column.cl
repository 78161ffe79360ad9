// Splits an array-of-records table into separate columns.
typedef struct { uint id; float score; uchar flags[4]; } Row;

kernel void row_to_column(global const Row *rows, global uint *id, global float *score, global uchar *active, int n)
{
    int r = get_global_id(0);
    if (r < n) {
        id[r] = rows[r].id;
        score[r] = rows[r].score;
        active[r] = rows[r].flags[0] & 1;
    }
}
