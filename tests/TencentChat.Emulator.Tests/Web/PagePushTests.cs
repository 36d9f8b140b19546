using TencentChat.Emulator.Options;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>The page: the pushes of both services.</summary>
public sealed class PagePushTests(Browser browser)
{
    private const string Hello = "\"MsgBody\":[{\"MsgType\":\"TIMTextElem\",\"MsgContent\":{\"Text\":\"Hello\"}}]";
    private const string Notice = "\"OfflinePushInfo\":{\"Title\":\"Offer\",\"Desc\":\"Half price\"}";

    [Fact]
    public async Task Pushes_are_listed_with_whom_they_were_for_and_reached()
    {
        await using RunningServer server = await RunningServer.Start(options => { options.Plan = EmulatorPlan.Paid; options.Accounts = ["anna", "bert", "cleo"]; });
        await server.Harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Ulm"}},{"To_Account":"bert","Attrs":{"city":"Ulm"}}]}""");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal("No push went out.", await page.Text("#no-pushes"));

        await Push(server, Harness.Push + "im_push", $$"""{"From_Account":"administrator","MsgRandom":1,"MsgLifeTime":60,{{Hello}}}""");
        await Push(server, Harness.Push + "im_push", $$$"""{"From_Account":"administrator","MsgRandom":2,"MsgLifeTime":60,"Condition":{"AttrsAnd":{"city":"Ulm"}},{{{Hello}}}}""");
        string task = await Push(server, Harness.Tim + "push", $$$"""{"From_Account":"administrator","MsgRandom":3,"Condition":{"TagsNot":["a","b"]},{{{Notice}}}}""");
        await Push(server, Harness.Tim + "batch", $$"""{"From_Account":"administrator","MsgRandom":4,"To_Account":["cleo"],{{Notice}}}""");
        await page.UntilText("#push-count", "4");

        Assert.Equal(["timpush/batch", "timpush/push", "all_member_push/im_push", "all_member_push/im_push"], await page.Texts("#pushes td:nth-child(2)"));
        Assert.Equal(["Offer: Half price", "Offer: Half price", "Hello", "Hello"], await page.Texts("#pushes td:nth-child(3)"));
        Assert.Equal(["the accounts it names", "not all of the tags 'a', 'b'", "city = 'Ulm'", "everybody"], await page.Texts("#pushes td:nth-child(4)"));
        Assert.Equal(["1 account", "4 accounts", "2 accounts", "4 accounts"], await page.Texts("#pushes td:nth-child(5)"));
        Assert.Equal(["sent", "sent", "sent", "sent"], await page.Texts("#pushes td:nth-child(6)"));
        Assert.Equal(task, (await page.Texts("#pushes td:nth-child(7)"))[1]);

        await page.Click("#pushes tr:nth-child(3) summary");
        await page.UntilText("#pushes tr:nth-child(3) details p", "anna, bert");

        Assert.Equal(0, (await server.Harness.Call(Harness.Tim + "revoke", $$"""{"TaskId":"{{task}}",{{Notice}}}""")).Code);
        await page.Until("document.querySelector('#pushes tr:nth-child(2) td:nth-child(6)').textContent.startsWith('revoked 20')");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task More_pushes_than_are_shown_are_counted_and_repeats_told()
    {
        await using RunningServer server = await RunningServer.Start(options => options.PushesPerDay = 0);
        for (int i = 1; i <= 22; i++)
        {
            await Push(server, Harness.Push + "im_push", $$"""{"From_Account":"administrator","MsgRandom":{{i}},{{Hello}}}""");
        }

        await server.Harness.Call(Harness.Push + "im_push", $$"""{"From_Account":"administrator","MsgRandom":23,{{Hello}}}""");
        await server.Harness.Call(Harness.Push + "im_push", $$"""{"From_Account":"administrator","MsgRandom":23,{{Hello}}}""");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal("Last 20 of 23 pushes", await page.Text("#pushes-title"));
        Assert.Equal(20, await page.Count("#pushes tr"));
        Assert.Equal("sent; 1 repeated call taken for it", (await page.Text("#pushes td:nth-child(6)"))[..34]);
    }

    private static async Task<string> Push(RunningServer server, string path, string body)
    {
        Answer answer = await server.Harness.Call(path, body);
        Assert.Equal(0, answer.Code);
        // One may go out every second, and none in the second after another.
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(2));
        return answer.Json.GetProperty("TaskId").GetString()!;
    }
}
