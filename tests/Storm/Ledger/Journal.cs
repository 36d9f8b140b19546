using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>What the emulator noted of the calls: enough to say of an account whether anybody could know its fate.</summary>
internal sealed class Journal
{
    private readonly Dictionary<string, bool> _lastCallWasAnswered = new(StringComparer.Ordinal);
    private readonly HashSet<string> _everUnanswered = new(StringComparer.Ordinal);

    public static Journal Read(string path)
    {
        var journal = new Journal();
        using FileStream file = File.OpenRead(path);
        using JsonDocument document = JsonDocument.Parse(file);
        foreach (JsonElement call in document.RootElement.GetProperty("Entries").EnumerateArray())
        {
            bool isAnswered = call.GetProperty("Fault").ValueKind == JsonValueKind.Null && call.GetProperty("HttpStatus").ValueKind != JsonValueKind.Null;
            foreach (JsonElement account in call.GetProperty("Accounts").EnumerateArray())
            {
                string userId = account.GetString()!;
                journal._lastCallWasAnswered[userId] = isAnswered;
                if (!isAnswered)
                {
                    journal._everUnanswered.Add(userId);
                }
            }
        }

        return journal;
    }

    /// <summary>
    /// Whether somebody could know what a row for the account came to: the last call that named it had an answer that was the
    /// service's own, whole and in time. Of an account with several rows any call may have been this row's last.
    /// </summary>
    public bool CouldBeKnown(string userId, bool hasSeveralRows) =>
        hasSeveralRows ? !_everUnanswered.Contains(userId) : _lastCallWasAnswered.GetValueOrDefault(userId, true);
}
