using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>What the emulator holds, from what <c>GET /_emulator/state</c> gave, without the admin, who is always there.</summary>
internal static class State
{
    private const string Admin = "administrator";

    /// <summary>Per account that exists, the values beside <see cref="Table.Attributes"/>; null for none.</summary>
    public static Dictionary<string, string?[]> ReadAttributes(string path) => Read(path, account => Array.ConvertAll(Table.Attributes, name => Value(account, name)));

    /// <summary>Per account that exists, its tags.</summary>
    public static Dictionary<string, HashSet<string>> ReadTags(string path) => Read(path, account =>
        account.TryGetProperty("Tags", out JsonElement tags) ? tags.EnumerateArray().Select(tag => tag.GetString()!).ToHashSet(StringComparer.Ordinal) : []);

    private static Dictionary<string, T> Read<T>(string path, Func<JsonElement, T> read)
    {
        using FileStream file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        var accounts = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (JsonElement account in document.RootElement.GetProperty("Accounts").EnumerateArray())
        {
            string userId = account.GetProperty("UserID").GetString()!;
            if (userId != Admin && !account.TryGetProperty("DeletedAt", out _))
            {
                accounts.Add(userId, read(account));
            }
        }

        return accounts;
    }

    private static string? Value(JsonElement account, string name) =>
        account.TryGetProperty("Attributes", out JsonElement attributes) && attributes.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
