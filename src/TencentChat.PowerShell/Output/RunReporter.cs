using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Output;

/// <summary>Tells a person how a run goes: progress, a verbose line a batch, throttling warnings, a summary at the end.</summary>
internal sealed class RunReporter
{
    private const int ActivityId = 1047;

    // What is over sooner needs no bar, which would only flash up.
    private static readonly TimeSpan s_untilFirst = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_betweenUpdates = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_betweenWarnings = TimeSpan.FromMinutes(5);

    private readonly PSCmdlet _cmdlet;
    private readonly IReadOnlyList<RunControl> _runs;
    private readonly string _app;
    private readonly string _command;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly RunSummary _summary;
    private readonly bool _isVerbose;
    private long _lastUpdate;
    private long _lastWarning;
    private bool _isShowing;
    private long _taken;

    /// <param name="cmdlet">Whose run it is.</param>
    /// <param name="runs">What they tell of themselves: the run whose results are written, and those that feed it.</param>
    /// <param name="app">The app, in words.</param>
    /// <param name="admin">In whose name calls are made.</param>
    public RunReporter(PSCmdlet cmdlet, IReadOnlyList<RunControl> runs, string app, string admin)
    {
        _cmdlet = cmdlet;
        _runs = runs;
        _app = app;
        _command = cmdlet.MyInvocation.MyCommand.Name;
        _summary = new RunSummary(_command, app);
        _isVerbose = IsVerbose(cmdlet);
        _lastUpdate = _start;
        if (_isVerbose)
        {
            cmdlet.WriteVerbose($"{_command} in {app}, as '{admin}'.");
        }
    }

    public void Count<TRow>(Batch<TRow> batch)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        _summary.Add(batch);
        if (_isVerbose)
        {
            _cmdlet.WriteVerbose(Describe(batch));
        }

        UpdateProgress();
    }

    /// <summary>A row of the input was taken. Of an input that is read to its end before anything is sent, there is nothing else to show.</summary>
    /// <param name="taken">How many there have been.</param>
    public void CountInput(long taken)
    {
        _taken = taken;

        // From the first result on, the batches keep the bar up to date; to ask the clock costs more than to count.
        if (_summary.Rows == 0)
        {
            UpdateProgress();
        }
    }

    /// <summary>Updates the progress bar and warns of throttling, when it is time to.</summary>
    public void UpdateProgress()
    {
        if (Stopwatch.GetElapsedTime(_lastUpdate) < (_isShowing ? s_betweenUpdates : s_untilFirst))
        {
            return;
        }

        _lastUpdate = Stopwatch.GetTimestamp();
        WarnOfThrottling();
        _isShowing = true;
        _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _command, Status()));
    }

    /// <summary>The run is over: takes the bar away and gives the summary.</summary>
    public void Complete()
    {
        TakeBarAway();
        WarnOfThrottling();
        _summary.Close(_runs, Stopwatch.GetElapsedTime(_start));
        _cmdlet.WriteVerbose(_summary.ToString());
        _cmdlet.WriteInformation(_summary, ["TencentChat", "Summary"]);
    }

    /// <summary>The command ends early: takes the bar away if that can still be done.</summary>
    public void Abandon()
    {
        try
        {
            TakeBarAway();
        }
        catch (PipelineStoppedException)
        {
            // The engine takes the bar away with the pipeline.
        }
    }

    private void TakeBarAway()
    {
        if (_isShowing)
        {
            _isShowing = false;
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _command, Status()) { RecordType = ProgressRecordType.Completed });
        }
    }

    // Short enough for a terminal of 80 columns, also behind the longest name of a cmdlet.
    private string Status()
    {
        double seconds = Math.Max(0.001, Stopwatch.GetElapsedTime(_start).TotalSeconds);
        string rows = _summary.Rows == 0 && _taken > 0
            ? string.Create(CultureInfo.CurrentCulture, $"{_taken:N0} {(_taken == 1 ? "row" : "rows")} of input read")
            : string.Create(CultureInfo.CurrentCulture, $"{_summary.Rows:N0} {(_summary.Rows == 1 ? "row" : "rows")}, {_summary.Failed + _summary.Unknown:N0} failed, {_summary.Rows / seconds:N0}/s");
        int calls = _runs.Sum(run => run.Traffic.ThrottledCalls);
        return calls == 0 ? rows : string.Create(CultureInfo.CurrentCulture, $"{rows}, {calls:N0} throttled");
    }

    private void WarnOfThrottling()
    {
        if (_lastWarning != 0 && Stopwatch.GetElapsedTime(_lastWarning) < s_betweenWarnings)
        {
            return;
        }

        foreach (RunControl run in _runs)
        {
            if (run.Traffic.TakeContention() is { } fall)
            {
                _lastWarning = Stopwatch.GetTimestamp();
                _cmdlet.WriteWarning(Describe(run.Traffic, fall));
                return;
            }
        }
    }

    private string Describe(RunTraffic traffic, RateFall fall) =>
        $"The service throttled {RunSummary.ShareOf(traffic.ThrottledCalls, traffic.Calls)} of the calls to {_app}: {_command} went from {RunSummary.RateOf(fall.From)} to {RunSummary.RateOf(fall.To)} calls a second. Another job seems to use the app. Throttled calls are repeated.";

    // The engine drops what nobody wants to see, but only after it has been put into words, for each of ten thousand batches.
    private static bool IsVerbose(PSCmdlet cmdlet)
    {
        if (cmdlet.MyInvocation.BoundParameters.TryGetValue("Verbose", out object? verbose))
        {
            return LanguagePrimitives.IsTrue(verbose);
        }

        return LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("VerbosePreference"), out ActionPreference preference)
            && preference is not (ActionPreference.SilentlyContinue or ActionPreference.Ignore);
    }

    private static string Describe<TRow>(Batch<TRow> batch)
        where TRow : ChatResult, IBulkRow<TRow>
    {
        TRow first = batch.Rows[0];
        TRow last = batch.Rows[^1];
        return string.Create(CultureInfo.InvariantCulture, $"Batch {batch.Number}: rows {first.Row} to {last.Row}, {RunSummary.Counted(batch.Calls, "call")} in {batch.Duration.TotalMilliseconds:F0} ms, {batch.Failures} failed.");
    }
}
