namespace TencentChat.Emulator.Faults;

/// <summary>What a fault does to a call. Each says whether the call's work is done.</summary>
public enum FaultKind
{
    /// <summary>The work is done; the answer comes <see cref="Fault.Argument"/> milliseconds late.</summary>
    Delay,

    /// <summary>The connection is closed without an answer, before any check; no work is done.</summary>
    DropBefore,

    /// <summary>The work is done; then the connection is closed without an answer.</summary>
    DropAfter,

    /// <summary>HTTP 502 with a page that is no JSON, before any check; no work is done.</summary>
    BadGateway,

    /// <summary>HTTP 503 with a page that is no JSON, before any check; no work is done.</summary>
    ServiceUnavailable,

    /// <summary>The work is done; the answer's JSON is cut off in its middle.</summary>
    Truncated,

    /// <summary>The work is done; the answer is HTTP 200 with a page that is no JSON.</summary>
    Malformed,

    /// <summary>The call is refused with the code <see cref="Fault.Argument"/>; no work is done.</summary>
    Code,

    /// <summary>The work is done; the answer says the code <see cref="Fault.Argument"/> all the same.</summary>
    CodeAfter,

    /// <summary>This call and all of the same command in the next <see cref="Fault.Argument"/> milliseconds are over the rate limit; no work is done.</summary>
    Throttle,

    /// <summary>The work is done; no answer ever comes, and the connection stays open until the caller gives up.</summary>
    Hang,
}
