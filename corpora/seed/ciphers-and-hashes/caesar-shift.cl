// Rotates ASCII letters by a fixed amount and leaves every other byte alone.
kernel void caesar(global char *text, int n, int shift)
{
    int i = get_global_id(0);
    if (i >= n) return;
    char c = text[i];
    if (c >= 'a' && c <= 'z')
        text[i] = 'a' + (c - 'a' + shift + 26) % 26;
    else if (c >= 'A' && c <= 'Z')
        text[i] = 'A' + (c - 'A' + shift + 26) % 26;
}
