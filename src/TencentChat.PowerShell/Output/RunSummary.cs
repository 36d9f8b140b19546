using System.Globalization;
using System.Runtime.CompilerServices;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Output;

/// <summary>What a run came to; goes to the information stream, tagged <c>Summary</c>.</summary>
public sealed class RunSummary
{
    private readonly ErrorCounts _failedByErrorId = new();
    private readonly ErrorCounts _unknownByErrorId = new();

    internal RunSummary(string command, string app)
    {
        Command = command;
        App = app;
    }

    /// <summary>The cmdlet.</summary>
    public string Command { get; }

    /// <summary>The app, for example "app 1400000000 (Singapore)".</summary>
    public string App { get; }

    /// <summary>Rows that have a result.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that succeeded.</summary>
    public long Succeeded { get; private set; }

    /// <summary>Rows whose account was as they say already.</summary>
    public long Unchanged { get; private set; }

    /// <summary>Rows that were refused.</summary>
    public long Failed { get; private set; }

    /// <summary>Rows that were never sent.</summary>
    public long Skipped { get; private set; }

    /// <summary>Rows that were sent and whose effect is not known.</summary>
    public long Unknown { get; private set; }

    /// <summary>How many rows failed, by error.</summary>
    public IReadOnlyDictionary<string, int> FailedByErrorId => _failedByErrorId;

    /// <summary>How many rows are unknown, by error.</summary>
    public IReadOnlyDictionary<string, int> UnknownByErrorId => _unknownByErrorId;

    /// <summary>Calls that were made, repeats included.</summary>
    public int Calls { get; private set; }

    /// <summary>Calls a second that the service let through, on average.</summary>
    public double CallsPerSecond => (Calls - ThrottledCalls) / Math.Max(0.001, Duration.TotalSeconds);

    /// <summary>Calls that were made again.</summary>
    public int RepeatedCalls { get; private set; }

    /// <summary>Calls that the service refused for their number.</summary>
    public int ThrottledCalls { get; private set; }

    /// <summary>How many of the calls that were, from 0 to 1.</summary>
    public double ThrottledShare => ThrottledCalls / (double)Math.Max(1, Calls);

    /// <summary>The lowest rate that throttled calls have led to, in calls a second; null when they have not.</summary>
    public double? LowestCallsPerSecond { get; private set; }

    /// <summary>By how much longer the run has taken because throttled calls had lowered its rate.</summary>
    public TimeSpan TimeLost { get; private set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Rows a second.</summary>
    public double AccountsPerSecond => Rows / Math.Max(0.001, Duration.TotalSeconds);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Add<TRow>(Batch<TRow> batch)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        Rows += batch.Rows.Count;
        foreach (TRow row in batch.Rows)
        {
            switch (row.Status)
            {
                case ChatResultStatus.Succeeded:
                    Succeeded++;
                    continue;
                case ChatResultStatus.Unchanged:
                    Unchanged++;
                    continue;
                case ChatResultStatus.Skipped:
                    Skipped++;
                    continue;
                case ChatResultStatus.Unknown:
                    Unknown++;
                    _unknownByErrorId.Add(row);
                    continue;
                default:
                    Failed++;
                    _failedByErrorId.Add(row);
                    continue;
            }
        }
    }

    internal void Close(IReadOnlyList<RunControl> runs, TimeSpan duration)
    {
        Calls = runs.Sum(run => run.Traffic.Calls);
        RepeatedCalls = runs.Sum(run => run.RepeatedCalls);
        ThrottledCalls = runs.Sum(run => run.Traffic.ThrottledCalls);
        LowestCallsPerSecond = runs.Min(run => run.Traffic.LowestRate);

        // One feeds the other, at the same time.
        TimeLost = runs.Max(run => run.Traffic.TimeLost);
        Duration = duration;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string unchanged = Unchanged == 0 ? string.Empty : $"{Unchanged} unchanged, ";
        return string.Create(CultureInfo.InvariantCulture, $"{Command} in {App}: {Counted(Rows, "row")} in {Duration.TotalSeconds:F1} s ({AccountsPerSecond:F0} a second): {Succeeded} succeeded, {unchanged}{Failed} failed{Causes(_failedByErrorId)}, {Unknown} unknown{Causes(_unknownByErrorId)}, {Skipped} skipped; {Counted(Calls, "call")} ({RateOf(CallsPerSecond)} a second), {RepeatedCalls} repeated, {ThrottledText} throttled{Slowdown}.");
    }

    /// <summary>A number of things, in the singular for one.</summary>
    internal static string Counted(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? string.Empty : "s")}");

    /// <summary>Calls a second, in words.</summary>
    internal static string RateOf(double callsPerSecond) => callsPerSecond.ToString(callsPerSecond < 9.95 ? "0.#" : "0", CultureInfo.InvariantCulture);

    /// <summary>A share of calls, in words.</summary>
    internal static string ShareOf(int some, int all) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * some / Math.Max(1, all):0.##} %");

    private string ThrottledText => ThrottledCalls == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{ThrottledCalls} ({ShareOf(ThrottledCalls, Calls)})");

    private string Slowdown => LowestCallsPerSecond is not { } lowest ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $", down to {RateOf(lowest)} calls a second, {TimeLost.TotalSeconds:F1} s lost");

    private static string Causes(ErrorCounts byErrorId) => byErrorId.Count == 0 ? string.Empty : $" ({byErrorId})";

    // An object in JSON, and a text in a cell of a file.
    private sealed class ErrorCounts() : SortedDictionary<string, int>(StringComparer.Ordinal)
    {
        public void Add(ChatResult row) => this[row.ErrorId!] = this.GetValueOrDefault(row.ErrorId!) + 1;

        public override string ToString() => string.Join(", ", this.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
    }
}
