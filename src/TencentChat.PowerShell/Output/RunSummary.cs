using System.Globalization;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Output;

/// <summary>What a run came to; goes to the information stream, tagged <c>Summary</c>.</summary>
public sealed class RunSummary
{
    private readonly SortedDictionary<string, int> _failedByErrorId = new(StringComparer.Ordinal);

    internal RunSummary(string command) => Command = command;

    /// <summary>The cmdlet.</summary>
    public string Command { get; }

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

    /// <summary>How many rows failed or are unknown, by error.</summary>
    public IReadOnlyDictionary<string, int> FailedByErrorId => _failedByErrorId;

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
                    break;
                default:
                    Failed++;
                    break;
            }

            _failedByErrorId[row.ErrorId!] = _failedByErrorId.GetValueOrDefault(row.ErrorId!) + 1;
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
        string failures = _failedByErrorId.Count == 0 ? string.Empty : $" ({string.Join(", ", _failedByErrorId.Select(pair => $"{pair.Key} {pair.Value}"))})";
        string unchanged = Unchanged == 0 ? string.Empty : $"{Unchanged} unchanged, ";
        return string.Create(CultureInfo.InvariantCulture, $"{Command}: {Counted(Rows, "row")} in {Duration.TotalSeconds:F1} s ({AccountsPerSecond:F0} a second): {Succeeded} succeeded, {unchanged}{Failed} failed, {Unknown} unknown{failures}, {Skipped} skipped; {Counted(RepeatedCalls, "call")} repeated, {ThrottledCalls} throttled.");
    }

    /// <summary>A number of things, in the singular for one.</summary>
    internal static string Counted(long count, string thing) => string.Create(CultureInfo.InvariantCulture, $"{count} {thing}{(count == 1 ? string.Empty : "s")}");
}
