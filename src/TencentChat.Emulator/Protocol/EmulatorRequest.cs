namespace TencentChat.Emulator.Protocol;

/// <summary>A request as it came in, whatever carried it.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="path">The path, without the query, as it was sent (not percent-decoded).</param>
/// <param name="query">The query, with or without its question mark, as it was sent.</param>
/// <param name="body">The body; empty when <paramref name="bodyTooLong"/>.</param>
/// <param name="bodyTooLong">That the body was longer than the emulator reads and so was not read.</param>
public readonly struct EmulatorRequest(string method, string path, string query, ReadOnlyMemory<byte> body, bool bodyTooLong = false)
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; } = method;

    /// <summary>The path, without the query, as it was sent.</summary>
    public string Path { get; } = path;

    /// <summary>The body; empty when it was too long.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>That the body was longer than the emulator reads.</summary>
    public bool BodyTooLong { get; } = bodyTooLong;

    // It carries the signature, so nothing outside the gate gets to see it.
    internal string Query { get; } = query;

    /// <summary>The method and the path; never the query, which carries the signature.</summary>
    public override string ToString() => $"{Method} {Path}";
}
