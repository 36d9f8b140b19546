namespace TencentChat.Emulator.Host;

/// <summary>Reads request bodies without ever holding more than it was told.</summary>
internal static class BoundedBody
{
    private const int FirstSize = 16 * 1024;

    /// <summary>The body, or null when it is longer than <paramref name="limit"/> bytes, which is known without reading it all.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        // The length is the caller's claim: believed as far as a first buffer goes, no further.
        var buffer = new byte[Math.Min((int)(request.ContentLength ?? FirstSize) + 1, FirstSize)];
        var length = 0;
        int read;
        while ((read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length += read;
            if (length > limit)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min(buffer.Length * 2L, (long)limit + 1));
            }
        }

        return buffer.AsMemory(0, length);
    }
}
