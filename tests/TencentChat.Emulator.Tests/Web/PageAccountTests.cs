using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>The page: accounts, found and opened.</summary>
public sealed class PageAccountTests(Browser browser)
{
    private const string SetAnna = """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Ulm","sex":"f"}}]}""";

    [Fact]
    public async Task Accounts_are_paged_and_found_by_how_they_begin()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = [.. Enumerable.Range(0, 2000).Select(i => $"user_{i:0000}")]);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        Assert.Equal("1 to 50 of 2,001", await page.Text("#accounts-note"));
        Assert.Equal(("user_0000", 50), (await page.Text("#accounts button"), await page.Count("#accounts tr")));

        await page.Click("#next");
        await page.UntilText("#accounts-note", "51 to 100 of 2,001");
        Assert.Equal("user_0050", await page.Text("#accounts button"));
        Assert.Equal("Accounts 51 to 100 of 2,001", (await page.Eval("document.querySelector('#said').textContent")).GetString());
        await page.Click("#previous");
        await page.UntilText("#accounts-note", "1 to 50 of 2,001");

        await page.Click("#next");
        await page.Type("#search", "user_12");
        await page.UntilText("#accounts-note", "1 to 50 of those that begin with 'user_12', and there are more");
        Assert.Equal("user_1200", await page.Text("#accounts button"));
        await page.Click("#next");
        await page.UntilText("#accounts-note", "51 to 100, all that begin with 'user_12'");
        // At the end there is nowhere to go.
        await page.Click("#next");
        await page.Type("#search", "0001");
        await page.UntilText("#accounts-note", "No account begins with '0001'.");
        Assert.Equal(0, await page.Count("#accounts tr"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task An_account_is_opened_with_its_values_and_tags_which_stay_up_to_date()
    {
        await using RunningServer server = await RunningServer.Start();
        await server.Harness.Call(Harness.Login + "account_import", """{"UserID":"anna","Nick":"Anna A."}""");
        await server.Harness.Call(Harness.Push + "im_set_attr", SetAnna);
        await server.Harness.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"anna","Tags":["vip","beta"]}]}""");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#accounts tr:nth-child(2) button");
        await page.UntilText("#account[open] #account-title", "anna");
        Assert.Equal(["sex f", "city Ulm", "level not set", "Imported yes", "Nickname Anna A."], await page.Texts("#account .values > div"));
        Assert.Equal(["vip", "beta"], await page.Texts("#account .tags li"));
        Assert.Equal(["Attributes", "Tags", "Account"], await page.Texts("#account h3"));

        await server.Harness.Call(Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Bonn"}}]}""");
        await page.UntilText("#account .values > div:nth-child(2)", "city Bonn");

        await page.Press("Escape");
        await page.Until("!document.querySelector('#account').open && document.activeElement.textContent === 'anna'");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_the_two_services_hold_apart_is_shown_apart()
    {
        await using RunningServer server = await RunningServer.Start(options =>
        {
            options.Accounts = ["anna"];
            options.OpenQuestions.FamiliesShareAttributes = options.OpenQuestions.FamiliesShareTags = false;
        });
        await server.Harness.Call(Harness.Push + "im_set_attr", SetAnna);
        await server.Harness.Call(Harness.Tim + "set_attr", """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Turku"}}]}""");
        await server.Harness.Call(Harness.Tim + "add_tag", """{"UserTags":[{"To_Account":"anna","Tags":["gold"]}]}""");
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#accounts tr:first-child button");
        await page.UntilText("#account[open] #account-title", "anna");
        Assert.Equal(["Attributes", "Tags", "Attributes of the Push service", "Tags of the Push service", "Account"], await page.Texts("#account h3"));
        Assert.Equal(["f", "Ulm", "not set", "not set", "Turku", "not set", "no"], await page.Texts("#account dd"));
        Assert.Equal(["gold"], await page.Texts("#account .tags li"));
    }

    [Fact]
    public async Task An_account_that_goes_while_it_is_open_is_told_to_be_gone()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = ["a b/c?d&e#f%41"]);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Click("#accounts tr:first-child button");
        await page.UntilText("#account[open] #account-title", "a b/c?d&e#f%41");
        Assert.Equal("Imported no", (await page.Texts("#account .values > div"))[^1]);
        await server.Harness.Call(Harness.Login + "account_delete", """{"DeleteItem":[{"UserID":"a b/c?d&e#f%41"}]}""");
        await page.UntilText("#account-parts", "There is no such account any more.");
    }

    [Fact]
    public async Task Whoever_uses_the_keyboard_keeps_the_place_while_the_list_changes()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = ["anna", "bert"]);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        await page.Eval("document.querySelector('#accounts tr:nth-child(2) button').focus()");
        await server.Harness.Call(Harness.Push + "im_set_attr", SetAnna);
        await page.UntilText("#accounts tr:first-child", "anna f Ulm");
        Assert.Equal("bert", (await page.Eval("document.activeElement.textContent")).GetString());
        await page.Press("Enter");
        await page.UntilText("#account[open] #account-title", "bert");
    }
}
