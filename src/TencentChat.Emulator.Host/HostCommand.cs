using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;

namespace TencentChat.Emulator.Host;

/// <summary>The command line: its options, its help, and running the server with them.</summary>
internal static class HostCommand
{
    public const string KeyVariable = "TENCENTCHAT_EMULATOR_SECRETKEY";

    private static readonly EmulatorOptions Defaults = new();

    private static readonly Option<int> Port = new("--port") { Description = "The port to listen on; 0 = any that is free.", DefaultValueFactory = _ => 5080 };

    private static readonly Option<IPAddress> Listen = new("--listen")
    {
        Description = "The address to listen on. Anything but loopback lets other machines call the emulated service; control stays with this machine.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result => Read(result, text => IPAddress.TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address.")),
    };

    private static readonly Option<long> SdkAppId = new("--sdk-app-id") { Description = "The app's id.", DefaultValueFactory = _ => Defaults.SdkAppId };

    private static readonly Option<string?> SecretKey = new("--secret-key")
    {
        Description = $"The app's secret key. Better in the variable {KeyVariable}, as others can see a command line; with neither a key is made up and shown.",
    };

    private static readonly Option<string[]> Admin = new("--admin") { Description = "An admin of the app; may be given more than once. Default: administrator." };

    private static readonly Option<string[]> AttributeNames = new("--attribute-names")
    {
        Description = "Names for the attribute slots 0, 1, …, with commas between them.",
        CustomParser = result => Read(result, text => text.Split(',')),
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int?> RateLimit = new("--rate-limit")
    {
        Description = "How many calls each command lets through in any one second (a sliding second, in which refused calls do not count); 0 = any number. Default: what the command's page says, 100 or 200.",
    };

    private static readonly Option<int> Latency = new("--latency-ms") { Description = "How many milliseconds every answer is held back.", DefaultValueFactory = _ => 0 };

    private static readonly Option<EmulatorPlan> Plan = new("--plan") { Description = "The app's edition.", DefaultValueFactory = _ => EmulatorPlan.Trial };

    private static readonly Option<string?> Deletion = Switch("--deletion", "Whether accounts may be deleted, else 71000. Default: by plan, trial on, paid off.");

    private static readonly Option<string?> PushToAll = Switch("--push-to-all", "Whether push to all users is on, else v4/all_member_push answers 90045. Default: on.");

    private static readonly Option<string?> TimPush = Switch("--tim-push", "Whether the Push service is activated, else v4/timpush answers 90045. Default: on.");

    private static readonly Option<UnknownAccounts> Unknown = new("--unknown-accounts")
    {
        Description = "Whether setting attributes of an account never seen creates it or answers that it is missing.",
        DefaultValueFactory = _ => UnknownAccounts.Create,
    };

    private static readonly Option<Fault[]> Faults = new("--fault")
    {
        Description = "A fault, <endpoint>:<kind-or-code>:<rate>; may be given more than once. Endpoint: a command's name or *. Kinds: delay:<ms>, drop-before, drop-after, 502, 503, truncated, malformed, <code>, code-after:<code>, throttle:<ms>, hang. Example: im_set_attr:drop-after:0.01",
        CustomParser = result => [.. result.Tokens.Select(token => ReadToken(result, token, Fault.Parse)).OfType<Fault>()],
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<int> Seed = new("--seed") { Description = "Where every random choice starts.", DefaultValueFactory = _ => Defaults.Seed };

    private static readonly Option<int> JournalCapacity = new("--journal-capacity") { Description = "How many calls the journal holds.", DefaultValueFactory = _ => Defaults.JournalCapacity };

    private static readonly Option<bool> NoJournalAccounts = new("--no-journal-accounts") { Description = "Keep only the number of accounts of each call, which saves memory." };

    private static readonly Option<FileInfo?> State = new("--state") { Description = "A file with the state to begin with, as GET /_emulator/state writes it." };

    private static readonly Option<string[]> Assume = new("--assume")
    {
        Description = "The answer to an open question of the documentation, <question>=<answer>, from the list below; may be given more than once.",
        Validators = { result => _ = QuestionsOf(result) },
    };

    /// <summary>The web server ends on signals by itself, in its own order.</summary>
    public static InvocationConfiguration Configuration { get; } = new() { ProcessTerminationTimeout = null };

    public static RootCommand Create()
    {
        var command = new RootCommand("An emulator of the Tencent Cloud Chat server REST API: user attributes and accounts.")
        {
            Port, Listen, SdkAppId, SecretKey, Admin, AttributeNames, RateLimit, Latency, Plan, Deletion, PushToAll, TimPush,
            Unknown, Faults, Seed, JournalCapacity, NoJournalAccounts, State, Assume,
        };
        command.SetAction((result, _) => RunAsync(result));
        var help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithQuestions((HelpAction)help.Action!);
        return command;
    }

    // Text, as the parser takes nothing but true and false for a truth value.
    private static Option<string?> Switch(string name, string description) =>
        new Option<string?>(name) { Description = description, HelpName = "on|off" }.AcceptOnlyFromAmong("on", "off");

    private static bool? IsOn(string? text) => text is null ? null : text == "on";

    private static async Task<int> RunAsync(ParseResult result)
    {
        var output = result.InvocationConfiguration.Output;
        try
        {
            var options = OptionsOf(result);
            var emulator = new ChatEmulator(options);
            if (result.GetValue(State) is { } file)
            {
                emulator.ImportState(await File.ReadAllTextAsync(file.FullName));
            }

            await using var server = await EmulatorServer.StartAsync(emulator, new HostSettings(result.GetValue(Listen)!, result.GetValue(Port)));
            await output.WriteLineAsync($"Emulator of app {emulator.SdkAppId} at {server.Endpoint} (control and page: {server.Endpoint}_emulator/)");
            if (options.SecretKey is null)
            {
                await output.WriteLineAsync($"Secret key, made up for this run: {emulator.SecretKey}");
            }

            await output.FlushAsync();
            await server.WaitForEndAsync();
            return 0;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            await result.InvocationConfiguration.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    internal static EmulatorOptions OptionsOf(ParseResult result)
    {
        var options = new EmulatorOptions
        {
            SdkAppId = result.GetValue(SdkAppId),
            SecretKey = result.GetValue(SecretKey) ?? NullIfEmpty(Environment.GetEnvironmentVariable(KeyVariable)),
            AttributeNames = result.GetValue(AttributeNames)!,
            RateLimit = result.GetValue(RateLimit),
            Latency = TimeSpan.FromMilliseconds(result.GetValue(Latency)),
            Plan = result.GetValue(Plan),
            AccountDeletionEnabled = IsOn(result.GetValue(Deletion)),
            PushToAllEnabled = IsOn(result.GetValue(PushToAll)) ?? true,
            TimPushEnabled = IsOn(result.GetValue(TimPush)) ?? true,
            UnknownAccounts = result.GetValue(Unknown),
            Faults = result.GetValue(Faults)!,
            Seed = result.GetValue(Seed),
            JournalCapacity = result.GetValue(JournalCapacity),
            JournalAccounts = !result.GetValue(NoJournalAccounts),
        };
        if (result.GetValue(Admin) is { Length: > 0 } admins)
        {
            options.Admins = admins;
        }

        foreach (var assumption in result.GetValue(Assume) ?? [])
        {
            Assumption.Apply(options.OpenQuestions, assumption);
        }

        return options;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static OpenQuestions QuestionsOf(OptionResult result)
    {
        var questions = new OpenQuestions();
        foreach (var token in result.Tokens)
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

        return questions;
    }

    private static T? Read<T>(ArgumentResult result, Func<string, T> parse) => ReadToken(result, result.Tokens.Single(), parse);

    private static T? ReadToken<T>(ArgumentResult result, Token token, Func<string, T> parse)
    {
        try
        {
            return parse(token.Value);
        }
        catch (FormatException exception)
        {
            result.AddError(exception.Message);
            return default;
        }
    }

    /// <summary>The usual help, and below it the questions that <c>--assume</c> answers.</summary>
    private sealed class HelpWithQuestions(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => usual.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            var code = usual.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Open questions (--assume <question>=<answer>):");
            foreach (var question in Assumption.All)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {question.Name}={question.Default}"));
                output.WriteLine($"      {question.About.Question} Takes {question.Values}.");
                output.WriteLine($"      Default because: {question.About.Reason}");
            }

            return code;
        }
    }
}
