using System.Globalization;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>The page on narrow and wide screens, light and dark, with a keyboard and by ear.</summary>
public sealed class PageLookTests(Browser browser)
{
    private const string LongId = "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww";

    [Theory]
    [InlineData(360, false)]
    [InlineData(360, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task Nothing_runs_over_the_edge_and_words_stand_out_from_what_is_behind(int width, bool isDark)
    {
        await using RunningServer server = await Busy();
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint, width, 1360, isDark);
        await page.Until("document.querySelectorAll('#requests tr').length === 40");
        Assert.Empty((await page.Eval($"[...document.querySelectorAll('body *')].filter(e => !e.closest('.hidden, dialog, thead, svg') && e.getBoundingClientRect().right > {width}).map(e => e.outerHTML.slice(0, 200))")).EnumerateArray());
        Assert.Equal(width, await page.Number("document.documentElement.scrollWidth"));
        Assert.Empty((await page.Eval("[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.outerHTML)")).EnumerateArray());
        await CheckContrast(page);
        await CheckWords(page);
        await page.SaveForLooking($"{width}{(isDark ? "-dark" : "")}.png");

        await page.Click("#accounts tr:nth-child(2) button");
        await page.Until("document.querySelector('#account').open");
        Assert.True((await page.Eval("(b => b.left >= 0 && b.right <= innerWidth)(document.querySelector('#account').getBoundingClientRect())")).GetBoolean());
        await CheckContrast(page);
        await page.SaveForLooking($"{width}{(isDark ? "-dark" : "")}-account.png", isWhole: false);
        Assert.Empty(page.Complaints);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_longest_that_an_app_takes_fits_the_page(int width)
    {
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"{i}_{new string('n', 48)}")];
        await using RunningServer server = await RunningServer.Start(options => options.AttributeNames = names);
        string values = string.Join(',', names.Select(name => $"\"{name}\":\"{new string('v', 50)}\""));
        string tags = string.Join(',', Enumerable.Range(0, 10).Select(i => $"\"{i}_{new string('t', 48)}\""));
        Assert.Equal(0, (await server.Harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{"To_Account":"{{LongId}}","Attrs":{ {{values}} } }]}""")).Code);
        Assert.Equal(0, (await server.Harness.Call(Harness.Push + "im_add_tag", $$"""{"UserTags":[{"To_Account":"{{LongId}}","Tags":[{{tags}}]}]}""")).Code);
        Assert.Equal(0, (await server.Harness.Call(Harness.Push + "im_push", $$"""{"From_Account":"administrator","MsgRandom":1,"Condition":{"TagsOr":[{{tags}}]},"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"{{new string('x', 300)}}"} }]}""")).Code);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint, width, 1360);
        Assert.Equal(width, await page.Number("document.documentElement.scrollWidth"));
        await page.SaveForLooking($"{width}-longest.png");
        await page.Click("#accounts tr:nth-child(2) button");
        await page.Until("document.querySelector('#account').open");
        Assert.True((await page.Eval("(e => e.scrollWidth <= e.clientWidth && e.getBoundingClientRect().right <= innerWidth)(document.querySelector('#account'))")).GetBoolean());
        // It is read from its top, and the keyboard comes to its button next.
        Assert.Equal(0, await page.Number("document.querySelector('#account').scrollTop"));
        await page.SaveForLooking($"{width}-longest-account.png", isWhole: false);
        await page.Press("Tab");
        Assert.Equal("account-close", (await page.Eval("document.activeElement.id")).GetString());
    }

    [Fact]
    public async Task A_dark_screen_stays_dark_and_a_light_one_light()
    {
        await using RunningServer server = await RunningServer.Start();
        await using BrowserPage light = await browser.OpenAsync(server.Endpoint);
        await using BrowserPage dark = await browser.OpenAsync(server.Endpoint, isDark: true);
        Assert.True(await Brightness(light) > 200);
        Assert.True(await Brightness(dark) < 60);

        static Task<int> Brightness(BrowserPage page) => page.Number("Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
    }

    [Fact]
    public async Task A_row_takes_a_few_lines_on_a_narrow_screen()
    {
        await using RunningServer server = await Busy();
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint, 360, 800);
        Assert.InRange(await Tallest("#requests tr"), 20, 110);
        Assert.InRange(await Tallest("#pushes tr"), 60, 170);
        Assert.InRange(await Tallest("#accounts tr"), 20, 90);

        Task<int> Tallest(string rows) => page.Number($"Math.max(...[...document.querySelectorAll('{rows}')].map(e => Math.ceil(e.getBoundingClientRect().height)))");
    }

    [Fact]
    public async Task Whatever_can_be_operated_has_a_name_that_can_be_heard()
    {
        await using RunningServer server = await Busy();
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        List<(string Role, string Name)> controls = await page.Controls();
        Assert.DoesNotContain(controls, control => control.Name.Trim().Length == 0);
        Assert.Contains(("combobox", "Show"), controls);
        Assert.Contains(("searchbox", "UserID begins with"), controls);
        Assert.Contains(("button", "Pause view"), controls);
        Assert.Contains(("button", "Reset emulator"), controls);
        Assert.Contains(("checkbox", "*:502:0.03 on"), controls);
        Assert.Contains(("table", "Last requests"), controls);
        Assert.Contains(controls, control => control.Role == "image" && control.Name.StartsWith("All commands, last minute: ", StringComparison.Ordinal));
        // What changes every second is not read out, what a person did and whether the page is live is.
        Assert.Equal(["status", "said", "fault-error", "reset-error"], (await page.Eval("[...document.querySelectorAll('[aria-live], [role=status], [role=alert]')].map(e => e.id)")).EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task All_is_reached_with_the_keyboard_and_seen_where_it_is()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = ["anna"]);
        await using BrowserPage page = await browser.OpenAsync(server.Endpoint);
        var reached = new List<string>();
        while (true)
        {
            await page.Press("Tab");
            // After the last the browser itself has its turn.
            if ((await page.Eval("document.activeElement === document.body")).GetBoolean())
            {
                break;
            }

            reached.Add((await page.Eval("document.activeElement.id || document.activeElement.textContent")).GetString()!);
            Assert.True(reached.Count < 30);
            Assert.Equal("solid", (await page.Eval("getComputedStyle(document.activeElement).outlineStyle")).GetString());
        }

        Assert.Equal(["pause", "reset", "code"], reached[..3]);
        Assert.Superset(new HashSet<string> { "search", "anna", "administrator", "previous", "next", "fault", "Add" }, reached.ToHashSet());

        await page.Eval("document.querySelector('#pause').focus()");
        await page.Press("Space");
        await page.UntilText("#pause", "Resume view");
    }

    private static async Task<RunningServer> Busy()
    {
        RunningServer server = await RunningServer.Start(options => { options.RateLimit = null; options.AttributeNames = ["sex", "city", "level", "vip"]; });
        await Traffic.MakeWithTrouble(server);
        server.Emulator.Faults.Clear();
        await server.Harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{"To_Account":"{{LongId}}","Attrs":{"city":"{{new string('x', 50)}}"} }]}""");
        await server.Harness.Call(Harness.Push + "im_add_tag", """{"UserTags":[{"To_Account":"user_00000","Tags":["vip","beta","newsletter"]},{"To_Account":"user_00007","Tags":["vip"]}]}""");
        string[] conditions = ["", "\"Condition\":{\"AttrsAnd\":{\"city\":\"Gent\",\"sex\":\"f\"}},", "\"Condition\":{\"TagsOr\":[\"vip\",\"beta\"]},"];
        for (int i = 0; i < conditions.Length; i++)
        {
            server.Harness.Clock.Advance(TimeSpan.FromSeconds(2));
            await server.Harness.Call(Harness.Push + "im_push", $$"""{"From_Account":"administrator","MsgRandom":{{i.ToString(CultureInfo.InvariantCulture)}},"MsgLifeTime":3600,{{conditions[i]}}"MsgBody":[{"MsgType":"TIMTextElem","MsgContent":{"Text":"The shop opens at ten, with new things"} }]}""");
        }

        await server.Harness.Call(Harness.Push + "im_get_attr", $$"""{"To_Account":["{{LongId}}","{{LongId[..31]}}"]}""");
        await server.Harness.Send(HttpMethod.Post, Harness.Push + "im_get_attr", server.Harness.Query(("identifier", "nobody")), "{}");
        server.Emulator.Faults.Add("im_get_attr:code-after:91000:1");
        await server.Harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["user_00001","user_00002","user_00003","user_00004","user_00005","user_00006"]}""");
        server.Emulator.Faults.Add("im_remove_attr:drop-after:1");
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Harness.SendForText(Harness.Push + "im_remove_attr", """{"UserAttrs":[{"To_Account":"user_00008","Attrs":["vip"]}]}"""));
        server.Emulator.Faults.Clear();
        server.Emulator.Faults.Add("*:502:0.03");
        server.Emulator.Faults.Enable(server.Emulator.Faults.Add("*:delay:3000:0.05").Id, false);
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        return server;
    }

    // 4.5 to 1 is what the W3C's guidelines ask of text (WCAG 2.2, 1.4.3).
    private static async Task CheckContrast(BrowserPage page) => Assert.Empty((await page.Eval("""
        (() => {
          const parse = colour => colour.match(/[\d.]+/g).map(Number);
          const light = colour => { const [r, g, b] = parse(colour).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
          const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (parse(c)[3] !== 0) return c; } return 'rgb(255, 255, 255)'; };
          const poor = [];
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility() || e.closest('datalist, select, .hidden')) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
            if ((a + .05) / (b + .05) < 4.5) poor.push(`${e.outerHTML.slice(0, 80)} ${((a + .05) / (b + .05)).toFixed(2)}`);
          }
          return [...new Set(poor)].slice(0, 10);
        })()
        """)).EnumerateArray().Select(poor => poor.GetString()));

    // A word that fits a line stands on one.
    private static async Task CheckWords(BrowserPage page) => Assert.Empty((await page.Eval("""
        (() => {
          const torn = [];
          const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            for (const word of text.data.matchAll(/(?<![^\s])\w{2,15}(?![^\s])/g)) {
              const range = document.createRange();
              range.setStart(text, word.index);
              range.setEnd(text, word.index + word[0].length);
              if (new Set([...range.getClientRects()].map(r => r.top)).size > 1) torn.push(word[0]);
            }
          }
          return [...new Set(torn)];
        })()
        """)).EnumerateArray().Select(word => word.GetString()));
}
