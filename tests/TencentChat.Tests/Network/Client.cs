using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Network;

/// <summary>A connection over real sockets whose repeats do not keep anybody waiting, and one run on it.</summary>
internal static class Client
{
    /// <summary>No test goes through a proxy that this machine happens to have.</summary>
    [ModuleInitializer]
    internal static void UseNoProxy() => HttpClient.DefaultProxy = new System.Net.WebProxy();

    public static ChatConnection Connect(string endpoint, Func<ChatConnectionOptions, ChatConnectionOptions>? change = null)
    {
        var options = new ChatConnectionOptions
        {
            SdkAppId = 1400000000,
            Endpoint = new Uri(endpoint),
            CallsPerSecond = 2000,
            Retry = new RetryPolicy { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(50) },
            TrustedRoot = Certificates.Root,
        };
        return new ChatConnection(
            change?.Invoke(options) ?? options, UserSigSource.FromKey(1400000000, "administrator", System.Text.Encoding.UTF8.GetBytes(Lab.Key)));
    }

    /// <summary>Deletes accounts u1, u2 and so on, a few in a call and one call after the other.</summary>
    public static async Task<(List<ChatResult> Results, RunControl Control)> DeleteAsync(ChatConnection connection, int count = 200, int batchSize = 5, int throttleLimit = 1)
    {
        var operation = new DeleteAccounts(connection.AdminUserId);
        var run = BulkRun.Start(connection.Calls, operation, new BulkOptions { BatchSize = batchSize, ThrottleLimit = throttleLimit });
        var results = new List<ChatResult>();
        try
        {
            await foreach (ChatResult result in RowFeed.RunAsync(() => run, Rows.Plain(count), TestContext.Current.CancellationToken).ConfigureAwait(false))
            {
                results.Add(result);
            }
        }
        catch (ChatServiceException)
        {
            // The reason is in the run's own control.
        }

        Assert.Equal(count, results.Count);
        return (results, run.Control);
    }

    public static void AssertAllSucceeded((List<ChatResult> Results, RunControl Control) run)
    {
        Assert.All(run.Results, row => Assert.True(row.Status == ChatResultStatus.Succeeded, $"{row.Row}: {row.Status} {row.ErrorId} {row.Message}"));
        Assert.Null(run.Control.Reason);
    }

    /// <summary>The answer to a delete: every account is gone.</summary>
    public static string Deleted(HttpRequest request) =>
        $$"""{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[{{string.Join(',', request.Accounts.Select(id => $$"""{"UserID":"{{id}}","ResultCode":0,"ResultInfo":""}"""))}}]}""";
}
