using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Support.UI;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Tests.Support;

namespace TencentChat.Emulator.Tests;

/// <summary>The page, as a person sees it in a browser.</summary>
public sealed class PageTests
{
    private const string ScreenshotVariable = "TENCENTCHAT_EMULATOR_SCREENSHOT";

    [Fact]
    public async Task The_page_shows_calls_accounts_names_and_keeps_up_with_them()
    {
        await using RunningServer server = await RunningServer.Start(options => { options.RateLimit = 3; options.Accounts = ["anna", "bert"]; });
        await server.Harness.Codes(4, Harness.Push + "im_set_attr", """{"UserAttrs":[{"To_Account":"anna","Attrs":{"city":"Ulm"}}]}""");
        server.Harness.Clock.Advance(TimeSpan.FromSeconds(1));
        using var page = Page.Open(server.Endpoint);
        page.Wait(() => page.Text("#status") == "live");

        Assert.Equal("3", page.Text("#account-count"));
        Assert.Equal(["0 sex", "1 city", "2 level"], page.Texts("#names tr"));
        Assert.Equal(["im_set_attr 3/s limit 3", "trouble 1/s throttled, 0/s faults"], page.Texts("figcaption").Select(text => text.ReplaceLineEndings(" ")));
        Assert.Single(page.All("figure:first-child .bar.full"));
        Assert.Single(page.All("figure:first-child .limit"));
        Assert.Equal(["60007", "0", "0", "0"], page.Texts("#requests td:nth-child(3)"));
        Assert.Equal("anna", page.Texts("#requests td:last-child")[^1]);
        Assert.Contains("anna Ulm", page.Texts("#accounts tr"));

        await server.Harness.Call(Harness.Push + "im_get_attr", """{"To_Account":["bert","anna"]}""");
        page.Wait(() => page.Text("#calls") == "5");
        page.Wait(() => page.Texts("#requests tr")[0].Contains("im_get_attr", StringComparison.Ordinal));
        Assert.EndsWith("bert, anna", page.Texts("#requests tr")[0], StringComparison.Ordinal);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task What_callers_send_is_text_on_the_page_and_nothing_more()
    {
        const string User = "<b id=evil>x</b>";
        const string Value = "<img src=x onerror=document.title='evil'>";
        await using RunningServer server = await RunningServer.Start(options => options.AttributeNames = ["<i id=evil>n</i>", "__proto__"]);
        Answer set = await server.Harness.Call(Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{"To_Account":"{{User}}","Attrs":{"<i id=evil>n</i>":"{{Value}}","__proto__":"p"} }]}""");
        Assert.Equal(0, set.Code);
        using var page = Page.Open(server.Endpoint);
        page.Wait(() => page.Texts("#accounts td").Contains(User));

        Assert.Contains(Value, page.Texts("#accounts td"));
        Assert.Contains("p", page.Texts("#accounts td"));
        Assert.Contains(User, page.Texts("#requests td"));
        Assert.Contains("<i id=evil>n</i>", page.Texts("#names td"));
        Assert.Empty(page.All("#evil, td img"));
        Assert.Equal("Chat emulator", page.Title);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Faults_are_added_switched_and_removed_by_hand()
    {
        await using RunningServer server = await RunningServer.Start();
        FaultList faults = server.Emulator.Faults;
        faults.Add("*:502:0.5");
        using var page = Page.Open(server.Endpoint);
        page.Wait(() => page.All("#faults input:checked").Count == 1);

        page.Click("#faults input");
        page.Wait(() => !faults.List()[0].IsEnabled);

        page.Type("#fault", "im_set_attr:sometimes:1\n");
        page.Wait(() => page.Text("#fault-error").Contains("sometimes", StringComparison.Ordinal));
        Assert.Single(faults.List());

        page.Clear("#fault");
        page.Type("#fault", "im_set_attr:91000:1\n");
        page.Wait(() => page.All("#faults tr").Count == 2);
        Assert.Equal("", page.Text("#fault-error"));
        Assert.Equal(["*:502:0.5", "im_set_attr:91000:1"], faults.List().Select(fault => fault.ToString()));

        await server.Harness.Codes(3, Harness.Push + "im_set_attr", "{}");
        page.Wait(() => page.Texts("#faults tr:last-child td")[2] == "3");

        page.Click("#faults tr:first-child button");
        page.Wait(() => page.All("#faults tr").Count == 1);
        Assert.Equal("im_set_attr:91000:1", Assert.Single(faults.List()).ToString());
    }

    [Fact]
    public async Task Accounts_are_found_by_part_of_their_name_and_never_all_shown()
    {
        await using RunningServer server = await RunningServer.Start(options => options.Accounts = [.. Enumerable.Range(0, 2000).Select(i => $"user_{i:0000}")]);
        using var page = Page.Open(server.Endpoint);
        page.Wait(() => page.All("#accounts tr").Count == 50);
        Assert.Equal("The first 50; the app has 2,001.", page.Text("#accounts-note"));
        page.Type("#search", "_1234");
        page.Wait(() => page.Texts("#accounts tr").SequenceEqual(["user_1234"]));
        Assert.Equal("1 of 2,001.", page.Text("#accounts-note"));
    }

    [Fact]
    public async Task A_reset_empties_the_page_and_an_emulator_that_is_gone_is_told()
    {
        RunningServer server = await RunningServer.Start();
        using var page = Page.Open(server.Endpoint);
        await server.Harness.Codes(3, Harness.Push + "im_get_attr_name", "{}");
        page.Wait(() => page.All("#requests tr").Count == 3);
        server.Emulator.Reset();
        await server.Harness.Codes(1, Harness.Push + "im_get_attr_name", "{}");
        page.Wait(() => page.All("#requests tr").Count == 1);
        await server.DisposeAsync();
        page.Wait(() => page.Text("#status") == "the emulator cannot be reached");
    }

    [Fact]
    public async Task A_minute_of_traffic_is_drawn_second_by_second()
    {
        await using RunningServer server = await RunningServer.Start(options => { options.RateLimit = null; options.AttributeNames = ["sex", "city", "level", "vip"]; });
        string[] faults = ["*:drop-before:0.03", "*:502:0.03", "im_set_attr:91000:0.06", "*:throttle:400:0.002"];
        foreach (string fault in faults)
        {
            server.Emulator.Faults.Add(fault);
        }

        server.Emulator.Faults.Enable(server.Emulator.Faults.Add("*:delay:3000:0.05").Id, false);
        await Traffic.Make(server.Harness, seconds: 60);
        using var page = Page.Open(server.Endpoint);
        page.Wait(() => page.Text("#status") == "live");

        Assert.Equal(["im_set_attr", "im_get_attr", "account_delete", "trouble"], page.Texts("figcaption span:first-child"));
        Assert.InRange(page.All("figure:first-child .bar").Count, 40, 59);
        Assert.Equal(40, page.All("#requests tr").Count);
        Assert.Empty(page.Complaints);
        if (Environment.GetEnvironmentVariable(ScreenshotVariable) is { Length: > 0 } file)
        {
            page.SaveScreenshot(file);
        }
    }

    /// <summary>A browser with the page open; the test is skipped where there is none.</summary>
    private sealed class Page : IDisposable
    {
        private readonly ChromeDriver _driver;

        private Page(ChromeDriver driver) => _driver = driver;

        public string Title => _driver.Title;

        /// <summary>What the browser has to complain about, the content policy above all.</summary>
        public IEnumerable<string> Complaints => _driver.Manage().Logs.GetLog(LogType.Browser).Select(entry => entry.Message);

        public static Page Open(Uri endpoint)
        {
            (string? browser, string? driver) = (Find("chromium", "google-chrome"), Find("chromedriver"));
            Assert.SkipWhen(browser is null || driver is null, "Chromium and chromedriver are not installed.");
            var options = new ChromeOptions { BinaryLocation = browser };
            options.SetLoggingPreference(LogType.Browser, LogLevel.Warning);
            options.AddArguments(
                "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--window-size=1280,1360",
                "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
            var service = ChromeDriverService.CreateDefaultService(Path.GetDirectoryName(driver), Path.GetFileName(driver));
            service.SuppressInitialDiagnosticInformation = true;
            var page = new Page(new ChromeDriver(service, options, TimeSpan.FromMinutes(2)));
            page._driver.Navigate().GoToUrl(new Uri(endpoint, "/_emulator/"));
            return page;
        }

        public System.Collections.ObjectModel.ReadOnlyCollection<IWebElement> All(string selector) => _driver.FindElements(By.CssSelector(selector));

        public string Text(string selector) => _driver.FindElement(By.CssSelector(selector)).Text;

        /// <summary>The texts of all that fit, taken at one moment: the page changes between two questions.</summary>
        public List<string> Texts(string selector) => [.. ((IReadOnlyCollection<object>)_driver.ExecuteScript(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.replace(/\\s+/g, ' ').trim())", selector)!).Cast<string>()];

        public void Click(string selector) => _driver.FindElement(By.CssSelector(selector)).Click();

        public void Clear(string selector) => _driver.FindElement(By.CssSelector(selector)).Clear();

        public void Type(string selector, string text) => _driver.FindElement(By.CssSelector(selector)).SendKeys(text);

        public void Wait(Func<bool> isSo) => new WebDriverWait(_driver, TimeSpan.FromSeconds(30)).Until(_ => isSo());

        public void SaveScreenshot(string file) => _driver.GetScreenshot().SaveAsFile(file);

        public void Dispose() => _driver.Dispose();

        private static string? Find(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
            .Where(folder => folder.Length > 0).SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>A job in full swing: attributes set for many accounts, read back, a few accounts deleted.</summary>
    private static class Traffic
    {
        private static readonly string[] s_cities = ["Lyon", "Porto", "Graz", "Utrecht", "Turku", "Kraków", "Gent", "Bergen"];

        public static async Task Make(Harness harness, int seconds)
        {
            int user = 0;
            for (int second = 0; second < seconds; second++)
            {
                // The job sets, for a while a little faster than it may; then it reads as well, and deletes at last.
                (int set, int get, int delete) = (82 + (second * 7 % 17) + (second is > 20 and < 26 ? 14 : 0), second > 15 ? 40 + (second * 11 % 23) : 0, second > 40 ? 12 + (second * 5 % 9) : 0);
                int calls = set + get + delete;
                for (int i = 0; i < calls; i++)
                {
                    // Spread evenly: each kind comes when its share of the second has passed.
                    if (((i + 1) * delete / calls) > (i * delete / calls))
                    {
                        await Send(harness, Harness.Login + "account_delete", $$"""{"DeleteItem":[{"UserID":"user_{{user / 3:00000}}"}]}""");
                    }
                    else if (((i + 1) * (get + delete) / calls) > (i * (get + delete) / calls))
                    {
                        await Send(harness, Harness.Push + "im_get_attr", $$"""{"To_Account":[{{string.Join(',', Enumerable.Range(user - 24, 6).Select(n => $"\"user_{n:00000}\""))}}]}""");
                    }
                    else
                    {
                        await Send(harness, Harness.Push + "im_set_attr", $$"""{"UserAttrs":[{{string.Join(',', Enumerable.Range(user, 6).Select(Row))}}]}""");
                        user += 6;
                    }

                    harness.Clock.Advance(TimeSpan.FromTicks((TimeSpan.TicksPerSecond * (i + 1) / calls) - (TimeSpan.TicksPerSecond * i / calls)));
                }
            }
        }

        private static async Task Send(Harness harness, string path, string body)
        {
            try
            {
                await harness.SendForText(path, body);
            }
            catch (HttpRequestException)
            {
                // A dropped connection is one of the faults.
            }
        }

        private static string Row(int i) =>
            $$"""{"To_Account":"user_{{i:00000}}","Attrs":{"sex":"{{(i % 2 == 0 ? "f" : "m")}}","city":"{{s_cities[i * 7 % s_cities.Length]}}","level":"{{i * 13 % 60}}","vip":"{{(i % 9 == 0 ? "yes" : "no")}}"} }""";
    }
}
