using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>What the emulator noted of the calls.</summary>
internal sealed class Journal
{
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _answeredChanges = new(StringComparer.Ordinal);
    private readonly List<Call> _calls = [];

    /// <summary>All calls, in the order in which they were dealt with.</summary>
    public IReadOnlyList<Call> Calls => _calls;

    public static Journal Read(string path)
    {
        var journal = new Journal();
        using FileStream file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        foreach (JsonElement entry in document.RootElement.GetProperty("Entries").EnumerateArray())
        {
            journal.Add(entry.Deserialize<Call>()!);
        }

        return journal;
    }

    /// <summary>The calls that named the account and whose OK arrived whole and in time.</summary>
    public int AnsweredCalls(string userId) => _answered.GetValueOrDefault(userId);

    /// <summary>Those of them that were to change it.</summary>
    public int AnsweredChanges(string userId) => _answeredChanges.GetValueOrDefault(userId);

    private void Add(Call call)
    {
        _calls.Add(call);
        foreach (string userId in call.IsAnswered ? call.Accounts : [])
        {
            _answered[userId] = _answered.GetValueOrDefault(userId) + 1;
            _answeredChanges[userId] = _answeredChanges.GetValueOrDefault(userId) + (call.IsRead ? 0 : 1);
        }
    }
}

/// <summary>One call as the emulator noted it. A call that was lost before it was read names no account.</summary>
internal sealed record Call(string? Endpoint, string[] Accounts, int? Code, string? Fault, bool WorkDone, string? TaskId)
{
    public bool IsRead => Endpoint?.Contains("get_", StringComparison.Ordinal) == true;

    /// <summary>Its OK arrived whole and in time.</summary>
    public bool IsAnswered => Fault is null && Code == 0;

    /// <summary>Whoever sent it cannot know whether the work was done: it was struck by a fault, and by none that says "too many calls".</summary>
    public bool IsUnclear => Fault is not null && !Fault.StartsWith("throttle", StringComparison.Ordinal);
}
