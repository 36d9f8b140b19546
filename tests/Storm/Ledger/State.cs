using System.Text.Json;

namespace TencentChat.Storm;

/// <summary>What the emulator holds: per account that exists, the values beside <see cref="Input.Attributes"/>; null for none.</summary>
internal static class State
{
    private const string Admin = "administrator";

    /// <summary>Reads what <c>GET /_emulator/state</c> gave, without the admin, who is always there.</summary>
    public static Dictionary<string, string?[]> Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        using var document = JsonDocument.Parse(file);
        var accounts = new Dictionary<string, string?[]>(StringComparer.Ordinal);
        foreach (JsonElement account in document.RootElement.GetProperty("Accounts").EnumerateArray())
        {
            string userId = account.GetProperty("UserID").GetString()!;
            if (userId != Admin && !account.TryGetProperty("DeletedAt", out _))
            {
                accounts.Add(userId, Array.ConvertAll(Input.Attributes, name => Value(account, name)));
            }
        }

        return accounts;
    }

    private static string? Value(JsonElement account, string name) =>
        account.TryGetProperty("Attributes", out JsonElement attributes) && attributes.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
