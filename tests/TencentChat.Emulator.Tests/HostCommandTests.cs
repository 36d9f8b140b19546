using System.CommandLine;
using System.Net;
using System.Reflection;
using TencentChat.Emulator.Host;
using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Tests;

/// <summary>The command line.</summary>
public sealed class HostCommandTests
{
    [Fact]
    public void Without_options_the_defaults_of_the_library_hold()
    {
        (EmulatorOptions options, EmulatorOptions usual) = (Parse(), new EmulatorOptions());
        foreach (PropertyInfo? property in typeof(EmulatorOptions).GetProperties().Where(property => property.Name != nameof(EmulatorOptions.OpenQuestions)))
        {
            Assert.Equal(property.GetValue(usual), property.GetValue(options));
        }

        Assert.All(typeof(OpenQuestions).GetProperties(), property =>
            Assert.Equal(property.GetValue(usual.OpenQuestions), property.GetValue(options.OpenQuestions)));
    }

    [Fact]
    public void Each_option_sets_what_it_names()
    {
        EmulatorOptions options = Parse(
            "--sdk-app-id", "1600000001", "--secret-key", "made up", "--admin", "a", "--admin", "b", "--attribute-names", "sex,city", "--rate-limit", "7", "--pushes-per-day", "3",
            "--latency-ms", "5", "--plan", "paid", "--deletion", "on", "--push-to-all", "off", "--tim-push", "off", "--unknown-accounts", "strict",
            "--fault", "im_set_attr:drop-after:0.01", "--fault", "*:delay:4000:0.001", "--seed", "9", "--journal-capacity", "10", "--no-journal-accounts");
        Assert.Equal((1600000001, "made up", 7, EmulatorPlan.Paid, 9, 10), (options.SdkAppId, options.SecretKey, options.RateLimit, options.Plan, options.Seed, options.JournalCapacity));
        Assert.Equal(3, options.PushesPerDay);
        Assert.Equal(["a", "b"], options.Admins);
        Assert.Equal(["sex", "city"], options.AttributeNames);
        Assert.Equal(["im_set_attr:drop-after:0.01", "*:delay:4000:0.001"], options.Faults.Select(fault => fault.ToString()));
        Assert.Equal((true, false, false, false), (options.AccountDeletionEnabled, options.PushToAllEnabled, options.TimPushEnabled, options.JournalAccounts));
        Assert.Equal((UnknownAccounts.Strict, TimeSpan.FromMilliseconds(5)), (options.UnknownAccounts, options.Latency));
    }

    [Fact]
    public void Each_open_question_is_answered_by_name()
    {
        foreach (Assumption assumption in Assumption.All)
        {
            PropertyInfo property = typeof(OpenQuestions).GetProperty(string.Concat(assumption.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])))!;
            string other = assumption.Values switch
            {
                "yes | no" => assumption.Default == "yes" ? "no" : "yes",
                var words when words.Contains('|', StringComparison.Ordinal) => words.Split(" | ").First(word => word != assumption.Default),
                _ => "123",
            };
            OpenQuestions questions = Parse("--assume", $"{assumption.Name}={other}").OpenQuestions;
            Assert.NotEqual(property.GetValue(new OpenQuestions()), property.GetValue(questions));
        }
    }

    [Theory]
    [InlineData("--assume", "nothing=1")]
    [InlineData("--assume", "random-required")]
    [InlineData("--assume", "random-required=maybe")]
    [InlineData("--assume", "rate-limit-code=x")]
    [InlineData("--fault", "im_set_attr:sometimes:1")]
    [InlineData("--fault", "im_set_attr:502:2")]
    [InlineData("--listen", "here")]
    [InlineData("--plan", "gold")]
    [InlineData("--deletion", "perhaps")]
    [InlineData("--port", "x")]
    [InlineData("--nothing", "x")]
    public void What_cannot_be_understood_is_refused(string option, string value) =>
        Assert.NotEmpty(HostCommand.Create(new CommandLineOptions()).Parse([option, value]).Errors);

    [Theory]
    [InlineData("--sdk-app-id", "-1")]
    [InlineData("--rate-limit", "-1")]
    [InlineData("--attribute-names", "a,b,c,d,e,f,g,h,i,j,k")]
    [InlineData("--journal-capacity", "-1")]
    [InlineData("--state", "no-such-file.json")]
    public async Task What_is_out_of_range_ends_with_a_message_and_code_1(string option, string value)
    {
        ParseResult result = HostCommand.Create(new CommandLineOptions()).Parse([option, value, "--port", "0"]);
        Assert.Empty(result.Errors);
        using var error = new StringWriter();
        Assert.Equal(1, await result.InvokeAsync(new() { Error = error }, TestContext.Current.CancellationToken));
        Assert.NotEqual("", error.ToString().Trim());
    }

    [Fact]
    public void Help_tells_each_open_question_with_its_default_and_reason()
    {
        using var output = new StringWriter();
        Assert.Equal(0, HostCommand.Create(new CommandLineOptions()).Parse(["--help"]).Invoke(new() { Output = output }));
        Assert.All(Assumption.All, assumption =>
        {
            Assert.Contains($"  {assumption.Name}={assumption.Default}", output.ToString(), StringComparison.Ordinal);
            Assert.Contains(assumption.About.Question, output.ToString(), StringComparison.Ordinal);
            Assert.Contains(assumption.About.Reason, output.ToString(), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("--plan", "gold", "--plan: 'gold' is none of trial, paid.")]
    [InlineData("--deletion", "perhaps", "--deletion: 'perhaps' is none of on, off.")]
    [InlineData("--port", "x", "--port: 'x' is not a whole number, or too large.")]
    [InlineData("--rate-limit", "-1", "The rate limit is a number of calls a second, or 0 for none.")]
    public async Task A_mistake_is_told_in_a_line_and_how_to_get_help_in_another(string option, string value, string message)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await HostCommand.RunAsync([option, value], new() { Output = output, Error = error }, TestContext.Current.CancellationToken));
        Assert.Equal([message, "Run it with --help to see the options."], error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task A_state_without_an_end_is_not_read_to_its_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such file on Windows.");
        using var error = new StringWriter();
        Assert.Equal(1, await HostCommand.RunAsync(["--state", "/dev/zero", "--port", "0"], new() { Error = error }, TestContext.Current.CancellationToken));
        Assert.Equal("/dev/zero is longer than 128 MiB.", error.ToString().Trim());
    }

    [Fact]
    public void Help_shows_the_words_that_options_take()
    {
        using var output = new StringWriter();
        HostCommand.Create(new CommandLineOptions()).Parse(["--help"]).Invoke(new() { Output = output });
        Assert.Contains("--plan <trial|paid>", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("--unknown-accounts <create|strict>", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[default: trial]", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "http://127.0.0.1:5080/_emulator/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:5080/_emulator/")]
    [InlineData("::", "http://[::1]:5080/_emulator/")]
    [InlineData("::1", "http://[::1]:5080/_emulator/")]
    [InlineData("192.168.0.1", null)]
    public void Control_is_shown_where_this_machine_reaches_it(string listening, string? control)
    {
        var address = IPAddress.Parse(listening);
        string host = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{listening}]" : listening;
        Assert.Equal(control, EmulatorServer.ControlAt(address, new Uri($"http://{host}:5080/"))?.AbsoluteUri);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    public void Only_loopback_counts_as_this_machine(string address, bool isLoopback) =>
        Assert.Equal(isLoopback, EmulatorServer.IsLoopback(IPAddress.Parse(address)));

    private static EmulatorOptions Parse(params string[] arguments)
    {
        var options = new CommandLineOptions();
        ParseResult result = HostCommand.Create(options).Parse(arguments);
        Assert.Empty(result.Errors);
        return options.EmulatorOf(result);
    }
}
