using System.Globalization;
using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Options;

namespace TencentChat.Emulator.Tests.Support;

/// <summary>An emulator with a clock that stands, and an admin who calls it through the handler.</summary>
internal sealed class Harness : IDisposable
{
    public const string Push = "/v4/all_member_push/";
    public const string Tim = "/v4/timpush/";
    public const string Login = "/v4/im_open_login_svc/";
    public const string Status = "/v4/openim/";

    private readonly HttpClient _client;
    private uint _random;

    public Harness(Action<EmulatorOptions>? change = null)
    {
        var options = new EmulatorOptions { SecretKey = TestSig.Key, AttributeNames = ["sex", "city", "level"], RateLimit = 0 };
        change?.Invoke(options);
        Clock = new FakeClock();
        Emulator = new ChatEmulator(options, Clock);
        _client = new HttpClient(Emulator.CreateHandler());
    }

    public FakeClock Clock { get; }

    public ChatEmulator Emulator { get; }

    /// <summary>A query as a right caller makes it; parameters given here replace its own, null ones are left out.</summary>
    public string Query(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["sdkappid"] = "1400000000",
            ["identifier"] = "administrator",
            ["usersig"] = TestSig.Make(time: Clock.GetUtcNow().ToUnixTimeSeconds()),
            ["random"] = (++_random).ToString(CultureInfo.InvariantCulture),
            ["contenttype"] = "json",
        };
        foreach ((string name, string? value) in changes)
        {
            parameters[name] = value;
        }

        return string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value!)}"));
    }

    public Task<Answer> Call(string path, string body) => Send(HttpMethod.Post, path, Query(), body);

    /// <summary>The codes of the same call made several times.</summary>
    public async Task<string> Codes(int times, string path, string body)
    {
        var codes = new List<int>();
        for (int i = 0; i < times; i++)
        {
            codes.Add((await Call(path, body)).Code);
        }

        return string.Join(", ", codes);
    }

    public async Task<Answer> Send(HttpMethod method, string path, string query, string body)
    {
        using HttpResponseMessage response = await SendRaw(method, path, query, body);
        Assert.Equal(200, (int)response.StatusCode);
        return new Answer(await response.Content.ReadAsStringAsync());
    }

    /// <summary>What a right caller gets over HTTP, whatever it is.</summary>
    public async Task<(int Status, string Text)> SendForText(string path, string body)
    {
        using HttpResponseMessage response = await SendRaw(HttpMethod.Post, path, Query(), body);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> SendRaw(HttpMethod method, string path, string query, string body, CancellationToken cancellation = default)
    {
        var request = new HttpRequestMessage(method, $"https://console.tim.qq.com{path}?{query}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        return _client.SendAsync(request, cancellation);
    }

    public void Dispose() => _client.Dispose();
}

/// <summary>An answer's JSON, for asking.</summary>
internal sealed class Answer(string json)
{
    public JsonElement Json { get; } = JsonDocument.Parse(json).RootElement;

    public int Code => Json.GetProperty("ErrorCode").GetInt32();

    public string Info => Json.GetProperty("ErrorInfo").GetString()!;

    public bool Has(string member) => Json.TryGetProperty(member, out _);

    /// <summary>The attributes answered, by account.</summary>
    public Dictionary<string, Dictionary<string, string>> Attributes => Json.GetProperty("UserAttrs").EnumerateArray().ToDictionary(
        item => item.GetProperty("To_Account").GetString()!,
        item => item.GetProperty("Attrs").EnumerateObject().ToDictionary(a => a.Name, a => a.Value.GetString()!));

    /// <summary>The codes of a list of results or errors, by account.</summary>
    public Dictionary<string, int> Codes(string list, string account, string code) => Json.GetProperty(list).EnumerateArray().ToDictionary(
        item => item.GetProperty(account).GetString()!, item => item.GetProperty(code).GetInt32());

    /// <summary>The accounts in the order they were answered.</summary>
    public List<string> Order(string list, string account) => [.. Json.GetProperty(list).EnumerateArray().Select(item => item.GetProperty(account).GetString()!)];
}
