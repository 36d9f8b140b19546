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

    public AccountStep Set => new SetAttributesStep(Connection);

    public AccountStep Get => new GetAttributesStep(Connection);

    public AccountStep Remove => new RemoveAttributesStep(Connection);

    public static AccountStep Delete => new DeleteAccountsStep();

    /// <summary>Runs all rows to their end, as a pipeline would.</summary>
    public List<ChatResult> Run(IBulkOperation operation, IEnumerable<ChatResult> rows, BulkOptions? options = null)
    {
        using BulkRun run = Start(operation, options);
        return Finish(run, rows);
    }

    public BulkRun Start(IBulkOperation operation, BulkOptions? options = null) => Connection.StartRun(operation, options ?? new BulkOptions());

    /// <summary>Puts rows in, waits where the window is full, and takes everything out.</summary>
    public List<ChatResult> Finish(BulkRun run, IEnumerable<ChatResult> rows)
    {
        var results = new List<ChatResult>();
        foreach (ChatResult row in rows)
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

    /// <summary>Drives several runs side by side, as several threads would.</summary>
    public List<ChatResult>[] FinishTogether(params (BulkRun Run, IEnumerable<ChatResult> Rows)[] runs)
    {
        Queue<ChatResult>[] left = Array.ConvertAll(runs, run => new Queue<ChatResult>(run.Rows));
        List<ChatResult>[] results = Array.ConvertAll(runs, _ => new List<ChatResult>());
        var going = new HashSet<int>(Enumerable.Range(0, runs.Length));
        while (going.Count > 0)
        {
            foreach (int i in going)
            {
                Feed(runs[i].Run, left[i]);
                Take(runs[i].Run, results[i]);
            }

            Dictionary<int, Task<bool>> waits = going.ToDictionary(i => i, i => runs[i].Run.WaitAsync());
            _time.Await(Task.WhenAny(waits.Values));
            going.ExceptWith(waits.Where(wait => wait.Value.IsCompleted && !wait.Value.Result).Select(wait => wait.Key).ToArray());
        }

        return results;
    }

    public void Dispose() => Connection.Dispose();

    private static void Feed(BulkRun run, Queue<ChatResult> rows)
    {
        while (rows.TryPeek(out ChatResult? row) && run.TryAdd(row))
        {
            rows.Dequeue();
        }

        if (rows.Count == 0)
        {
            run.Complete();
        }
    }

    private static void Take(BulkRun run, List<ChatResult> results)
    {
        while (run.TryTake(out Batch? batch))
        {
            results.AddRange(batch.Rows);
        }
    }
}
