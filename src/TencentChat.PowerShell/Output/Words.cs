namespace TencentChat.PowerShell.Output;

/// <summary>Lists in questions, short enough to be read.</summary>
internal static class Words
{
    private const int Most = 10;

    /// <summary>At most ten names; the rest is counted.</summary>
    public static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Most)) + (names.Count > Most ? $" and {names.Count - Most} more" : string.Empty);
}
