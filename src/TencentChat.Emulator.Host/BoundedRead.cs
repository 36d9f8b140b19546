namespace TencentChat.Emulator.Host;

/// <summary>Reads what others send without ever holding more than it was told.</summary>
internal static class BoundedRead
{
    /// <summary>The longest state that is read: more than a million accounts with their values, which take some six times as much once read.</summary>
    public const int MaxStateBytes = 128 * 1024 * 1024;

    private const int FirstSize = 16 * 1024;

    /// <summary>A request's body, or null when it is longer than <paramref name="limit"/> bytes, which is known without reading it all.</summary>
    public static Task<ReadOnlyMemory<byte>?> ToEndAsync(HttpRequest request, int limit, CancellationToken cancellationToken) =>
        ToEndAsync(request.Body, request.ContentLength, limit, cancellationToken);

    /// <summary>What a stream holds, or null when that is more than <paramref name="limit"/> bytes.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ToEndAsync(Stream stream, long? claimedLength, int limit, CancellationToken cancellationToken)
    {
        if (claimedLength > limit)
        {
            return null;
        }

        // The length is the caller's claim: believed as far as a first buffer goes, no further.
        byte[] buffer = new byte[Math.Min((int)(claimedLength ?? FirstSize) + 1, FirstSize)];
        int length = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken)) > 0)
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
