using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>The page as a whole: it keeps up, stands still, begins anew, and shows text as text.</summary>
public sealed class PageTests(Browser browser)
{
    [Fact]
    public async Task The_page_shows_calls_accounts_names_and_keeps_up_with_them()
    {
        await using RunningServer server = await RunningServer.Start(options => { options.RateLimit = 3; options.Accounts = ["anna", "bert"]; });
        await server.Harness.Codes(4, Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Ulm"}}]}""");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);

        Assert.Equal("3", await page.Text("#account-count"));
        Assert.Equal(["0 sex", "1 city", "2 level"], await page.Texts("#names tr"));
        Assert.Equal("anna", (await page.Texts("#requests td:last-child"))[^1]);
        Assert.Contains("anna Ulm", await page.Texts("#accounts tr"));

        await server.Harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["bert","anna"]}""");
        await page.UntilText("#calls", "5");
        Assert.Contains("im_get_attr", (await page.Texts("#requests tr"))[0], StringComparison.Ordinal);
        Assert.EndsWith("bert, anna", (await page.Texts("#requests tr"))[0], StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_callers_send_is_text_on_the_page_and_nothing_more()
    {
        const string User = "<img src=x onerror=evil()>";
        const string Value = "<img src=x onerror=document.title=1>";
        const string Tag = "<b class=evil>tag</b>";
        await using RunningServer server = await RunningServer.Start(options => options.AttributeNames = ["<i class=evil>n</i>", "__proto__"]);
        Assert.Equal(0, (await server.Harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{"To_Account":"{{User}}","Attrs":{"<i class=evil>n</i>":"{{Value}}","__proto__":"p"} }]}""")).Code);
        Assert.Equal(0, (await server.Harness.Call(Harness.Push + "im_add_tag", $$"""{"UserTags":[{"To_Account":"{{User}}","Tags":["{{Tag}}"]}]}""")).Code);
        Assert.Equal(0, (await server.Harness.Call(Harness.Push + "im_push", $$"""{"MsgRandom":1,"Condition":{"TagsOr":["{{Tag}}"]},"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"<u class=evil>Hi</u>"} }]}""")).Code);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#accounts tr:nth-child(2) button");
        await page.UntilText("#account[open] #account-title", User);

        Assert.Contains(Value, await page.Texts("#accounts td"));
        Assert.Contains(User, await page.Texts("#requests td"));
        Assert.Contains("<i class=evil>n</i>", await page.Texts("#names td"));
        Assert.Contains("<u class=evil>Hi</u>", await page.Texts("#pushes td"));
        Assert.Contains($"the tag '{Tag}'", await page.Texts("#pushes td"));
        Assert.Equal([Value, "p"], (await page.Texts("#account-parts .values:first-of-type dd"))[..2]);
        Assert.Equal([Tag], await page.Texts("#account-parts .tags li"));
        Assert.Equal(0, await page.Count(".evil, img"));
        Assert.Equal("Chat emulator", (await page.Eval("document.title")).GetString());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Text_cannot_become_code_even_if_the_page_were_to_try()
    {
        await using RunningServer server = await RunningServer.Start();
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.Eval("document.body.innerHTML = '<img src=x onerror=alert(1)>'"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => page.Eval("document.body.setAttribute('onclick', 'alert(1)')"));
        await page.Eval("(() => { const s = document.createElement('style'); s.textContent = 'body { display: none }'; document.head.append(s); })()");
        Assert.Equal("live", await page.Text("#status"));
    }

    [Fact]
    public async Task Neither_key_nor_signature_is_on_the_page()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(2, Harness.Push + "im_get_attr_name", "{}");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        string all = (await page.Eval("document.documentElement.outerHTML")).GetString()!;
        Assert.DoesNotContain(TestSig.Key, all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("usersig", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestSig.Make(time: server.Harness.Clock.GetUtcNow().ToUnixTimeSeconds())[..20], all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_that_is_paused_stands_still_while_the_emulator_goes_on()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#pause");
        await page.UntilText("#status", "view paused, the emulator goes on");
        Assert.Equal("Resume view", await page.Text("#pause"));

        await server.Harness.Codes(2, Harness.Push + "im_get_attr_name", "{}");
        // What was under way when it was paused may still be answered; then several refreshes would have come.
        await page.Eval("new Promise(done => setTimeout(done, 500))");
        await page.Eval("performance.clearResourceTimings()");
        await page.Eval("new Promise(done => setTimeout(done, 2500))");
        Assert.Equal(0, await page.Number("performance.getEntriesByType('resource').length"));
        Assert.Equal("1", await page.Text("#calls"));
        Assert.Equal(1, await page.Count("#requests tr"));

        await page.Click("#pause");
        await page.UntilText("#calls", "3");
        Assert.Equal(3, await page.Count("#requests tr"));
        Assert.Equal(("Pause view", "live"), (await page.Text("#pause"), await page.Text("#status")));
    }

    [Fact]
    public async Task A_view_that_is_paused_does_not_show_what_was_asked_for_before()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Eval("""
            (() => {
              const usual = window.fetch;
              window.fetch = async (...asked) => {
                const answer = await usual(...asked);
                if ((await answer.clone().text()).includes('"Calls":2,')) {
                  window.isAnswered = true;
                  await new Promise(done => { window.goOn = done; });
                }

                return answer;
              };
            })()
            """);
        await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
        await page.Until("window.isAnswered === true");
        await page.Click("#pause");
        await page.Eval("(goOn(), new Promise(done => setTimeout(done, 500)))");
        Assert.Equal(("1", "view paused, the emulator goes on"), (await page.Text("#calls"), await page.Text("#status")));
    }

    [Fact]
    public async Task A_reset_is_asked_about_and_empties_emulator_and_page()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Ulm"}}]}""");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal(1, await page.Count("#requests tr"));

        await page.Click("#reset");
        await page.Until("document.querySelector('#reset-question').open");
        Assert.Contains("Accounts, attributes, tags, pushes, requests, faults and the clock go back", await page.Text("#reset-question"), StringComparison.Ordinal);
        await page.Press("Escape");
        await page.Until("!document.querySelector('#reset-question').open");
        Assert.True(server.Emulator.State.HasAccount("anna"));

        await page.Click("#reset");
        await page.Click("#reset-yes");
        await page.UntilText("#calls", "0");
        Assert.False(server.Emulator.State.HasAccount("anna"));
        Assert.Equal(0, await page.Count("#requests tr, #minute .bar"));
        Assert.Equal(["administrator"], await page.Texts("#accounts tr"));
        Assert.Equal("The emulator was reset.", (await page.Eval("document.querySelector('#said').textContent")).GetString());
    }

    [Fact]
    public async Task A_reset_by_others_is_seen_though_more_calls_came_since_than_before()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        server.Emulator.Reset();
        await server.Harness.Codes(3, Harness.Tim + "get_attr_name", "{}");
        await page.UntilText("#calls", "3");
        Assert.All(await page.Texts("#requests .command"), command => Assert.Equal("get_attr_name", command));
        Assert.Equal(3, await page.Count("#requests tr"));
    }

    [Fact]
    public async Task An_emulator_that_is_gone_is_told()
    {
        RunningServer server = await RunningServer.Start();
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await server.DisposeAsync();
        await page.UntilText("#status", "the emulator cannot be reached");
    }

    [Fact]
    public async Task Faults_are_added_switched_and_removed_by_hand()
    {
        await using RunningServer server = await RunningServer.Start();
        FaultList faults = server.Emulator.Faults;
        faults.Add("*:502:0.5");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#faults input");
        await page.Until(() => Task.FromResult(!faults.List()[0].IsEnabled), "the fault to be off");

        await page.Type("#fault", "im_set_attr:sometimes:1");
        await page.Press("Enter");
        await page.Until("document.querySelector('#fault-error').textContent.includes('sometimes')");
        Assert.Single(faults.List());

        await page.Type("#fault", "im_set_attr:91000:1");
        await page.Press("Enter");
        await page.Until("document.querySelectorAll('#faults tr').length === 2");
        Assert.Equal("", await page.Text("#fault-error"));
        Assert.Equal(["*:502:0.5", "im_set_attr:91000:1"], faults.List().Select(fault => fault.ToString()));

        await server.Harness.Codes(3, Harness.Push + "im_set_attr", "{}");
        await page.UntilText("#faults tr:last-child td:nth-child(3)", "3");

        await page.Click("#faults tr:first-child button");
        await page.Until("document.querySelectorAll('#faults tr').length === 1");
        Assert.Equal("im_set_attr:91000:1", Assert.Single(faults.List()).ToString());
    }
}
