using System.Globalization;

namespace TencentChat.Emulator;

/// <summary>A fault on demand: which command it strikes, what it does, how often.</summary>
public sealed record Fault
{
    private const int MaxDelay = 3_600_000;

    private static readonly Dictionary<string, FaultKind> Words = new(StringComparer.Ordinal)
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
        if (endpoint != EndpointTable.AnyEndpoint && !EndpointTable.IsName(endpoint))
        {
            throw new ArgumentException($"'{endpoint}' is not a command. Commands: *, {string.Join(", ", EndpointTable.All.Select(e => e.Name))}.", nameof(endpoint));
        }

        if (!(rate is >= 0 and <= 1))
        {
            throw new ArgumentException("A fault's rate is from 0 to 1.", nameof(rate));
        }

        if (!(kind switch
        {
            FaultKind.Delay or FaultKind.Throttle => argument is > 0 and <= MaxDelay,
            FaultKind.Code or FaultKind.CodeAfter => argument != 0,
            _ => argument == 0,
        }))
        {
            throw new ArgumentException($"A fault of kind {kind} does not take {argument}: delay and throttle take 1 to {MaxDelay} milliseconds, codes a code, others nothing.", nameof(argument));
        }

        if (limit is < 1)
        {
            throw new ArgumentException("A fault strikes at least one call.", nameof(limit));
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
        : Words.First(word => word.Value == Kind).Key + (Argument == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{Argument}"));

    /// <summary>
    /// Reads <c>endpoint:kind:rate</c>, where kind is <c>delay:ms</c>, <c>drop-before</c>, <c>drop-after</c>, <c>502</c>, <c>503</c>,
    /// <c>truncated</c>, <c>malformed</c>, <c>throttle:ms</c>, <c>hang</c>, a code such as <c>91000</c>, or <c>code-after:code</c>.
    /// </summary>
    /// <param name="text">For example <c>im_set_attr:drop-after:0.01</c> or <c>*:delay:4000:0.001</c>.</param>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static Fault Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':');
        if (parts.Length is not (3 or 4) || !double.TryParse(parts[^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var rate))
        {
            throw new FormatException($"'{text}' is not a fault: <endpoint>:<kind-or-code>:<rate> is expected, such as im_set_attr:drop-after:0.01 or *:delay:4000:0.001.");
        }

        try
        {
            if (Words.TryGetValue(parts[1], out var kind))
            {
                return new Fault(parts[0], kind, rate, parts.Length == 4 ? ParseNumber(parts[2]) : 0);
            }

            return parts.Length == 3
                ? new Fault(parts[0], FaultKind.Code, rate, ParseNumber(parts[1]))
                : throw new FormatException($"'{parts[1]}' is not a kind of fault: {string.Join(", ", Words.Keys)} or a code.");
        }
        catch (ArgumentException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Endpoint}:{KindText}:{Rate}");

    private static int ParseNumber(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"'{text}' is neither a kind of fault ({string.Join(", ", Words.Keys)}) nor a number.");
}
