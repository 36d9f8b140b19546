using System.Text.Json;

namespace TencentChat.Emulator.State;

/// <summary>Finds a member that stands twice in its object: the reader of the state would take the last and say nothing.</summary>
internal static class DuplicateNames
{
    /// <exception cref="FormatException">A name stands in one object twice.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static void Refuse(ReadOnlySpan<byte> json, int maxDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
        var names = new HashSet<string>[maxDepth + 1];
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                (names[reader.CurrentDepth + 1] ??= new HashSet<string>(StringComparer.Ordinal)).Clear();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.GetString()! is { } name && !names[reader.CurrentDepth].Add(name))
            {
                throw new FormatException($"The state cannot be read: '{name}' stands twice in one object.");
            }
        }
    }
}
