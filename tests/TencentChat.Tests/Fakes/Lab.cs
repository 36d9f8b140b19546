using TencentChat.Bulk;
using TencentChat.Calls;
using TencentChat.Operations.Accounts;
using TencentChat.Operations.Attributes;
using TencentChat.Signing;

namespace TencentChat.Tests.Fakes;

/// <summary>A connection to a scripted service in virtual time, and what a caller does with it.</summary>
internal sealed class Lab : IDisposable
{
    public const string Key = "6f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0";

    private readonly VirtualTime _time;

    public Lab(VirtualTime time, FakeClock clock, HttpMessageHandler service, Func<ChatConnectionOptions, ChatConnectionOptions>? change = null, UserSigSource? signature = null)
    {
        _time = time;
        var options = new ChatConnectionOptions
        {
            SdkAppId = 1400000000,
            Time = clock,
            Handler = service,
            Retry = new RetryPolicy { Jitter = () => 0.5 },
        };
        Connection = new ChatConnection(change?.Invoke(options) ?? options, signature ?? UserSigSource.FromKey(1400000000, "administrator", System.Text.Encoding.UTF8.GetBytes(Key)));
    }

    public ChatConnection Connection { get; }

    public SetAttributes Set => new(Connection.AttributeService, Connection.Names);

    public GetAttributes Get => new(Connection.AttributeService);

    public RemoveAttributes Remove => new(Connection.AttributeService, Connection.Names);

    public DeleteAccounts Delete => new(Connection.AdminUserId);

    /// <summary>Runs all rows to their end, as a pipeline would.</summary>
    public List<ChatResult> Run<TRow>(BulkOperation<TRow> operation, IEnumerable<TRow> rows, BulkOptions? options = null)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        using BulkRun<TRow> run = Start(operation, options);
        return Finish(run, rows);
    }

    public BulkRun<TRow> Start<TRow>(BulkOperation<TRow> operation, BulkOptions? options = null)
        where TRow : ChatResult, IBulkRow<TRow> => BulkRun.Start(Connection.Calls, operation, options ?? new BulkOptions());

    /// <summary>Puts rows in, waits where the window is full, and takes everything out.</summary>
    public List<ChatResult> Finish<TRow>(BulkRun<TRow> run, IEnumerable<TRow> rows)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        var results = new List<ChatResult>();
        foreach (TRow row in rows)
        {
            while (!run.TryAdd(row))
            {
                Assert.True(_time.Await(run.WaitAsync()));
                Take(run, results);
            }
        }

        run.Complete();
        while (_time.Await(run.WaitAsync()))
        {
            Take(run, results);
        }

        return results;
    }

    /// <summary>Drives two runs side by side, as two threads would.</summary>
    public (List<ChatResult> First, List<ChatResult> Second) FinishTogether<TFirst, TSecond>(BulkRun<TFirst> first, IEnumerable<TFirst> firstRows, BulkRun<TSecond> second, IEnumerable<TSecond> secondRows)
        where TFirst : ChatResult, IBulkRow<TFirst>
        where TSecond : ChatResult, IBulkRow<TSecond>
    {
        var results = (First: new List<ChatResult>(), Second: new List<ChatResult>());
        var firstLeft = new Queue<TFirst>(firstRows);
        var secondLeft = new Queue<TSecond>(secondRows);
        while (true)
        {
            Feed(first, firstLeft);
            Feed(second, secondLeft);
            Take(first, results.First);
            Take(second, results.Second);
            Task<bool>[] waits = [first.WaitAsync(), second.WaitAsync()];
            Task<bool>[] going = Array.FindAll(waits, wait => !wait.IsCompleted || wait.Result);
            if (going.Length == 0)
            {
                return results;
            }

            _time.Await(Task.WhenAny(going));
        }
    }

    public void Dispose() => Connection.Dispose();

    private static void Feed<TRow>(BulkRun<TRow> run, Queue<TRow> rows)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        while (rows.TryPeek(out TRow? row) && run.TryAdd(row))
        {
            rows.Dequeue();
        }

        if (rows.Count == 0)
        {
            run.Complete();
        }
    }

    private static void Take<TRow>(BulkRun<TRow> run, List<ChatResult> results)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        while (run.TryTake(out Batch<TRow>? batch))
        {
            results.AddRange(batch.Rows);
        }
    }
}
