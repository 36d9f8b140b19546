using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TencentChat.Emulator.Tests.Web;

/// <summary>The page in a browser window of its own, as a person sees and uses it.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private const string PictureVariable = "TENCENTCHAT_EMULATOR_SCREENSHOTS";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DevTools _tools;
    private readonly string _context;
    private readonly string _session;
    private readonly List<string> _complaints = [];

    private BrowserPage(DevTools tools, string context, string session)
    {
        _tools = tools;
        _context = context;
        _session = session;
        _tools.Happened += Note;
    }

    /// <summary>What the browser has to complain about: what the content policy forbids, what cannot be loaded, what a script throws.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
            {
                return [.. _complaints];
            }
        }
    }

    public static async Task<BrowserPage> OpenAsync(DevTools tools, Uri address, int width, int height, bool isDark)
    {
        string context = (await tools.SendAsync("Target.createBrowserContext")).GetProperty("browserContextId").GetString()!;
        string target = (await tools.SendAsync("Target.createTarget", new() { ["url"] = "about:blank", ["browserContextId"] = context })).GetProperty("targetId").GetString()!;
        string session = (await tools.SendAsync("Target.attachToTarget", new() { ["targetId"] = target, ["flatten"] = true })).GetProperty("sessionId").GetString()!;
        var page = new BrowserPage(tools, context, session);
        await page.Send("Runtime.enable");
        await page.Send("Log.enable");
        await page.Send("Page.enable");
        await page.Send("Emulation.setFocusEmulationEnabled", new() { ["enabled"] = true });
        await page.Send("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await page.Send("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }) });
        await page.Send("Page.navigate", new() { ["url"] = address.AbsoluteUri });
        await page.Until("document.querySelector('#status')?.textContent === 'live'");
        return page;
    }

    /// <summary>What a script of the page comes to.</summary>
    public async Task<JsonElement> Eval(string script)
    {
        JsonElement answer = await Send("Runtime.evaluate", new() { ["expression"] = script, ["returnByValue"] = true, ["awaitPromise"] = true });
        return !answer.TryGetProperty("exceptionDetails", out JsonElement details)
            ? answer.GetProperty("result").TryGetProperty("value", out JsonElement value) ? value : default
            : throw new InvalidOperationException($"{script}: {details.GetRawText()}");
    }

    public async Task<int> Number(string script) => (await Eval(script)).GetInt32();

    /// <summary>How many elements fit.</summary>
    public Task<int> Count(string selector) => Number($"document.querySelectorAll({Quote(selector)}).length");

    /// <summary>The text that is seen of the first element that fits.</summary>
    public async Task<string> Text(string selector) => (await Texts(selector)).FirstOrDefault() ?? throw new InvalidOperationException($"There is no {selector}.");

    /// <summary>The texts that are seen of all that fit, taken at one moment: the page changes between two questions.</summary>
    public async Task<List<string>> Texts(string selector) =>
        [.. (await Eval($"[...document.querySelectorAll({Quote(selector)})].map(e => e.innerText.replace(/\\s+/g, ' ').trim())")).EnumerateArray().Select(text => text.GetString()!)];

    /// <summary>Waits until a condition of the page's own holds.</summary>
    public Task Until(string script) => Until(async () => (await Eval(script)).ValueKind == JsonValueKind.True, script);

    public Task UntilText(string selector, string text) => Until($"document.querySelector({Quote(selector)})?.innerText.replace(/\\s+/g, ' ').trim() === {Quote(text)}");

    public async Task Until(Func<Task<bool>> isSo, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await isSo())
        {
            Assert.True(watch.Elapsed < s_patience, $"Waited in vain for: {what}. The page shows: {await Text("body")}");
            await Task.Delay(30);
        }
    }

    /// <summary>A click where the element is seen; what covers it gets the click.</summary>
    public async Task Click(string selector)
    {
        JsonElement place = await Eval($"(() => {{ const e = document.querySelector({Quote(selector)}); e.scrollIntoView({{ block: 'center' }}); const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }})()");
        foreach (string kind in (string[])["mousePressed", "mouseReleased"])
        {
            await Send("Input.dispatchMouseEvent", new() { ["type"] = kind, ["x"] = place[0].GetDouble(), ["y"] = place[1].GetDouble(), ["button"] = "left", ["clickCount"] = 1 });
        }
    }

    /// <summary>Types into the element, in the place of what is there.</summary>
    public async Task Type(string selector, string text)
    {
        await Eval($"(() => {{ const e = document.querySelector({Quote(selector)}); e.focus(); e.select(); }})()");
        await Send("Input.insertText", new() { ["text"] = text });
    }

    /// <summary>Presses a key: Tab, Enter, Escape or Space.</summary>
    public async Task Press(string key)
    {
        (string name, int code, string? text) = key switch { "Tab" => (key, 9, null), "Enter" => (key, 13, "\r"), "Escape" => (key, 27, null), _ => (" ", 32, " ") };
        var down = new JsonObject { ["type"] = text is null ? "rawKeyDown" : "keyDown", ["key"] = name, ["code"] = key, ["windowsVirtualKeyCode"] = code };
        if (text is not null)
        {
            down["text"] = text;
        }

        await Send("Input.dispatchKeyEvent", down);
        await Send("Input.dispatchKeyEvent", new() { ["type"] = "keyUp", ["key"] = name, ["code"] = key, ["windowsVirtualKeyCode"] = code });
    }

    /// <summary>Chooses an entry of a list, as a person does.</summary>
    public Task Choose(string selector, string value) => Eval(
        $"(() => {{ const e = document.querySelector({Quote(selector)}); e.value = {Quote(value)}; e.dispatchEvent(new Event('change', {{ bubbles: true }})); }})()");

    /// <summary>The names by which a screen reader calls what can be operated, by role.</summary>
    public async Task<List<(string Role, string Name)>> Controls() =>
        [.. (await Send("Accessibility.getFullAXTree")).GetProperty("nodes").EnumerateArray()
            .Where(node => !node.GetProperty("ignored").GetBoolean())
            .Select(node => (node.GetProperty("role").GetProperty("value").GetString()!, node.TryGetProperty("name", out JsonElement name) ? name.GetProperty("value").GetString()! : string.Empty))
            .Where(node => node.Item1 is "button" or "checkbox" or "combobox" or "searchbox" or "textbox" or "dialog" or "table" or "image" or "region")];

    /// <summary>Puts a picture, of all of the page or of what the window shows, into the folder that whoever wants to see it has named.</summary>
    public async Task SaveForLooking(string name, bool isWhole = true)
    {
        if (Environment.GetEnvironmentVariable(PictureVariable) is { Length: > 0 } folder)
        {
            JsonElement answer = await Send("Page.captureScreenshot", new() { ["format"] = "png", ["captureBeyondViewport"] = isWhole });
            await File.WriteAllBytesAsync(Path.Combine(folder, name), answer.GetProperty("data").GetBytesFromBase64());
        }
    }

    public async ValueTask DisposeAsync()
    {
        _tools.Happened -= Note;
        await _tools.SendAsync("Target.disposeBrowserContext", new() { ["browserContextId"] = _context });
    }

    internal static string Quote(string text) => JsonSerializer.Serialize(text);

    private Task<JsonElement> Send(string method, JsonObject? parameters = null) => _tools.SendAsync(method, parameters, _session);

    private void Note(string session, string name, JsonElement said)
    {
        string? complaint = session != _session ? null : name switch
        {
            "Runtime.exceptionThrown" => said.GetProperty("exceptionDetails").GetRawText(),
            "Log.entryAdded" when said.GetProperty("entry").GetProperty("level").GetString() is "error" or "warning" => said.GetProperty("entry").GetProperty("text").GetString(),
            "Runtime.consoleAPICalled" when said.GetProperty("type").GetString() is "error" or "warning" => said.GetRawText(),
            _ => null,
        };
        if (complaint is not null)
        {
            lock (_complaints)
            {
                _complaints.Add(complaint);
            }
        }
    }
}
