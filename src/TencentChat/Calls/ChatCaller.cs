using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.RateLimiting;
using TencentChat.Signing;

namespace TencentChat.Calls;

/// <summary>
/// Makes one try of a call in two steps, so that what never started is not counted: it is started (the endpoint's rate limiter,
/// then the signature), and then posted.
/// </summary>
internal sealed class ChatCaller : IDisposable
{
    private readonly ChatTransport _transport;
    private readonly UserSigSource _signature;
    private readonly TimeProvider _time;
    private readonly double? _callsPerSecond;
    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<ArrayBufferWriter<byte>> _buffers = [];
    private volatile bool _isClosed;
    private volatile bool _hasPassed;

    /// <param name="transport">Posts; disposed with this object.</param>
    /// <param name="signature">Signs; disposed with this object.</param>
    /// <param name="callsPerSecond">The limit of every endpoint, or null for each endpoint's documented one.</param>
    /// <param name="time">The clock.</param>
    public ChatCaller(ChatTransport transport, UserSigSource signature, double? callsPerSecond, TimeProvider time)
    {
        _transport = transport;
        _signature = signature;
        _callsPerSecond = callsPerSecond;
        _time = time;
    }

    public Uri Host => _transport.Host;

    public bool IsClosed => _isClosed;

    /// <summary>Waits until the rate limiter lets the call start, and signs it.</summary>
    /// <param name="endpoint">The command.</param>
    /// <param name="mayStart">Cancelled when the call may not start any more.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits for the answer any more.</param>
    /// <exception cref="ObjectDisposedException">The connection was closed.</exception>
    public async ValueTask<StartedCall> StartAsync(ChatEndpoint endpoint, CancellationToken mayStart, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        RateLimiter limiter = LimiterOf(endpoint);
        LimitedCall call = await limiter.WaitAsync(mayStart).ConfigureAwait(false);

        // Linked to the other one, which learns of a cancellation later: a call that gives up lets the next one in the line
        // start, and that must see at once that nobody waits for it either.
        cancellationToken.ThrowIfCancellationRequested();
        string userSig = _signature.Get(_time.GetUtcNow());
        return new StartedCall(endpoint, userSig, _signature.SecretsOf(userSig), limiter, call);
    }

    /// <summary>Posts the call.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits for the answer any more.</exception>
    public async Task<CallOutcome> PostAsync(StartedCall started, RepeatedCall call, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> body = BodyOf(call);
        CallOutcome outcome;
        try
        {
            outcome = Take(started, await _transport.PostAsync(started.Endpoint, body.WrittenMemory, started.UserSig, started.Secrets, cancellationToken).ConfigureAwait(false));
        }
        catch (ChatTransportException fault)
        {
            outcome = End(started, Verdict.Of(fault, _hasPassed), CallEnd.Lost, null);
        }
        catch (ChatProtocolException fault)
        {
            outcome = End(started, Verdict.Of(fault), CallEnd.Lost, null);
        }

        if (outcome.Reply is not null)
        {
            // Only after an orderly answer: a call that was given up may still be reading the buffer.
            body.ResetWrittenCount();
            _buffers.Add(body);
        }
        else if (outcome.Verdict.Error!.RenewsUserSig)
        {
            return outcome with { IsSignatureRenewed = _signature.TryRenew(started.UserSig, _time.GetUtcNow()) };
        }

        return outcome;
    }

    public void Dispose()
    {
        _isClosed = true;
        _transport.Dispose();
        _signature.Dispose();
    }

    // One for all runs on this connection.
    private RateLimiter LimiterOf(ChatEndpoint endpoint) =>
        _limiters.GetOrAdd(endpoint.Name, static (_, from) => new RateLimiter(from._callsPerSecond ?? from.endpoint.CallsPerSecond, from._time), (_callsPerSecond, endpoint, _time));

    private ArrayBufferWriter<byte> BodyOf(RepeatedCall call)
    {
        if (!_buffers.TryTake(out ArrayBufferWriter<byte>? body))
        {
            body = new ArrayBufferWriter<byte>(16 * 1024);
        }

        using var writer = new Utf8JsonWriter(body, RequestBodies.WriterOptions);
        call.WriteBody(writer);
        return body;
    }

    private CallOutcome Take(StartedCall started, ChatReply reply)
    {
        var verdict = Verdict.Of(reply, _hasPassed);

        // A refusal of the service counts as well, unless it says that every call would be refused.
        if (!_hasPassed && verdict.Ruling != Ruling.EndRun)
        {
            _hasPassed = true;
        }

        return End(started, verdict, CallEnd.Answered, reply);
    }

    private static CallOutcome End(StartedCall started, Verdict verdict, CallEnd end, ChatReply? reply)
    {
        started.End(verdict.Error?.Class == ErrorClass.Throttle ? CallEnd.Throttled : end);
        return new CallOutcome(verdict.Ruling == Ruling.Done ? reply : null, verdict);
    }
}
