using System.Diagnostics;
using System.Text.Json;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Journal;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class FaultTests
{
    private const string SetPath = Harness.Push + "im_set_attr";
    private const string SetBody = """{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"a"}}]}""";

    [Theory]
    [InlineData("drop-before", false)]
    [InlineData("drop-after", true)]
    public async Task A_dropped_connection_looks_like_one_before_or_after_the_work(string kind, bool isDone)
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add($"im_set_attr:{kind}:1");
        HttpRequestException exception = await Assert.ThrowsAsync<HttpRequestException>(() => harness.Call(SetPath, SetBody));
        Assert.IsAssignableFrom<IOException>(exception.InnerException);
        Assert.Equal(isDone, harness.Emulator.State.HasAccount("u"));
        JournalEntry entry = Assert.Single(harness.Emulator.Journal.Entries);
        Assert.Equal((kind, isDone, null, isDone ? 0 : null), (entry.Fault, entry.WorkDone, entry.HttpStatus, entry.Code));
    }

    [Theory]
    [InlineData("502", 502)]
    [InlineData("503", 503)]
    public async Task A_gateway_fault_is_a_page_of_that_status_and_no_work(string kind, int status)
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add($"*:{kind}:1");
        (int answered, string text) = await harness.SendForText(SetPath, SetBody);
        Assert.Equal(status, answered);
        Assert.StartsWith("<html>", text);
        Assert.False(harness.Emulator.State.HasAccount("u"));
        Assert.Equal((status, null), (harness.Emulator.Journal.Entries[0].HttpStatus, harness.Emulator.Journal.Entries[0].Code));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("malformed")]
    public async Task A_spoilt_answer_is_no_json_though_the_work_was_done(string kind)
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add($"im_set_attr:{kind}:1");
        (int status, string text) = await harness.SendForText(SetPath, SetBody);
        Assert.Equal(200, status);
        Assert.NotEmpty(text);
        Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(text));
        Assert.True(harness.Emulator.State.HasAccount("u"));
        Assert.True(harness.Emulator.Journal.Entries[0].WorkDone);
    }

    [Theory]
    [InlineData("91000", 91000, false)]
    [InlineData("-10113", -10113, false)]
    [InlineData("code-after:60008", 60008, true)]
    public async Task Any_code_can_be_answered_before_or_after_the_work(string kind, int code, bool isDone)
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add($"im_set_attr:{kind}:1");
        Assert.Equal(code, (await harness.Call(SetPath, SetBody)).Code);
        Assert.Equal(isDone, harness.Emulator.State.HasAccount("u"));
        Assert.Equal((code, isDone, kind), (harness.Emulator.Journal.Entries[0].Code, harness.Emulator.Journal.Entries[0].WorkDone, harness.Emulator.Journal.Entries[0].Fault));
    }

    [Fact]
    public async Task A_code_after_the_work_does_not_hide_that_there_was_none()
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add("im_set_attr:code-after:60008:1");
        Assert.Equal(90033, (await harness.Call(SetPath, SetBody.Replace("city", "town", StringComparison.Ordinal))).Code);
        Assert.Null(harness.Emulator.Journal.Entries[0].Fault);
    }

    [Fact]
    public async Task A_delayed_answer_comes_when_its_time_has_passed()
    {
        using var harness = new Harness(options => options.Latency = TimeSpan.FromMilliseconds(50));
        harness.Emulator.Faults.Add("im_set_attr:delay:4000:1");
        Task<Answer> call = harness.Call(SetPath, SetBody);
        await Until(() => harness.Clock.Waiting == 1);
        Assert.True(harness.Emulator.State.HasAccount("u"));
        harness.Clock.Advance(TimeSpan.FromMilliseconds(4049));
        Assert.False(call.IsCompleted);
        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await call).Code);
    }

    [Fact]
    public async Task A_hanging_call_ends_only_when_the_caller_gives_up()
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add("im_set_attr:hang:1");
        using var patience = new CancellationTokenSource();
        Task<HttpResponseMessage> call = harness.SendRaw(HttpMethod.Post, SetPath, harness.Query(), SetBody, patience.Token);
        await Until(() => harness.Emulator.Journal.Count == 1);
        harness.Clock.Advance(TimeSpan.FromDays(1));
        Assert.False(call.IsCompleted);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(harness.Emulator.State.HasAccount("u"));
    }

    [Fact]
    public async Task A_burst_of_throttling_lasts_as_long_as_it_says_and_only_for_its_command()
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add(new Fault("*", FaultKind.Throttle, 1, 300, limit: 1));
        Assert.Equal(60007, (await harness.Call(SetPath, SetBody)).Code);
        harness.Clock.Advance(TimeSpan.FromMilliseconds(299));
        Assert.Equal(60007, (await harness.Call(SetPath, SetBody)).Code);
        Assert.Equal(0, (await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Code);
        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await harness.Call(SetPath, SetBody)).Code);
    }

    [Fact]
    public async Task A_fault_strikes_its_share_of_calls_and_the_same_ones_each_time()
    {
        async Task<List<int>> Struck(int seed)
        {
            using var harness = new Harness(options => { options.Seed = seed; options.Faults = [Fault.Parse("im_get_attr_name:91000:0.1")]; });
            var struck = new List<int>();
            for (int i = 0; i < 1000; i++)
            {
                // Calls of another command in between change nothing.
                if (seed == 5 && i % 3 == 0)
                {
                    await harness.Call(SetPath, SetBody);
                }

                if ((await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Code == 91000)
                {
                    struck.Add(i);
                }
            }

            return struck;
        }

        List<int> first = await Struck(5);
        Assert.InRange(first.Count, 70, 130);
        Assert.Equal(first, await Struck(5));
        Assert.NotEqual(first, await Struck(6));
    }

    [Fact]
    public async Task Throttled_calls_do_not_shift_which_calls_a_fault_strikes()
    {
        async Task<string> Codes(int limit)
        {
            using var harness = new Harness(options => { options.RateLimit = limit; options.Faults = [Fault.Parse("im_get_attr_name:91000:0.3")]; });
            var codes = new List<int>();
            while (codes.Count < 60)
            {
                int code = (await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Code;
                if (code == 60007)
                {
                    harness.Clock.Advance(TimeSpan.FromSeconds(1));
                }
                else
                {
                    codes.Add(code);
                }
            }

            return string.Join(',', codes);
        }

        Assert.Equal(await Codes(0), await Codes(7));
    }

    [Fact]
    public async Task Faults_are_added_switched_and_taken_out_while_calls_go_on()
    {
        using var harness = new Harness();
        FaultList faults = harness.Emulator.Faults;
        Fault first = faults.Add("im_get_attr_name:91000:1");
        Fault second = faults.Add("*:70169:1");
        Assert.Equal([1, 2], faults.List().Select(fault => fault.Id));
        Assert.Equal(91000, await Code());
        Assert.True(faults.Enable(first.Id, false));
        Assert.Equal(70169, await Code());
        Assert.True(faults.Remove(second.Id));
        Assert.Equal(0, await Code());
        Assert.True(faults.Enable(first.Id, true));
        Assert.Equal(91000, await Code());
        Assert.Equal(2, faults.List()[0].Strikes);
        faults.Clear();
        Assert.Equal(0, await Code());
        Assert.False(faults.Enable(1, true));
        Assert.False(faults.Remove(1));

        async Task<int> Code() => (await harness.Call(Harness.Push + "im_get_attr_name", "{}")).Code;
    }

    [Fact]
    public async Task A_fault_may_strike_a_number_of_calls_and_then_no_more()
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add(new Fault("im_get_attr_name", FaultKind.Code, 1, 91000, limit: 2));
        Assert.Equal("91000, 91000, 0, 0", await harness.Codes(4, Harness.Push + "im_get_attr_name", "{}"));
    }

    [Fact]
    public async Task A_fault_of_the_service_does_not_open_the_gate()
    {
        using var harness = new Harness();
        harness.Emulator.Faults.Add("*:91000:1");
        Assert.Equal(70009, (await harness.Send(HttpMethod.Post, SetPath, harness.Query(("usersig", TestSig.Make(key: "other"))), SetBody)).Code);
    }

    [Theory]
    [InlineData("*:drop-before:0.01")]
    [InlineData("*:drop-after:1")]
    [InlineData("im_set_attr:delay:500:0.5")]
    [InlineData("account_delete:502:0")]
    [InlineData("account_delete:503:0.25")]
    [InlineData("kick:truncated:1")]
    [InlineData("kick:malformed:1")]
    [InlineData("set_attr:91000:0.02")]
    [InlineData("set_attr:code-after:60008:0.02")]
    [InlineData("get_attr:throttle:300:0.001")]
    [InlineData("get_attr:hang:1E-05")]
    public void A_fault_is_written_as_it_is_read(string text) => Assert.Equal(text, Fault.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("drop-before")]
    [InlineData("*:drop-before")]
    [InlineData("nothing:drop-before:1")]
    [InlineData("IM_SET_ATTR:502:1")]
    [InlineData("*:drop:1")]
    [InlineData("*:0:1")]
    [InlineData("*:drop-before:2")]
    [InlineData("*:drop-before:-0.1")]
    [InlineData("*:drop-before:NaN")]
    [InlineData("*:drop-before:0,5")]
    [InlineData("*:drop-before:5:1")]
    [InlineData("*:delay:1")]
    [InlineData("*:delay:0:1")]
    [InlineData("*:delay:3600001:1")]
    [InlineData("*:delay:x:1")]
    [InlineData("*:throttle:1")]
    [InlineData("*:code-after:1")]
    [InlineData("*:91000:5:1")]
    [InlineData("*:drop-before:5:1:1")]
    public void What_is_no_fault_is_refused_with_a_word_why(string text) =>
        Assert.True(Assert.Throws<FormatException>(() => Fault.Parse(text)).Message.Length > 20);

    /// <summary>Lets other threads run until something has come about; a test that waits in vain fails.</summary>
    private static async Task Until(Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); !condition(); await Task.Yield())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromMinutes(2), "It did not come about.");
        }
    }
}
