namespace TencentChat.Tests.Fakes;

/// <summary>An answer's body that breaks, or that never ends when no fault is given.</summary>
internal sealed class FaultyStream(byte[] begin, Exception? endsWith) : ReadOnlyStream
{
    private bool _hasBegun;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_hasBegun && begin.Length > 0)
        {
            _hasBegun = true;
            begin.CopyTo(buffer);
            return begin.Length;
        }

        if (endsWith is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
        }

        throw endsWith!;
    }
}

/// <summary>An orderly answer with spaces behind it, up to a length.</summary>
internal sealed class PaddedStream(int length) : ReadOnlyStream
{
    private int _sent;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = Math.Min(buffer.Length, length - _sent);
        Span<byte> piece = buffer.Span[..count];
        piece.Fill((byte)' ');
        if (_sent == 0)
        {
            "{\"ErrorCode\":0}"u8.CopyTo(piece);
        }

        _sent += count;
        return ValueTask.FromResult(count);
    }
}

/// <summary>What the two have in common.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
