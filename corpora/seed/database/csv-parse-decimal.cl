// Parses one decimal field per CSV line into fixed-point cents, with status codes for bad input.
enum { FIELD_OK = 0, FIELD_EMPTY = 1, FIELD_BAD = 2, FIELD_OVERFLOW = 3 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Returns the offset of the wanted field, or -1 when the line is too short. */
static int seek_field(__global const char *line, int len, int field)
{
    int pos = 0;
    bool quoted = false;

    while (field > 0) {
        if (pos >= len)
            return -1;
        const char c = line[pos++];
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            --field;
    }
    return pos;
}

__kernel void csv_parse_decimal(__global const char *text,
                                __global const uint *line_start,
                                const uint lines,
                                const int field,
                                __global long *cents,
                                __global uchar *status)
{
    const uint id = get_global_id(0);
    if (id >= lines)
        return;

    __global const char *line = text + line_start[id];
    const int len = (int)(line_start[id + 1] - line_start[id]);

    long value = 0;
    uchar code = FIELD_OK;
    int pos = seek_field(line, len, field);

    if (pos < 0) {
        code = FIELD_EMPTY;
    } else {
        bool negative = false;
        int digits = 0;
        int decimals = -1;          /* becomes 0 after the point */

        if (pos < len && (line[pos] == '-' || line[pos] == '+'))
            negative = line[pos++] == '-';

        for (; pos < len; ++pos) {
            const char c = line[pos];
            if (c == ',' || c == '\n' || c == '\r')
                break;
            if (c == '.' && decimals < 0) {
                decimals = 0;
                continue;
            }
            if (!is_digit(c)) {
                code = FIELD_BAD;
                break;
            }
            ++digits;
            if (decimals >= 2)
                continue;           /* truncate beyond cents */
            if (value > (LONG_MAX - 9) / 10) {
                code = FIELD_OVERFLOW;
                break;
            }
            value = value * 10 + (c - '0');
            if (decimals >= 0)
                ++decimals;
        }

        if (code == FIELD_OK && digits == 0)
            code = FIELD_EMPTY;
        for (int d = max(decimals, 0); d < 2 && code == FIELD_OK; ++d) {
            if (value > LONG_MAX / 10)
                code = FIELD_OVERFLOW;
            else
                value *= 10;
        }
        if (negative)
            value = -value;
    }

    cents[id] = code == FIELD_OK ? value : 0;
    status[id] = code;
}
