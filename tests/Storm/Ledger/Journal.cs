using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>What the emulator noted of the calls: enough to say of an account whether anybody could know its fate.</summary>
internal sealed class Journal
{
    private readonly Dictionary<string, bool> _lastCallWasAnswered = new(StringComparer.Ordinal);

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
                journal._lastCallWasAnswered[account.GetString()!] = isAnswered;
            }
        }

        return journal;
    }

    /// <summary>Whether the last call that named the account had an answer that was the service's own, whole and in time.</summary>
    public bool WasAnswered(string userId) => _lastCallWasAnswered.GetValueOrDefault(userId);
}
