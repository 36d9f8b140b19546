namespace TencentChat.Emulator.Protocol;

/// <summary>What the emulator does with a request: an answer, or the connection closed without one.</summary>
public readonly struct EmulatorReply
{
    private EmulatorReply(bool isDropped, int httpStatus, ReadOnlyMemory<byte> body)
    {
        IsDropped = isDropped;
        HttpStatus = httpStatus;
        Body = body;
    }

    /// <summary>Whether the connection is to be closed without an answer.</summary>
    public bool IsDropped { get; }

    /// <summary>The HTTP status: 200 for all that the service itself says, right or wrong; 502 or 503 from a fault.</summary>
    public int HttpStatus { get; }

    /// <summary>The body of the answer: JSON, unless a fault spoilt it.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    internal static EmulatorReply Dropped { get; } = new(true, 0, default);

    internal static EmulatorReply Answer(ReadOnlyMemory<byte> body, int httpStatus = 200) => new(false, httpStatus, body);
}
