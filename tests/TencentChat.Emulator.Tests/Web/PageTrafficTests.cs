using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>The page: the last minute, and the requests.</summary>
public sealed class PageTrafficTests(Browser browser)
{
    private const string Get = """{"To_Account":["nobody"]}""";

    [Fact]
    public async Task The_minute_tells_what_succeeded_was_throttled_and_failed()
    {
        await using RunningServer server = await RunningServer.Start(options => options.RateLimit = 3);
        await server.Harness.Codes(5, Harness.Push + "im_get_attr_name", "{}");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(2));
        await server.Harness.Call(Harness.Push + "im_get_attr", Get);
        server.Emulator.Faults.Add("*:truncated:1");
        await server.Harness.SendForText(Harness.Push + "im_get_attr_name", "{}");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);

        Assert.Equal(["2 calls/s now", "3 succeeded", "2 throttled", "2 errors"], await page.Texts("#minute .legend li"));
        Assert.Equal((1, 1, 1), (await page.Count("#minute .bar.succeeded"), await page.Count("#minute .bar.throttled"), await page.Count("#minute .bar.errors")));
        Assert.Equal("5/s", await page.Text("#minute .peak"));
        Assert.Equal(["60 s ago", "45", "30", "15", "now"], await page.Texts("#minute .axis span"));
        // The figures are of the last second, the limit of each.
        Assert.Equal(["im_get_attr_name 1/s limit 3", "im_get_attr 1/s limit 3"], await page.Texts("figcaption"));
        Assert.Equal("Faults struck 1 call in the last minute.", await page.Text("#no-traffic"));
        // Three calls touch the limit's line, and say so by their colour.
        Assert.Equal(1, await page.Count("figure:first-child .bar.full"));
        Assert.Equal(1, await page.Count("figure:first-child .limit"));
    }

    [Fact]
    public async Task A_minute_has_sixty_seconds_and_they_pass()
    {
        await using RunningServer server = await RunningServer.Start();
        for (int second = 0; second < 62; second++)
        {
            await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
            server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal(60, await page.Count("#minute .bar"));
        Assert.Contains("60 calls", (await page.Eval("document.querySelector('#minute svg').getAttribute('aria-label')")).GetString(), StringComparison.Ordinal);
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(61));
        await page.UntilText("#no-traffic", "No calls in the last minute.");
        Assert.Equal(0, await page.Count("#minute .bar"));
    }

    [Fact]
    public async Task A_minute_of_traffic_is_drawn_second_by_second()
    {
        await using RunningServer server = await RunningServer.Start(options => { options.RateLimit = null; options.AttributeNames = ["sex", "city", "level", "vip"]; });
        await Traffic.MakeWithPushes(server);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal(["im_set_attr", "im_get_attr", "account_delete"], await page.Texts("figcaption span:first-child"));
        Assert.InRange(await page.Count("#charts figure:first-child .bar"), 40, 60);
        Assert.Equal(40, await page.Count("#requests tr"));
        Assert.Equal(2, await page.Count("#pushes tr"));
        Assert.Empty(page.Complaints);
        await page.SaveForLooking("emulator.png");
    }

    [Fact]
    public async Task A_code_is_told_with_what_it_means()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_get_attr", Get);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal("90048 the account does not exist", await page.Text("#requests td:nth-child(3)"));
    }

    [Fact]
    public async Task Requests_are_filtered_by_code_and_keep_coming()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_get_attr", Get);
        await server.Harness.Codes(60, Harness.Push + "im_get_attr_name", "{}");
        server.Emulator.Faults.Add("account_check:drop-before:1");
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Harness.SendForText(Harness.Login + "account_check", "{}"));
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal(
            ["all requests", "all but success", "no code: lost on the way", "0: success", "90048: the account does not exist"], await page.Texts("#code option"));
        Assert.Equal(40, await page.Count("#requests tr"));

        // The call is far behind the forty that are shown else.
        await page.Choose("#code", "90048");
        await page.UntilText("#requests-note", "1 of 62 requests.");
        Assert.Equal("90048 the account does not exist", Assert.Single(await page.Texts("#requests td:nth-child(3)")));

        await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
        await server.Harness.Call(Harness.Push + "im_get_attr", Get);
        await page.UntilText("#requests-note", "2 of 64 requests.");
        Assert.Equal(2, await page.Count("#requests tr"));

        await page.Choose("#code", "none");
        await page.UntilText("#requests-note", "1 of 64 requests.");
        Assert.Equal("account_check", Assert.Single(await page.Texts("#requests .command")));

        await page.Choose("#code", "error");
        await page.Until("document.querySelectorAll('#requests tr').length === 3");

        await page.Choose("#code", "");
        await page.Until("document.querySelectorAll('#requests tr').length === 40");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_filter_works_on_a_view_that_is_paused()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_get_attr", Get);
        await server.Harness.Codes(2, Harness.Push + "im_get_attr_name", "{}");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#pause");
        await page.Choose("#code", "90048");
        await page.Until("document.querySelectorAll('#requests tr').length === 1");
        Assert.Equal("view paused, the emulator goes on", await page.Text("#status"));
    }
}
