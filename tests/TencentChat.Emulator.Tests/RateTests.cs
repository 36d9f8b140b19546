using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

public sealed class RateTests
{
    private const string Get = Harness.Push + "im_get_attr";
    private const string Names = Harness.Push + "im_get_attr_name";
    private const string Body = """{"To_Account":["administrator"]}""";

    [Fact]
    public async Task A_call_over_the_limit_is_refused_and_does_no_work()
    {
        using var harness = new Harness(options => options.RateLimit = 3);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(0, (await Set(harness, "a")).Code);
        }

        Assert.Equal(60007, (await Set(harness, "b")).Code);
        Assert.Equal("a", harness.Emulator.State.AttributesOf("u")!["city"]);
        Assert.False(harness.Emulator.Journal.Entries[^1].WorkDone);
    }

    [Fact]
    public async Task In_no_second_whatever_are_more_calls_let_through_than_the_limit()
    {
        using var harness = new Harness(options => options.RateLimit = 10);
        var passed = new List<DateTimeOffset>();
        for (int step = 0; step < 300; step++)
        {
            harness.Clock.Advance(TimeSpan.FromMilliseconds(step * 7 % 60));
            if ((await harness.Call(Get, Body)).Code == 0)
            {
                passed.Add(harness.Clock.GetUtcNow());
            }
        }

        Assert.True(passed.Count > 50);
        Assert.All(passed, start => Assert.InRange(passed.Count(t => t >= start && t < start.AddSeconds(1)), 1, 10));
    }

    [Fact]
    public async Task Calls_refused_do_not_count_so_waiting_a_second_always_helps()
    {
        using var harness = new Harness(options => options.RateLimit = 1);
        Assert.Equal(0, (await harness.Call(Get, Body)).Code);
        for (int i = 0; i < 9; i++)
        {
            harness.Clock.Advance(TimeSpan.FromMilliseconds(111));
            Assert.Equal(60007, (await harness.Call(Get, Body)).Code);
        }

        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, (await harness.Call(Get, Body)).Code);
    }

    [Fact]
    public async Task Commands_are_counted_apart_unless_the_open_question_says_otherwise()
    {
        using var harness = new Harness(options => options.RateLimit = 1);
        Assert.Equal(0, (await harness.Call(Get, Body)).Code);
        Assert.Equal(0, (await harness.Call(Names, "{}")).Code);
        using var together = new Harness(options => { options.RateLimit = 1; options.OpenQuestions.RateLimitScope = RateLimitScope.App; });
        Assert.Equal(0, (await together.Call(Get, Body)).Code);
        Assert.Equal(60007, (await together.Call(Names, "{}")).Code);
    }

    [Fact]
    public async Task A_fixed_window_begins_anew_on_the_second()
    {
        using var harness = new Harness(options => { options.RateLimit = 2; options.OpenQuestions.RateLimitWindow = RateLimitWindow.Fixed; });
        harness.Clock.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Equal("0, 0, 60007", await harness.Codes(3, Get, Body));
        harness.Clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("0, 0, 60007", await harness.Codes(3, Get, Body));
    }

    [Theory]
    [InlineData(Harness.Push + "im_get_attr_name", "{}", 100)]
    [InlineData(Harness.Login + "account_check", """{"CheckItem":[{"UserID":"administrator"}]}""", 100)]
    [InlineData(Harness.Status + "query_online_status", """{"To_Account":["administrator"]}""", 200)]
    public async Task Without_a_limit_of_its_own_a_command_has_that_of_its_page(string path, string body, int limit)
    {
        using var harness = new Harness(options => options.RateLimit = null);
        var codes = new List<int>();
        for (int i = 0; i < limit + 2; i++)
        {
            codes.Add((await harness.Call(path, body)).Code);
        }

        Assert.Equal(limit, codes.IndexOf(60007));
        Assert.Equal(2, codes.Count(code => code == 60007));
    }

    [Fact]
    public async Task A_trial_apps_daily_volume_ends_at_midnight_when_it_is_assumed()
    {
        using var harness = new Harness(options => options.OpenQuestions.TrialDailyCalls = 2);
        Assert.Equal("0, 0, 60028", await harness.Codes(3, Get, Body));
        harness.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, (await harness.Call(Get, Body)).Code);
    }

    private static Task<Answer> Set(Harness harness, string city) =>
        harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{"To_Account":"u","Attrs":{"city":"{{city}}"} }]}""");
}
