using System.Diagnostics;
using TencentChat.Emulator.Tests.Web;

[assembly: AssemblyFixture(typeof(Browser))]

namespace TencentChat.Emulator.Tests.Web;

/// <summary>One Chromium for all tests, started by the first that needs it; a test is skipped where there is none.</summary>
public sealed class Browser : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _profile = Path.Combine(Path.GetTempPath(), $"emulator-page-{Guid.NewGuid():N}");
    private Process? _process;
    private DevTools? _tools;

    internal async Task<BrowserPage> OpenAsync(Uri endpoint, int width = 1280, int height = 1000, bool isDark = false)
    {
        string? file = Find("chromium", "chromium-browser", "google-chrome");
        Assert.SkipWhen(file is null, "Chromium is not installed.");
        await _starting.WaitAsync();
        try
        {
            _tools ??= await StartAsync(file!);
        }
        finally
        {
            _starting.Release();
        }

        return await BrowserPage.OpenAsync(_tools, new Uri(endpoint, "/_emulator/"), width, height, isDark);
    }

    public async ValueTask DisposeAsync()
    {
        if (_tools is not null)
        {
            await _tools.SendAsync("Browser.close");
            await _tools.DisposeAsync();
        }

        if (_process is not null)
        {
            try
            {
                await _process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }

            _process.Dispose();
            Forget(_profile);
        }

        _starting.Dispose();
    }

    private async Task<DevTools> StartAsync(string file)
    {
        var start = new ProcessStartInfo(file) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--remote-debugging-port=0",
            "--disable-background-networking", "--disable-component-update", "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            $"--user-data-dir={_profile}", "about:blank",
        ];
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        string? line;
        do
        {
            line = await _process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(2));
        }
        while (line?.StartsWith(Announcement, StringComparison.Ordinal) == false);
        _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        return await DevTools.ConnectAsync(new Uri(line?[Announcement.Length..] ?? throw new InvalidOperationException("Chromium ended before it listened.")));
    }

    private static void Forget(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A part of the browser that ends a moment later still writes there; it is a temporary folder.
        }
    }

    private static string? Find(params string[] names) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Append("/usr/bin")
        .Where(folder => folder.Length > 0).SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);
}
