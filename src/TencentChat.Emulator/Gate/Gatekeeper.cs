using System.Globalization;
using System.Text;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;
using TencentChat.Emulator.State;

namespace TencentChat.Emulator.Gate;

/// <summary>
/// The checks before a command's own: query parameters, signature, admin, rate, features, in this order. Method and path
/// come before, as they decide which command it is.
/// </summary>
internal sealed class Gatekeeper
{
    private const int TrialBatches = 10;
    private const int Batches = 30;

    private readonly EmulatorOptions _options;
    private readonly EmulatorState _state;
    private readonly EmulatorClock _clock;
    private readonly byte[] _key;
    private readonly HashSet<string> _admins;
    private readonly RateCounter[] _counters;
    private readonly DailyVolume _volume = new();

    public Gatekeeper(EmulatorOptions options, string secretKey, EmulatorState state, EmulatorClock clock)
    {
        _options = options;
        _state = state;
        _clock = clock;
        // The key is text: its hexadecimal digits are not decoded.
        _key = Encoding.UTF8.GetBytes(secretKey);
        _admins = new HashSet<string>(options.Admins, StringComparer.Ordinal);
        _counters = EndpointTable.All.Select(_ => new RateCounter(clock.Time, Questions.RateLimitWindow)).ToArray();
    }

    private OpenQuestions Questions => _options.OpenQuestions;

    /// <summary>The calls a second a command lets through; 0 = any number.</summary>
    public int LimitOf(Endpoint endpoint) => _options.RateLimit ?? (endpoint.Name != "batch" ? endpoint.CallsPerSecond : Questions.BatchRate switch
    {
        BatchRate.UsersByPlan => 0,
        BatchRate.CallsByPlan when _options.Plan == EmulatorPlan.Trial => TrialBatches,
        _ => Batches,
    });

    /// <summary>Whether an address has the form of the service's; what it names is another question.</summary>
    public static bool IsWellFormed(string method, string path) =>
        method == "POST"
        && path.StartsWith("/v4/", StringComparison.Ordinal)
        && path.Length <= 256
        && path.Split('/') is [_, _, { Length: > 0 }, { Length: > 0 }];

    /// <summary>Lets a call in, or throws the code of the first check it fails. <paramref name="random"/> is told as soon as it is known.</summary>
    public void Check(Endpoint endpoint, string query, out uint? random)
    {
        random = null;
        QueryParameters parameters = QueryParameters.TryParse(query) ?? throw Refuse(Codes.BadAddress);
        random = ReadRandom(parameters);
        CheckParameters(parameters, random);
        CheckSignature(parameters);
        if (!_admins.Contains(parameters["identifier"]!))
        {
            throw Refuse(Questions.NotAdminCode);
        }

        CheckRate(endpoint);
        CheckFeatures(endpoint);
    }

    private static uint? ReadRandom(QueryParameters parameters) =>
        uint.TryParse(parameters["random"], NumberStyles.None, CultureInfo.InvariantCulture, out uint value) ? value : null;

    private void CheckParameters(QueryParameters parameters, uint? random)
    {
        if (string.IsNullOrEmpty(parameters["sdkappid"]))
        {
            throw Refuse(60012);
        }

        bool isRandomRight = random is not null || (parameters["random"] is null && !Questions.RandomRequired);
        if (parameters.HasDuplicates
            || string.IsNullOrEmpty(parameters["identifier"])
            || parameters["usersig"] is null
            || parameters["contenttype"] != "json"
            || !isRandomRight
            || !TryReadAppId(parameters, out _))
        {
            throw Refuse(Questions.BadQueryParameterCode);
        }
    }

    private static bool TryReadAppId(QueryParameters parameters, out long appId) =>
        long.TryParse(parameters["sdkappid"], NumberStyles.None, CultureInfo.InvariantCulture, out appId);

    private void CheckSignature(QueryParameters parameters)
    {
        if (!TryReadAppId(parameters, out long appId) || appId != _options.SdkAppId)
        {
            throw Refuse(Questions.UnknownAppCode);
        }

        string text = parameters["usersig"]!;
        if (text.Length == 0)
        {
            throw Refuse(Questions.EmptyUserSigCode);
        }

        UserSig sig = UserSig.TryRead(text) ?? throw Refuse(Codes.BadUserSig);
        if (sig.SdkAppId != appId)
        {
            throw Refuse(70014);
        }

        if (!string.Equals(sig.Identifier, parameters["identifier"], StringComparison.Ordinal))
        {
            throw Refuse(70013);
        }

        if (sig.IsExpiredAt(_clock.UtcNow.ToUnixTimeSeconds()))
        {
            throw Refuse(70001);
        }

        // Signatures know whole seconds: one made in the second of the kick counts as made after it.
        if (sig.Time < _state.KickedAt(sig.Identifier))
        {
            throw Refuse(Questions.KickedUserSigCode);
        }

        if (!sig.IsSignedWith(_key))
        {
            throw Refuse(70009);
        }
    }

    private void CheckRate(Endpoint endpoint)
    {
        int limit = LimitOf(endpoint);
        RateCounter counter = _counters[Questions.RateLimitScope == RateLimitScope.App ? 0 : endpoint.Index];
        if (limit > 0 && !counter.TryPass(limit))
        {
            throw Refuse(endpoint.Name == "batch" ? Questions.BatchRateCode : Questions.RateLimitCode);
        }

        if (_options.Plan == EmulatorPlan.Trial && Questions.TrialDailyCalls is { } daily && !_volume.TryPass(_clock.UtcNow, daily))
        {
            throw Refuse(60028);
        }
    }

    private void CheckFeatures(Endpoint endpoint)
    {
        if ((endpoint.Service == Service.AllMemberPush && !_options.PushToAllEnabled)
            || (endpoint.Service == Service.TimPush && !_options.TimPushEnabled))
        {
            throw Refuse(Codes.PushOff);
        }
    }

    private static RefusalException Refuse(int code) => new(code, ErrorTexts.Of(code));
}
