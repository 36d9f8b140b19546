using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>What the emulator noted of the calls: how many that named an account had an answer that could be known.</summary>
internal sealed class Journal
{
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);

    public static Journal Read(string path)
    {
        var journal = new Journal();
        using FileStream file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        foreach (JsonElement call in document.RootElement.GetProperty("Entries").EnumerateArray().Where(IsAnswered))
        {
            foreach (JsonElement account in call.GetProperty("Accounts").EnumerateArray())
            {
                string userId = account.GetString()!;
                journal._answered[userId] = journal._answered.GetValueOrDefault(userId) + 1;
            }
        }

        return journal;
    }

    /// <summary>The calls that named the account and whose OK arrived whole and in time.</summary>
    public int AnsweredCalls(string userId) => _answered.GetValueOrDefault(userId);

    private static bool IsAnswered(JsonElement call) =>
        call.GetProperty("Fault").ValueKind == JsonValueKind.Null && call.GetProperty("Code") is { ValueKind: JsonValueKind.Number } code && code.GetInt32() == 0;
}
