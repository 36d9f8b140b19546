using System.Net;

namespace TencentChat.Calls;

/// <summary>The body of a request, which knows whether any of it was asked for. Until then the call has surely not arrived.</summary>
/// <param name="body">The bytes; not to be changed before the request has ended.</param>
internal sealed class RequestContent(ReadOnlyMemory<byte> body) : HttpContent
{
    private volatile bool _isStarted;

    /// <summary>Whether there was a connection to send it over.</summary>
    public bool IsStarted => _isStarted;

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _isStarted = true;
        return stream.WriteAsync(body, cancellationToken).AsTask();
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
