using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Host;

/// <summary>The command line: running the server with its options, and its help.</summary>
internal static class HostCommand
{
    private const string HowToGetHelp = "Run it with --help to see the options.";

    /// <summary>The web server ends on signals by itself, in its own order.</summary>
    public static InvocationConfiguration Configuration { get; } = new() { ProcessTerminationTimeout = null };

    /// <summary>Runs the server until it is told to end. A mistake in the options is told in a line, and how to get help in another.</summary>
    /// <returns>The exit code: 0, or 1 after a mistake.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ParseResult result = Create(new CommandLineOptions()).Parse(arguments);
        if (result.Action is not ParseErrorAction)
        {
            return await result.InvokeAsync(configuration, cancellationToken);
        }

        foreach (ParseError mistake in result.Errors)
        {
            await configuration.Error.WriteLineAsync(mistake.Message);
        }

        await configuration.Error.WriteLineAsync(HowToGetHelp);
        return 1;
    }

    public static RootCommand Create(CommandLineOptions options)
    {
        var command = new RootCommand("An emulator of the Tencent Cloud Chat server REST API: user attributes, tags, pushes and accounts.");
        foreach (Option option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((result, _) => ServeAsync(options, result));
        HelpOption help = command.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithQuestions((HelpAction)help.Action!);
        return command;
    }

    private static async Task<int> ServeAsync(CommandLineOptions commandLine, ParseResult result)
    {
        TextWriter output = result.InvocationConfiguration.Output;
        TextWriter error = result.InvocationConfiguration.Error;
        try
        {
            EmulatorOptions options = commandLine.EmulatorOf(result);
            var emulator = new ChatEmulator(options);
            if (commandLine.StateOf(result) is { } file)
            {
                await ReadStateAsync(emulator, file);
            }

            await using EmulatorServer server = await EmulatorServer.StartAsync(emulator, commandLine.SettingsOf(result));
            foreach (string line in Greeting(emulator, server, hasOwnKey: options.SecretKey is null))
            {
                await output.WriteLineAsync(line);
            }

            await output.FlushAsync();
            await server.WaitForEndAsync();
            return 0;
        }
        catch (ArgumentException exception)
        {
            await error.WriteLineAsync(exception.Message);
            await error.WriteLineAsync(HowToGetHelp);
            return 1;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static IEnumerable<string> Greeting(ChatEmulator emulator, EmulatorServer server, bool hasOwnKey)
    {
        yield return $"Emulator of app {emulator.SdkAppId} at {server.Endpoint}";
        yield return server.Control is { } control ? $"Page and control: {control}" : "No page and no control: they are for loopback, where it does not listen.";
        yield return string.Empty;
        yield return hasOwnKey
            ? "Paste this into PowerShell to connect. The key was made up for this run:"
            : "Paste this into PowerShell to connect. It asks for the secret key:";
        foreach (string line in ConnectLines.Of(emulator, server.NearEndpoint, hasOwnKey))
        {
            yield return line;
        }

        if (server.FarEndpoint is { } far)
        {
            yield return string.Empty;
            yield return "Or, on a machine that knows this one by its name:";
            foreach (string line in ConnectLines.Of(emulator, far, hasOwnKey))
            {
                yield return line;
            }
        }

        if (!EmulatorServer.IsLoopback(server.Address))
        {
            yield return string.Empty;
            yield return "Whoever sees the network's traffic can read the admin's signature in it.";
        }
    }

    private static async Task ReadStateAsync(ChatEmulator emulator, FileInfo file)
    {
        // Some files have no end, or say that they have no length.
        await using FileStream stream = file.OpenRead();
        ReadOnlyMemory<byte> state = await BoundedRead.ToEndAsync(stream, null, BoundedRead.MaxStateBytes, CancellationToken.None)
            ?? throw new FormatException($"{file.FullName} is longer than {BoundedRead.MaxStateBytes / (1024 * 1024)} MiB.");
        try
        {
            emulator.ImportState(state.Span);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{file.FullName}: {exception.Message}", exception);
        }
    }

    /// <summary>The usual help, and below it the questions that <c>--assume</c> answers.</summary>
    private sealed class HelpWithQuestions(HelpAction usual) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => usual.ClearsParseErrors;

        public override int Invoke(ParseResult parseResult)
        {
            int code = usual.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Open questions (--assume <question>=<answer>):");
            foreach (Assumption question in Assumption.All)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {question.Name}={question.Default}"));
                output.WriteLine($"      {question.About.Question} Takes {question.Values}.");
                output.WriteLine($"      Default because: {question.About.Reason}");
            }

            return code;
        }
    }
}
