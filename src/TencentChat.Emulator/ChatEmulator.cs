using System.Security.Cryptography;
using System.Text;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator;

/// <summary>
/// One app of Tencent Cloud Chat, emulated: the server REST API's user attributes, tags, pushes and accounts, with its checks, limits and
/// codes. Stricter than the service, never laxer. Safe to use from many threads.
/// </summary>
public sealed class ChatEmulator
{
    private readonly EmulatorOptions _options;
    private readonly EmulatorClock _clock;
    private Pipeline _pipeline;
    private int _resetCount;

    /// <summary>Makes an app with nothing in it but its admins and what the options name.</summary>
    /// <param name="options">How the app is set up; null = all defaults.</param>
    /// <param name="timeProvider">The clock for dates, waiting and the rate limit; null = the system's.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public ChatEmulator(EmulatorOptions? options = null, TimeProvider? timeProvider = null)
    {
        _options = options ?? new EmulatorOptions();
        OptionChecks.Check(_options);
        _clock = new EmulatorClock(timeProvider ?? TimeProvider.System);
        SecretKey = _options.SecretKey ?? RandomNumberGenerator.GetHexString(64, lowercase: true);
        State = new EmulatorState(_options, _clock);
        Faults = new FaultList(_options.Seed, _clock.Time);
        Faults.Reset(_options.Faults);
        Journal = new CallJournal(_options.JournalCapacity);
        Traffic = new TrafficMeter(_clock.Time);
        _pipeline = MakePipeline();
    }

    /// <summary>The app's id.</summary>
    public long SdkAppId => _options.SdkAppId;

    /// <summary>The app's secret key, as text: as given, or as made up at start.</summary>
    public string SecretKey { get; }

    /// <summary>What the app holds.</summary>
    public EmulatorState State { get; }

    /// <summary>What was pushed, and to whom.</summary>
    public PushList Pushes => State.Pushes;

    /// <summary>What the emulator received.</summary>
    public CallJournal Journal { get; }

    /// <summary>The faults in force.</summary>
    public FaultList Faults { get; }

    /// <summary>Now, by the emulator's clock.</summary>
    public DateTimeOffset UtcNow => _clock.UtcNow;

    internal EmulatorOptions Options => _options;

    internal TrafficMeter Traffic { get; }

    /// <summary>How often it was reset: whoever follows the journal begins anew then.</summary>
    internal int ResetCount => Volatile.Read(ref _resetCount);

    internal ReadOnlyMemory<byte> ExportStateBytes() => StateJson.Write(State);

    /// <summary>Makes a handler for an <see cref="HttpClient"/> that reaches this emulator whatever host it addresses, without a network.</summary>
    public HttpMessageHandler CreateHandler() => new InProcessHandler(this, _options.MaxBodyBytes);

    /// <summary>Deals with a request, whatever carried it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waiting for an answer that is late or never comes; the work is done all the same.</param>
    /// <returns>The answer, or that the connection is to be closed without one.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<EmulatorReply> ProcessAsync(EmulatorRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Pipeline.Outcome outcome = _pipeline.Handle(request);
        if (outcome.Wait != TimeSpan.Zero)
        {
            await Task.Delay(outcome.Wait, _clock.Time, cancellationToken).ConfigureAwait(false);
        }

        return outcome.Reply;
    }

    /// <summary>Makes accounts exist, as if they had logged in; those that exist stay as they are.</summary>
    /// <param name="userIds">The accounts: UserIDs of 1 to 32 UTF-8 bytes, or RegistrationIDs.</param>
    /// <exception cref="ArgumentException">One of them is neither.</exception>
    public void AddAccounts(IEnumerable<string> userIds)
    {
        ArgumentNullException.ThrowIfNull(userIds);
        State.AddAccounts(userIds);
    }

    /// <summary>Moves the emulator's clock forward: the life of signatures and the time until a re-import pass, the rate limit does not.</summary>
    /// <param name="by">How far; not negative, and not beyond the year 9000.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is.</exception>
    public void AdvanceClock(TimeSpan by)
    {
        if (by < TimeSpan.Zero || by > EmulatorClock.End - UtcNow)
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, EmulatorClock.Bounds);
        }

        _clock.Advance(by);
    }

    /// <summary>All the app holds, as JSON that <see cref="ImportState(string)"/> takes.</summary>
    public string ExportState() => Encoding.UTF8.GetString(StateJson.Write(State).Span);

    /// <summary>Puts another state in the place of this one.</summary>
    /// <param name="json">As <see cref="ExportState"/> writes it.</param>
    /// <exception cref="FormatException">It is not; nothing was changed.</exception>
    public void ImportState(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        ImportState(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Puts another state in the place of this one, from a file as it was read.</summary>
    /// <param name="utf8Json">As <see cref="ExportState"/> writes it, in UTF-8.</param>
    /// <exception cref="FormatException">It is not; nothing was changed.</exception>
    public void ImportState(ReadOnlySpan<byte> utf8Json) => StateJson.Read(utf8Json, State);

    /// <summary>Back to how it was made: state, journal, faults, clock, counts. The secret key stays.</summary>
    public void Reset()
    {
        _clock.Reset();
        State.Reset();
        Faults.Reset(_options.Faults);
        Journal.Clear();
        Traffic.Clear();
        _pipeline = MakePipeline();
        Interlocked.Increment(ref _resetCount);
    }

    /// <summary>The calls a second a command lets through; 0 = any number.</summary>
    internal int LimitOf(Endpoint endpoint) => _pipeline.LimitOf(endpoint);

    /// <summary>Names the app; the key is not for showing.</summary>
    public override string ToString() => $"{nameof(ChatEmulator)} of app {SdkAppId}";

    private Pipeline MakePipeline() => new(_options, SecretKey, State, _clock, Faults, Journal, Traffic);
}
