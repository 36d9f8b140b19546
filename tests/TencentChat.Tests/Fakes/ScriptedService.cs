using System.Text.Json;

namespace TencentChat.Tests.Fakes;

/// <summary>Stands for the network and the service: keeps what was sent, and answers what the test says.</summary>
internal sealed class ScriptedService(FakeClock clock, Func<ScriptedCall, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedCall> _calls = [];

    public ScriptedService(FakeClock clock, Func<ScriptedCall, HttpResponseMessage> answer)
        : this(clock, call => Task.FromResult(answer(call)))
    {
    }

    /// <summary>What was sent so far.</summary>
    public IReadOnlyList<ScriptedCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = await request.Content!.ReadAsStringAsync(CancellationToken.None).ConfigureAwait(false);
        ScriptedCall call;
        lock (_gate)
        {
            call = new ScriptedCall(_calls.Count + 1, clock.Elapsed, request, body, cancellationToken);
            _calls.Add(call);
        }

        return await answer(call).ConfigureAwait(false);
    }
}

/// <summary>One request.</summary>
internal sealed class ScriptedCall(int number, TimeSpan at, HttpRequestMessage request, string body, CancellationToken givenUp)
{
    /// <summary>The number of the call, from 1.</summary>
    public int Number => number;

    /// <summary>When it left.</summary>
    public TimeSpan At => at;

    public Uri Uri { get; } = request.RequestUri!;

    public HttpMethod Method { get; } = request.Method;

    public string? ContentType { get; } = request.Content!.Headers.ContentType?.ToString();

    public string Body => body;

    /// <summary>Cancelled when the caller does not wait any more.</summary>
    public CancellationToken GivenUp => givenUp;

    /// <summary>The command.</summary>
    public string Endpoint => Uri.Segments[^1];

    /// <summary>The accounts that the request names, in its order.</summary>
    public IReadOnlyList<string> Accounts { get; } = AccountsOf(body);

    /// <summary>One parameter of the query, decoded.</summary>
    public string Query(string name) => Uri.UnescapeDataString(
        Uri.Query[1..].Split('&').Select(part => part.Split('=', 2)).Single(part => part[0] == name)[1]);

    private static string[] AccountsOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return [.. json.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.Array)
            .Where(member => member.Name != "MsgBody").SelectMany(member => member.Value.EnumerateArray()).Select(AccountOf)];
    }

    private static string AccountOf(JsonElement element) => element.ValueKind == JsonValueKind.String ? element.GetString()!
        : element.TryGetProperty("To_Account", out JsonElement account) ? account.GetString()!
        : element.GetProperty("UserID").GetString()!;
}
