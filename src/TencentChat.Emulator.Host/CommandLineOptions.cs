using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Numerics;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Host;

/// <summary>The options of the command line, and what they say.</summary>
internal sealed class CommandLineOptions
{
    public const string KeyVariable = "TENCENTCHAT_EMULATOR_SECRETKEY";

    private static readonly EmulatorOptions s_usual = new();

    private readonly Option<int> _port = new("--port") { Description = "The port to listen on; 0 = any that is free.", CustomParser = Number<int>, DefaultValueFactory = _ => 5080 };

    private readonly Option<IPAddress> _listen = new("--listen")
    {
        Description = "The address to listen on. Anything but loopback lets other machines call the emulated service; control stays with this machine.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result => Read(result, text => IPAddress.TryParse(text, out IPAddress? address) ? address : throw new FormatException($"'{text}' is not an IP address.")),
    };

    private readonly Option<long> _sdkAppId = new("--sdk-app-id") { Description = "The app's id.", CustomParser = Number<long>, DefaultValueFactory = _ => s_usual.SdkAppId };

    private readonly Option<string?> _secretKey = new("--secret-key")
    {
        Description = $"The app's secret key. Better in the variable {KeyVariable}, as others can see a command line; with neither a key is made up and shown.",
    };

    private readonly Option<string[]> _admin = new("--admin") { Description = "An admin of the app; may be given more than once. Default: administrator." };

    private readonly Option<string[]> _attributeNames = new("--attribute-names")
    {
        Description = "Names for the attribute slots 0, 1, …, with commas between them.",
        CustomParser = result => Read(result, text => text.Split(',')),
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _rateLimit = new("--rate-limit")
    {
        Description = "How many calls each command lets through in any one second (a sliding second, in which refused calls do not count); 0 = any number. Default: what the command's page says, 100 or 200.",
        CustomParser = result => Number<int>(result),
    };

    private readonly Option<int?> _pushesPerDay = new("--pushes-per-day")
    {
        Description = "How many pushes go out in a day, by condition and to everybody, else 90047; 0 = any number. Default: 100, on a trial app 10 for v4/timpush.",
        CustomParser = result => Number<int>(result),
    };

    private readonly Option<int> _latency = new("--latency-ms") { Description = "How many milliseconds every answer is held back.", CustomParser = Number<int>, DefaultValueFactory = _ => 0 };

    private readonly Option<string> _plan = Word("--plan", "The app's edition.", "trial", "paid");

    private readonly Option<string?> _deletion = Switch("--deletion", "Whether accounts may be deleted, else 71000. Default: by plan, trial on, paid off.");

    private readonly Option<string?> _pushToAll = Switch("--push-to-all", "Whether push to all users is on, else v4/all_member_push answers 90045. Default: on.");

    private readonly Option<string?> _timPush = Switch("--tim-push", "Whether the Push service is activated, else v4/timpush answers 90045. Default: on.");

    private readonly Option<string> _unknownAccounts = Word("--unknown-accounts", "Whether setting attributes or adding tags of an account never seen creates it or answers that it is missing.", "create", "strict");

    private readonly Option<Fault[]> _faults = new("--fault")
    {
        Description = "A fault, <endpoint>:<kind-or-code>:<rate>; may be given more than once. Endpoint: a command's name or *. Kinds: delay:<ms>, drop-before, drop-after, 502, 503, truncated, malformed, <code>, code-after:<code>, throttle:<ms>, hang. Example: im_set_attr:drop-after:0.01",
        CustomParser = result => [.. result.Tokens.Select(token => ReadToken(result, token, Fault.Parse)).OfType<Fault>()],
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int> _seed = new("--seed") { Description = "Where every random choice starts.", CustomParser = Number<int>, DefaultValueFactory = _ => s_usual.Seed };

    private readonly Option<int> _journalCapacity = new("--journal-capacity") { Description = "How many calls the journal holds.", CustomParser = Number<int>, DefaultValueFactory = _ => s_usual.JournalCapacity };

    private readonly Option<bool> _noJournalAccounts = new("--no-journal-accounts") { Description = "Keep only the number of accounts of each call, which saves memory." };

    private readonly Option<FileInfo?> _state = new("--state") { Description = "A file with the state to begin with, as GET /_emulator/state writes it." };

    private readonly Option<string[]> _assume = new("--assume")
    {
        Description = "The answer to an open question of the documentation, <question>=<answer>, from the list below; may be given more than once.",
        Validators = { TellWrongAnswers },
    };

    /// <summary>All of them, in the order in which help shows them.</summary>
    public IEnumerable<Option> All =>
    [
        _port, _listen, _sdkAppId, _secretKey, _admin, _attributeNames, _rateLimit, _pushesPerDay, _latency, _plan, _deletion, _pushToAll, _timPush,
        _unknownAccounts, _faults, _seed, _journalCapacity, _noJournalAccounts, _state, _assume,
    ];

    public HostSettings SettingsOf(ParseResult result) => new(result.GetValue(_listen)!, result.GetValue(_port));

    /// <summary>The file with the state to begin with; null = none.</summary>
    public FileInfo? StateOf(ParseResult result) => result.GetValue(_state);

    public EmulatorOptions EmulatorOf(ParseResult result)
    {
        var options = new EmulatorOptions
        {
            SdkAppId = result.GetValue(_sdkAppId),
            SecretKey = result.GetValue(_secretKey) ?? NullIfEmpty(Environment.GetEnvironmentVariable(KeyVariable)),
            AttributeNames = result.GetValue(_attributeNames)!,
            RateLimit = result.GetValue(_rateLimit),
            PushesPerDay = result.GetValue(_pushesPerDay),
            Latency = TimeSpan.FromMilliseconds(result.GetValue(_latency)),
            Plan = Enum.Parse<EmulatorPlan>(result.GetValue(_plan)!, ignoreCase: true),
            AccountDeletionEnabled = IsOn(result.GetValue(_deletion)),
            PushToAllEnabled = IsOn(result.GetValue(_pushToAll)) ?? true,
            TimPushEnabled = IsOn(result.GetValue(_timPush)) ?? true,
            UnknownAccounts = Enum.Parse<UnknownAccounts>(result.GetValue(_unknownAccounts)!, ignoreCase: true),
            Faults = result.GetValue(_faults)!,
            Seed = result.GetValue(_seed),
            JournalCapacity = result.GetValue(_journalCapacity),
            JournalAccounts = !result.GetValue(_noJournalAccounts),
        };
        if (result.GetValue(_admin) is { Length: > 0 } admins)
        {
            options.Admins = admins;
        }

        foreach (string assumption in result.GetValue(_assume) ?? [])
        {
            Assumption.Apply(options.OpenQuestions, assumption);
        }

        return options;
    }

    // Text with its words named here: of an enumeration or a truth value help, errors and documents would show the names of C#.
    private static Option<string> Word(string name, string description, params string[] words) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', words),
        CustomParser = result => ReadWord(result, words),
        DefaultValueFactory = _ => words[0],
    };

    private static Option<string?> Switch(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "on|off",
        CustomParser = result => ReadWord(result, ["on", "off"]),
    };

    private static bool? IsOn(string? text) => text is null ? null : text == "on";

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static void TellWrongAnswers(OptionResult result)
    {
        var questions = new OpenQuestions();
        foreach (Token token in result.Tokens)
        {
            try
            {
                Assumption.Apply(questions, token.Value);
            }
            catch (FormatException exception)
            {
                result.AddError(exception.Message);
            }
        }
    }

    private static string? ReadWord(ArgumentResult result, string[] words) =>
        Read(result, text => words.Contains(text, StringComparer.Ordinal) ? text : throw new FormatException($"'{text}' is none of {string.Join(", ", words)}."));

    private static T Number<T>(ArgumentResult result)
        where T : struct, IBinaryInteger<T> =>
        Read(result, text => T.TryParse(text, CultureInfo.InvariantCulture, out T number) ? number : throw new FormatException($"'{text}' is not a whole number, or too large."));

    private static T? Read<T>(ArgumentResult result, Func<string, T> parse) => ReadToken(result, result.Tokens.Single(), parse);

    private static T? ReadToken<T>(ArgumentResult result, Token token, Func<string, T> parse)
    {
        try
        {
            return parse(token.Value);
        }
        catch (FormatException exception)
        {
            result.AddError($"{(result.Parent as OptionResult)?.Option.Name}: {exception.Message}");
            return default;
        }
    }
}
