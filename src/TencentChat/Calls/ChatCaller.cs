using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Signing;

namespace TencentChat.Calls;

/// <summary>
/// Makes one try of a call: waits for the endpoint's pace, signs, posts, and judges what came back.
/// Whether and what to repeat is decided by whoever knows what the call was for.
/// </summary>
internal sealed class ChatCaller : IDisposable
{
    private readonly ChatTransport _transport;
    private readonly UserSigSource _signature;
    private readonly TimeProvider _time;
    private readonly double? _callsPerSecond;
    private readonly ConcurrentDictionary<string, Pacer> _pacers = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];

    /// <param name="transport">Posts; disposed with this object.</param>
    /// <param name="signature">Signs; disposed with this object.</param>
    /// <param name="callsPerSecond">The pace of every endpoint, or null for each endpoint's documented one.</param>
    /// <param name="time">The clock.</param>
    public ChatCaller(ChatTransport transport, UserSigSource signature, double? callsPerSecond, TimeProvider time)
    {
        _transport = transport;
        _signature = signature;
        _callsPerSecond = callsPerSecond;
        _time = time;
    }

    public Uri Host => _transport.Host;

    /// <summary>The one pacer that all runs on this connection share for the endpoint.</summary>
    public Pacer PacerOf(ChatEndpoint endpoint) =>
        _pacers.GetOrAdd(endpoint.Name, static (_, from) => new Pacer(from._callsPerSecond ?? from.endpoint.CallsPerSecond, from._time), (_callsPerSecond, endpoint, _time));

    /// <summary>Makes one try.</summary>
    /// <param name="endpoint">The command.</param>
    /// <param name="writeBody">Writes the request's JSON; called when the pace lets the call start.</param>
    /// <param name="mayStart">Cancelled when the call may not start any more.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    public async Task<CallOutcome> TryAsync(ChatEndpoint endpoint, Action<Utf8JsonWriter> writeBody, CancellationToken mayStart, CancellationToken cancellationToken)
    {
        Pacer pacer = PacerOf(endpoint);
        await pacer.WaitAsync(mayStart).ConfigureAwait(false);
        double startedAt = pacer.Now;

        // A linked token learns of it last: meanwhile a call that was given up may have made room for this one.
        cancellationToken.ThrowIfCancellationRequested();
        if (!_buffers.TryTake(out ArrayBufferWriter<byte>? body))
        {
            body = new ArrayBufferWriter<byte>(16 * 1024);
        }

        using (var writer = new Utf8JsonWriter(body, RequestBodies.WriterOptions))
        {
            writeBody(writer);
        }

        string userSig = _signature.Get(_time.GetUtcNow());
        CallOutcome outcome = await PostAsync(endpoint, body.WrittenMemory, userSig, cancellationToken).ConfigureAwait(false);
        if (outcome.Reply is not null)
        {
            // Only after an orderly answer: a call that was given up may still be reading the buffer.
            body.ResetWrittenCount();
            _buffers.Add(body);
        }
        else if (outcome.Error!.Class == ErrorClass.Throttle)
        {
            pacer.Throttled(startedAt);
        }
        else if (outcome.Error.RenewsUserSig)
        {
            outcome.IsSignatureRenewed = _signature.TryRenew(userSig, _time.GetUtcNow());
        }

        return outcome;
    }

    public void Dispose()
    {
        _transport.Dispose();
        _signature.Dispose();
    }

    private async Task<CallOutcome> PostAsync(ChatEndpoint endpoint, ReadOnlyMemory<byte> body, string userSig, CancellationToken cancellationToken)
    {
        try
        {
            return CallOutcome.From(await _transport.PostAsync(endpoint, body, userSig, cancellationToken).ConfigureAwait(false));
        }
        catch (ChatTransportException fault)
        {
            return CallOutcome.From(fault);
        }
        catch (ChatProtocolException fault)
        {
            return CallOutcome.From(fault);
        }
    }
}
