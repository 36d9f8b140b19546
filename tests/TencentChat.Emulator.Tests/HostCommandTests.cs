using System.Net;
using TencentChat.Emulator.Host;

namespace TencentChat.Emulator.Tests;

/// <summary>The command line.</summary>
public sealed class HostCommandTests
{
    [Fact]
    public void Without_options_the_defaults_of_the_library_hold()
    {
        var (options, usual) = (Parse(), new EmulatorOptions());
        foreach (var property in typeof(EmulatorOptions).GetProperties().Where(property => property.Name != nameof(EmulatorOptions.OpenQuestions)))
        {
            Assert.Equal(property.GetValue(usual), property.GetValue(options));
        }

        Assert.All(typeof(OpenQuestions).GetProperties(), property =>
            Assert.Equal(property.GetValue(usual.OpenQuestions), property.GetValue(options.OpenQuestions)));
    }

    [Fact]
    public void Each_option_sets_what_it_names()
    {
        var options = Parse(
            "--sdk-app-id", "1600000001", "--secret-key", "made up", "--admin", "a", "--admin", "b", "--attribute-names", "sex,city", "--rate-limit", "7",
            "--latency-ms", "5", "--plan", "paid", "--deletion", "on", "--push-to-all", "off", "--tim-push", "off", "--unknown-accounts", "strict",
            "--fault", "im_set_attr:drop-after:0.01", "--fault", "*:delay:4000:0.001", "--seed", "9", "--journal-capacity", "10", "--no-journal-accounts");
        Assert.Equal((1600000001, "made up", 7, EmulatorPlan.Paid, 9, 10), (options.SdkAppId, options.SecretKey, options.RateLimit, options.Plan, options.Seed, options.JournalCapacity));
        Assert.Equal(["a", "b"], options.Admins);
        Assert.Equal(["sex", "city"], options.AttributeNames);
        Assert.Equal(["im_set_attr:drop-after:0.01", "*:delay:4000:0.001"], options.Faults.Select(fault => fault.ToString()));
        Assert.Equal((true, false, false, false), (options.AccountDeletionEnabled, options.PushToAllEnabled, options.TimPushEnabled, options.JournalAccounts));
        Assert.Equal((UnknownAccounts.Strict, TimeSpan.FromMilliseconds(5)), (options.UnknownAccounts, options.Latency));
    }

    [Fact]
    public void Each_open_question_is_answered_by_name()
    {
        foreach (var assumption in Assumption.All)
        {
            var property = typeof(OpenQuestions).GetProperty(string.Concat(assumption.Name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])))!;
            var other = assumption.Values switch
            {
                "yes | no" => assumption.Default == "yes" ? "no" : "yes",
                var words when words.Contains('|', StringComparison.Ordinal) => words.Split(" | ").First(word => word != assumption.Default),
                _ => "123",
            };
            var questions = Parse("--assume", $"{assumption.Name}={other}").OpenQuestions;
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
        Assert.NotEmpty(HostCommand.Create().Parse([option, value]).Errors);

    [Theory]
    [InlineData("--sdk-app-id", "-1")]
    [InlineData("--rate-limit", "-1")]
    [InlineData("--attribute-names", "a,b,c,d,e,f,g,h,i,j,k")]
    [InlineData("--journal-capacity", "-1")]
    [InlineData("--state", "no-such-file.json")]
    public async Task What_is_out_of_range_ends_with_a_message_and_code_1(string option, string value)
    {
        var result = HostCommand.Create().Parse([option, value, "--port", "0"]);
        Assert.Empty(result.Errors);
        using var error = new StringWriter();
        Assert.Equal(1, await result.InvokeAsync(new() { Error = error }, TestContext.Current.CancellationToken));
        Assert.NotEqual("", error.ToString().Trim());
    }

    [Fact]
    public void Help_tells_each_open_question_with_its_default_and_reason()
    {
        using var output = new StringWriter();
        Assert.Equal(0, HostCommand.Create().Parse(["--help"]).Invoke(new() { Output = output }));
        Assert.All(Assumption.All, assumption =>
        {
            Assert.Contains($"  {assumption.Name}={assumption.Default}", output.ToString(), StringComparison.Ordinal);
            Assert.Contains(assumption.About.Question, output.ToString(), StringComparison.Ordinal);
            Assert.Contains(assumption.About.Reason, output.ToString(), StringComparison.Ordinal);
        });
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
        var result = HostCommand.Create().Parse(arguments);
        Assert.Empty(result.Errors);
        return HostCommand.OptionsOf(result);
    }
}
