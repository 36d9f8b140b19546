using System.Text;
using TencentChat.Emulator.Commands;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Gate;
using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator;

/// <summary>Takes a request through the checks, the command and the faults, and notes it in the journal.</summary>
internal sealed class Pipeline(EmulatorOptions options, string secretKey, EmulatorState state, EmulatorClock clock, FaultList faults, CallJournal journal, TrafficMeter traffic)
{
    private readonly Gatekeeper _gate = new(options, secretKey, state, clock);
    private long _callNumber;

    /// <summary>The calls a second a command lets through; 0 = any number.</summary>
    public int LimitOf(Endpoint endpoint) => _gate.LimitOf(endpoint);

    /// <summary>Does all there is to do about a request, except for waiting.</summary>
    public Outcome Handle(in EmulatorRequest request)
    {
        Endpoint? endpoint = Gatekeeper.IsWellFormed(request.Method, request.Path) ? EndpointTable.Find(request.Path) : null;
        if (endpoint is null)
        {
            int code = Gatekeeper.IsWellFormed(request.Method, request.Path) ? options.OpenQuestions.UnknownCommandCode : Codes.BadAddress;
            Note(request, null, null, new Result(code, ErrorTexts.Of(code)), null, 200, null);
            return new Outcome(EmulatorReply.Answer(Call.WriteReply(code, ErrorTexts.Of(code), null)), options.Latency);
        }

        if (faults.StrikeOnTheWay(endpoint) is { } loss)
        {
            return LoseOnTheWay(request, endpoint, loss);
        }

        ulong seed = SplitMix.Hash((ulong)options.Seed, (ulong)Interlocked.Increment(ref _callNumber), 0, 0);
        var call = new Call(endpoint, options, state, clock, request.Body, seed);
        Fault? fault = null;
        uint? random = null;
        Result result;
        string? breakdown = null;
        try
        {
            _gate.Check(endpoint, request.Query, out random);
            fault = faults.StrikeInTheService(endpoint);
            result = Work(call, fault, request.BodyTooLong);
        }
        catch (RefusalException refusal)
        {
            result = new Result(refusal.Code, refusal.Message);
            // There was no work after which to lie about it.
            fault = fault?.Kind == FaultKind.CodeAfter ? null : fault;
        }
#pragma warning disable CA1031 // A fault of the emulator's own must not end the host; the journal tells of it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            result = new Result(endpoint.Service == Service.Login ? 70500 : 91000, "internal error of the emulator");
            breakdown = $"internal error: {exception.GetType().Name}";
        }

        return Reply(request, call, fault, random, result, breakdown);
    }

    private static Result Work(Call call, Fault? fault, bool isBodyTooLong)
    {
        if (fault?.Kind == FaultKind.Throttle)
        {
            return new Result(Codes.RateLimited, ErrorTexts.Of(Codes.RateLimited));
        }

        if (fault?.Kind == FaultKind.Code)
        {
            return new Result(fault.Argument, ErrorTexts.Of(fault.Argument));
        }

        if (isBodyTooLong)
        {
            throw call.BadBody("the body is too long");
        }

        CommandTable.Run(call);
        return fault?.Kind == FaultKind.CodeAfter ? new Result(fault.Argument, ErrorTexts.Of(fault.Argument)) : new Result(0, string.Empty);
    }

    private Outcome LoseOnTheWay(in EmulatorRequest request, Endpoint endpoint, Fault loss)
    {
        int? status = loss.Kind switch { FaultKind.BadGateway => 502, FaultKind.ServiceUnavailable => 503, _ => (int?)null };
        Note(request, endpoint, null, null, loss.KindText, status, null);
        return new Outcome(status is { } http ? EmulatorReply.Answer(Page(http), http) : EmulatorReply.Dropped, options.Latency);
    }

    private Outcome Reply(in EmulatorRequest request, Call call, Fault? fault, uint? random, Result result, string? breakdown)
    {
        bool isSilent = fault?.Kind is FaultKind.DropAfter or FaultKind.Hang;
        Note(request, call.Endpoint, call, result, breakdown ?? fault?.KindText, isSilent ? null : 200, random);
        if (fault?.Kind == FaultKind.DropAfter)
        {
            return new Outcome(EmulatorReply.Dropped, options.Latency);
        }

        if (fault?.Kind == FaultKind.Hang)
        {
            return new Outcome(EmulatorReply.Dropped, Timeout.InfiniteTimeSpan);
        }

        ReadOnlyMemory<byte> body = fault?.Kind == FaultKind.Malformed ? Page(200) : Call.WriteReply(result.Code, result.Text, result.Code == 0 ? call.Answer : call.AnswerToRefusal);
        if (fault?.Kind == FaultKind.Truncated)
        {
            body = body[..(body.Length / 2)];
        }

        TimeSpan lateness = fault?.Kind == FaultKind.Delay ? TimeSpan.FromMilliseconds(fault.Argument) : TimeSpan.Zero;
        return new Outcome(EmulatorReply.Answer(body), options.Latency + lateness);
    }

    private void Note(in EmulatorRequest request, Endpoint? endpoint, Call? call, Result? result, string? fault, int? httpStatus, uint? random)
    {
        var entry = new JournalEntry
        {
            Time = clock.UtcNow,
            Method = request.Method.Length <= 16 ? request.Method : request.Method[..16],
            Path = endpoint?.Path ?? PathForNotes(request.Path),
            Endpoint = endpoint?.Name,
            Accounts = call?.Accounts ?? [],
            AccountCount = call?.AccountCount ?? 0,
            Code = result?.Code,
            HttpStatus = httpStatus,
            Fault = fault,
            WorkDone = call?.WorkDone ?? false,
            Random = random,
            TaskId = call?.TaskId,
            AudienceCount = call?.AudienceCount,
        };
        journal.Add(entry);
        // What was lost on the way never came to be counted against the limit.
        traffic.Count(result is null ? null : endpoint, result?.Code == options.OpenQuestions.RateLimitCode || result?.Code == Codes.RateLimited, entry.IsSuccess, fault is not null);
    }

    /// <summary>A path nobody knows may hold anything, a misplaced signature too: no more of it than looks like a path.</summary>
    private static string PathForNotes(string path)
    {
        int length = 0;
        while (length < path.Length && length < 64 && (char.IsAsciiLetterOrDigit(path[length]) || path[length] is '/' or '_' or '.'))
        {
            length++;
        }

        return length == path.Length ? path : path[..length] + "…";
    }

    private static ReadOnlyMemory<byte> Page(int status) => Encoding.UTF8.GetBytes(
        $"<html><head><title>{(status == 200 ? "Welcome" : status)}</title></head><body><hr><center>nginx</center></body></html>\n");

    internal readonly record struct Outcome(EmulatorReply Reply, TimeSpan Wait);

    private sealed record Result(int Code, string Text);
}
