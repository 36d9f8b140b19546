using System.Net;
using System.Text;
using System.Text.Json;

namespace TencentChat.Tests.Fakes;

/// <summary>What a service may answer.</summary>
internal static class Answers
{
    public static HttpResponseMessage Ok() => Code(0);

    public static HttpResponseMessage Code(int code, string info = "") =>
        Json(JsonSerializer.Serialize(new { ActionStatus = code == 0 ? "OK" : "FAIL", ErrorCode = code, ErrorInfo = info }));

    /// <summary>OK, with a list of accounts that failed.</summary>
    public static HttpResponseMessage ErrorList(params (string Account, int Code)[] errors) => Json(JsonSerializer.Serialize(
        new { ErrorCode = 0, ErrorList = errors.Select(error => new { To_Account = error.Account, ErrorCode = error.Code }) }));

    /// <summary>The answer to <c>account_delete</c>.</summary>
    public static HttpResponseMessage Deleted(IEnumerable<string> accounts, Func<string, int>? code = null) => Json(JsonSerializer.Serialize(
        new { ErrorCode = 0, ResultItem = accounts.Select(account => new { UserID = account, ResultCode = code?.Invoke(account) ?? 0, ResultInfo = "" }) }));

    /// <summary>The answer to <c>im_get_attr</c>.</summary>
    public static HttpResponseMessage Attributes(IEnumerable<string> accounts, Func<string, Dictionary<string, string>>? attributes = null) => Json(JsonSerializer.Serialize(
        new { ErrorCode = 0, UserAttrs = accounts.Select(account => new { To_Account = account, Attrs = attributes?.Invoke(account) ?? [] }) }));

    /// <summary>The answer to <c>im_get_attr_name</c>.</summary>
    public static HttpResponseMessage Names(params string[] names) => Json(JsonSerializer.Serialize(
        new { ErrorCode = 0, AttrNames = names.Index().ToDictionary(slot => slot.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), slot => slot.Item) }));

    public static HttpResponseMessage Json(string json) => Bytes(Encoding.UTF8.GetBytes(json));

    public static HttpResponseMessage Bytes(byte[] body) => new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };

    public static HttpResponseMessage Status(int status) => new((HttpStatusCode)status) { Content = new StringContent("<html>no answer of the service</html>") };

    /// <summary>The connection broke before an answer came.</summary>
    public static HttpRequestException Broken() =>
        new(HttpRequestError.ResponseEnded, "An error occurred while sending the request.", new HttpIOException(HttpRequestError.ResponseEnded));

    public static HttpRequestException NotResolved() => new(HttpRequestError.NameResolutionError, "Name or service not known");

    public static Task<HttpResponseMessage> BrokenAsync(ScriptedCall call) => Task.FromException<HttpResponseMessage>(Broken());

    public static Task<HttpResponseMessage> NotResolvedAsync(ScriptedCall call) => Task.FromException<HttpResponseMessage>(NotResolved());

    /// <summary>No answer, until the caller gives up.</summary>
    public static async Task<HttpResponseMessage> NeverAsync(ScriptedCall call)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, call.GivenUp).ConfigureAwait(false);
        throw new InvalidOperationException("Endless waiting ended.");
    }

    /// <summary>An answer after a while.</summary>
    public static async Task<HttpResponseMessage> LaterAsync(FakeClock clock, ScriptedCall call, TimeSpan latency, Func<HttpResponseMessage> answer)
    {
        await Task.Delay(latency, clock, call.GivenUp).ConfigureAwait(false);
        return answer();
    }
}
