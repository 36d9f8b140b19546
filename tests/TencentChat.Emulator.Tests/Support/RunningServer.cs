using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Host;
using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Tests.Support;

/// <summary>An emulator whose clock stands, behind a web server of this machine.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly EmulatorServer _server;

    private RunningServer(Harness harness, EmulatorServer server)
    {
        Harness = harness;
        _server = server;
        Client = MakeClient(server.Endpoint);
    }

    public Harness Harness { get; }

    public ChatEmulator Emulator => Harness.Emulator;

    public HttpClient Client { get; }

    public Uri Endpoint => _server.Endpoint;

    /// <summary>A patient client of a server.</summary>
    public static HttpClient MakeClient(Uri endpoint) => new() { BaseAddress = endpoint, Timeout = TimeSpan.FromMinutes(2) };

    public static async Task<RunningServer> Start(Action<EmulatorOptions>? change = null)
    {
        var harness = new Harness(change);
        return new RunningServer(harness, await EmulatorServer.StartAsync(harness.Emulator, new HostSettings(IPAddress.Loopback, 0)));
    }

    /// <summary>A right call over the network.</summary>
    public async Task<Answer> Call(string path, HttpContent body)
    {
        using HttpResponseMessage response = await Client.PostAsync($"{path}?{Harness.Query()}", body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new Answer(await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> Call(string path, string body) => Call(path, new StringContent(body, Encoding.UTF8, "application/json"));

    public async Task<JsonElement> Control(string path) => await Client.GetFromJsonAsync<JsonElement>("/_emulator/" + path);

    /// <summary>Sends something to control; the body goes as it is.</summary>
    public async Task<(HttpStatusCode Status, string Text)> Control(HttpMethod method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/_emulator/" + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
        Harness.Dispose();
    }
}
