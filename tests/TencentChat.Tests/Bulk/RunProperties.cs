using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Protocol;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>
/// Promises P1, P2 and P3 for random rows, batches, windows, latencies, faults and orders of answers, against a model of the
/// service. TENCENTCHAT_PROPERTY_RUNS sets the number of runs of each kind; the first of them are always the same.
/// </summary>
[Collection(VirtualTime.Collection)]
public sealed class RunProperties(ITestOutputHelper output)
{
    private static readonly int s_runs = int.TryParse(
        Environment.GetEnvironmentVariable("TENCENTCHAT_PROPERTY_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out int runs) ? runs : 150;

    private int _runs;
    private int _rows;
    private int _sharedRows;
    private int _calls;
    private int _repeats;
    private int _faults;

    [Theory]
    [InlineData(RunKind.Set)]
    [InlineData(RunKind.Remove)]
    [InlineData(RunKind.Delete)]
    [InlineData(RunKind.Get)]
    public async Task P1_P2_P3_every_row_gets_its_result_in_order_and_the_last_row_wins(RunKind kind)
    {
        await VirtualTime.RunAsync((_, _) => Prop.ForAll(Arb.From(RunCase.Cases(kind), run => run.Simpler()), run => Check(run))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(s_runs).WithReplay(20260101, 1)));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kind}: {_runs} runs, {_rows} rows ({_sharedRows} of them share an account), {_calls} calls, {_faults} faults, {_repeats} repeats."));
        Assert.True(_runs >= s_runs);
        Assert.True(_sharedRows > _rows / 3);
        Assert.True(_faults > _runs);
    }

    private void Check(RunCase run)
    {
        var clock = new FakeClock();
        var model = new ServiceModel(clock, run.Seed, run.FaultPercent);
        run.Fill(model.Accounts);
        var before = model.Accounts.ToDictionary(account => account.Key, account => new Dictionary<string, string>(account.Value), StringComparer.Ordinal);
        using var service = new ScriptedService(clock, model.AnswerAsync);
        using var lab = new Lab(new VirtualTime(clock), clock, service, options => options with
        {
            AttributeService = run.IsTimPush ? AttributeService.TimPush : AttributeService.AllMemberPush,
            Retry = options.Retry with { Jitter = new Random(run.Seed).NextDouble },
        });
        var check = new RunCheck(run, before, model, service, lab);
        switch (run.Kind)
        {
            case RunKind.Set:
                Check(check, lab.Set);
                break;
            case RunKind.Remove:
                Check(check, lab.Remove);
                break;
            case RunKind.Delete:
                Check(check, lab.Delete);
                break;
            default:
                Check(check, lab.Get);
                break;
        }
    }

    private void Check<TRow>(RunCheck check, BulkOperation<TRow> operation)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        (RunCase run, Dictionary<string, Dictionary<string, string>> before, ServiceModel model, ScriptedService service, Lab lab) = check;
        List<TRow> rows = [.. run.Rows().Cast<TRow>()];
        HashSet<ChatResult> settledBefore = [.. rows.Where(row => row.IsSettled)];
        using BulkRun<TRow> bulk = lab.Start(operation, new() { BatchSize = run.BatchSize, ThrottleLimit = run.ThrottleLimit });

        List<ChatResult> results = lab.Finish(bulk, rows);

        var oracle = new RunOracle(run, before, model, [.. rows.Where(row => !settledBefore.Contains(row))]);
        Assert.Equal(rows, results);
        Assert.All(results, row => Assert.True(row.IsSettled));
        Assert.All(settledBefore, row => Assert.Equal((ChatResultStatus.Skipped, 0), (row.Status, row.Attempts)));
        Assert.All(results.Zip(results.Skip(1)), pair => Assert.InRange(pair.Second.Batch - pair.First.Batch, 0, 1));
        Assert.Empty(model.Collisions);
        oracle.CheckStatuses(isWhole: bulk.Control.Reason is null);
        oracle.CheckAttempts();
        oracle.CheckFinalState();
        Assert.DoesNotContain(results, row => row.ErrorId == ClientErrors.InternalError.ErrorId);
        Count(oracle, service, bulk.Control, model);
    }

    private void Count(RunOracle oracle, ScriptedService service, RunControl control, ServiceModel model)
    {
        _runs++;
        _rows += oracle.Rows.Count;
        _sharedRows += oracle.Rows.GroupBy(row => row.UserId, StringComparer.Ordinal).Where(group => group.Count() > 1).Sum(group => group.Count());
        _calls += service.Calls.Count;
        _repeats += control.RepeatedCalls;
        _faults += model.Faults;
    }

    private sealed record RunCheck(RunCase Run, Dictionary<string, Dictionary<string, string>> Before, ServiceModel Model, ScriptedService Service, Lab Lab);
}
