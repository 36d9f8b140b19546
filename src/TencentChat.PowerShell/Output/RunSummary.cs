using System.Globalization;
using System.Management.Automation;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Output;

/// <summary>What a run came to; goes to the information stream, tagged <c>Summary</c>.</summary>
public sealed class RunSummary
{
    private readonly SortedDictionary<string, int> _failedByErrorId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _unknownByErrorId = new(StringComparer.Ordinal);

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

    /// <summary><see cref="FailedByErrorId"/> as text, for the view.</summary>
    [Hidden]
    public string FailedText => Join(_failedByErrorId);

    /// <summary><see cref="UnknownByErrorId"/> as text, for the view.</summary>
    [Hidden]
    public string UnknownText => Join(_unknownByErrorId);

    /// <summary>Calls that were made again.</summary>
    public int RepeatedCalls { get; private set; }

    /// <summary>Calls that the service refused for their number.</summary>
    public int ThrottledCalls { get; private set; }

    /// <summary>How long the run took.</summary>
    public TimeSpan Duration { get; private set; }

    /// <summary>Rows a second.</summary>
    public double AccountsPerSecond => Rows / Math.Max(0.001, Duration.TotalSeconds);

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
                    Count(_unknownByErrorId, row);
                    continue;
                default:
                    Failed++;
                    Count(_failedByErrorId, row);
                    continue;
            }
        }
    }

    internal void Close(RunControl run, TimeSpan duration)
    {
        RepeatedCalls = run.RepeatedCalls;
        ThrottledCalls = run.ThrottledCalls;
        Duration = duration;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string unchanged = Unchanged == 0 ? string.Empty : $"{Unchanged} unchanged, ";
        return string.Create(CultureInfo.InvariantCulture, $"{Command} in {App}: {Counted(Rows, "row")} in {Duration.TotalSeconds:F1} s ({AccountsPerSecond:F0} a second): {Succeeded} succeeded, {unchanged}{Failed} failed{Causes(_failedByErrorId)}, {Unknown} unknown{Causes(_unknownByErrorId)}, {Skipped} skipped; {Counted(RepeatedCalls, "call")} repeated, {ThrottledCalls} throttled.");
    }

    /// <summary>A number of things, in the singular for one.</summary>
    internal static string Counted(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? string.Empty : "s")}");

    private static void Count(SortedDictionary<string, int> byErrorId, ChatResult row) =>
        byErrorId[row.ErrorId!] = byErrorId.GetValueOrDefault(row.ErrorId!) + 1;

    private static string Causes(SortedDictionary<string, int> byErrorId) => byErrorId.Count == 0 ? string.Empty : $" ({Join(byErrorId)})";

    private static string Join(SortedDictionary<string, int> byErrorId) =>
        string.Join(", ", byErrorId.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value}")));
}
