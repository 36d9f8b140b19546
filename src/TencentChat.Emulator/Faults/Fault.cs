using System.Globalization;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Faults;

/// <summary>A fault on demand: which command it strikes, what it does, how often.</summary>
public sealed record Fault
{
    private const int MaxDelay = 3_600_000;

    private static readonly Dictionary<string, FaultKind> s_words = new(StringComparer.Ordinal)
    {
        ["delay"] = FaultKind.Delay,
        ["drop-before"] = FaultKind.DropBefore,
        ["drop-after"] = FaultKind.DropAfter,
        ["502"] = FaultKind.BadGateway,
        ["503"] = FaultKind.ServiceUnavailable,
        ["truncated"] = FaultKind.Truncated,
        ["malformed"] = FaultKind.Malformed,
        ["code-after"] = FaultKind.CodeAfter,
        ["throttle"] = FaultKind.Throttle,
        ["hang"] = FaultKind.Hang,
    };

    /// <summary>Makes a fault.</summary>
    /// <param name="endpoint">The command's name, such as <c>im_set_attr</c>, or <c>*</c> for all.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="rate">The share of calls it strikes, from 0 to 1.</param>
    /// <param name="argument">Milliseconds (at most an hour) for a delay or throttle, the code for a code; else 0.</param>
    /// <param name="limit">How many calls it strikes at most; null = any number.</param>
    /// <exception cref="ArgumentException">No such command, or a number out of its range.</exception>
    public Fault(string endpoint, FaultKind kind, double rate = 1, int argument = 0, int? limit = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (FindMistake(endpoint, kind, rate, argument, limit) is var (parameter, message))
        {
            throw new ArgumentException(message, parameter);
        }

        Endpoint = endpoint;
        Kind = kind;
        Rate = rate;
        Argument = argument;
        Limit = limit;
    }

    /// <summary>The fault's number in the list it was added to; 0 before.</summary>
    public int Id { get; init; }

    /// <summary>The command's name, or <c>*</c> for all.</summary>
    public string Endpoint { get; }

    /// <summary>What it does.</summary>
    public FaultKind Kind { get; }

    /// <summary>Milliseconds of a delay or throttle, the code of a code; else 0.</summary>
    public int Argument { get; }

    /// <summary>The share of calls it strikes, from 0 to 1.</summary>
    public double Rate { get; }

    /// <summary>How many calls it strikes at most; null = any number.</summary>
    public int? Limit { get; }

    /// <summary>Whether it is switched on.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>How many calls it has struck.</summary>
    public long Strikes { get; init; }

    /// <summary>What it does, as it is written: <c>drop-after</c>, <c>delay:500</c>, <c>502</c>, <c>91000</c>, <c>code-after:60008</c>.</summary>
    public string KindText => Kind == FaultKind.Code
        ? Argument.ToString(CultureInfo.InvariantCulture)
        : s_words.First(word => word.Value == Kind).Key + (Argument == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{Argument}"));

    /// <summary>
    /// Reads <c>endpoint:kind:rate</c>, where kind is <c>delay:ms</c>, <c>drop-before</c>, <c>drop-after</c>, <c>502</c>, <c>503</c>,
    /// <c>truncated</c>, <c>malformed</c>, <c>throttle:ms</c>, <c>hang</c>, a code such as <c>91000</c>, or <c>code-after:code</c>.
    /// </summary>
    /// <param name="text">For example <c>im_set_attr:drop-after:0.01</c> or <c>*:delay:4000:0.001</c>.</param>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static Fault Parse(string text) => ParseLimited(text, null);

    /// <summary>Reads the form of <see cref="Parse"/>, of a fault that strikes no more than so many calls.</summary>
    /// <exception cref="FormatException">The text is not of this form, or the limit is below 1.</exception>
    internal static Fault ParseLimited(string text, int? limit)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':');
        if (parts.Length is not (3 or 4) || !double.TryParse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out double rate))
        {
            throw new FormatException($"'{text}' is not a fault: <endpoint>:<kind-or-code>:<rate> is expected, such as im_set_attr:drop-after:0.01 or *:delay:4000:0.001.");
        }

        bool isWord = s_words.TryGetValue(parts[1], out FaultKind kind);
        if (!isWord && parts.Length == 4)
        {
            throw new FormatException($"'{parts[1]}' is not a kind of fault: {string.Join(", ", s_words.Keys)} or a code.");
        }

        kind = isWord ? kind : FaultKind.Code;
        int argument = !isWord ? ParseNumber(parts[1]) : parts.Length == 4 ? ParseNumber(parts[2]) : 0;
        return FindMistake(parts[0], kind, rate, argument, limit) is var (_, message)
            ? throw new FormatException(message)
            : new Fault(parts[0], kind, rate, argument, limit);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint}:{KindText}:{Rate}");

    /// <summary>The parameter that is out of its range, and a sentence about it for people; null when all is well.</summary>
    private static (string Parameter, string Message)? FindMistake(string endpoint, FaultKind kind, double rate, int argument, int? limit)
    {
        if (endpoint != EndpointTable.AnyEndpoint && !EndpointTable.IsName(endpoint))
        {
            return (nameof(endpoint), $"'{endpoint}' is not a command. Commands: *, {string.Join(", ", EndpointTable.All.Select(e => e.Name))}.");
        }

        if (!(rate is >= 0 and <= 1))
        {
            return (nameof(rate), "A fault's rate is from 0 to 1.");
        }

        bool isArgumentRight = kind switch
        {
            FaultKind.Delay or FaultKind.Throttle => argument is > 0 and <= MaxDelay,
            FaultKind.Code or FaultKind.CodeAfter => argument != 0,
            _ => argument == 0,
        };
        if (!isArgumentRight)
        {
            return (nameof(argument), $"A fault of kind {kind} does not take {argument}: delay and throttle take 1 to {MaxDelay} milliseconds, codes a code, others nothing.");
        }

        return limit is < 1 ? (nameof(limit), "A fault strikes at least one call.") : null;
    }

    private static int ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException($"'{text}' is neither a kind of fault ({string.Join(", ", s_words.Keys)}) nor a number.");
}
