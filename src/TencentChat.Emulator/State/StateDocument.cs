using System.Text.Json.Serialization;

namespace TencentChat.Emulator.State;

/// <summary>The state as it is written: names by slot, accounts with their values by name.</summary>
internal sealed class StateDocument
{
    public Dictionary<string, string> AttributeNames { get; init; } = [];

    public Dictionary<string, int> AttributeTypes { get; init; } = [];

    /// <summary>Written only when the two families do not share theirs, as is all that begins with these words.</summary>
    public Dictionary<string, string>? PushServiceAttributeNames { get; init; }

    public Dictionary<string, int>? PushServiceAttributeTypes { get; init; }

    public IEnumerable<StateAccount?> Accounts { get; init; } = [];
}

/// <summary>An account as it is written.</summary>
internal sealed class StateAccount
{
    [JsonPropertyName("UserID")]
    public string? UserId { get; init; }

    public Dictionary<string, string>? Attributes { get; init; }

    public Dictionary<string, string>? PushServiceAttributes { get; init; }

    public bool Imported { get; init; }

    public string? Nick { get; init; }

    public string? FaceUrl { get; init; }

    public string? Online { get; init; }

    public long KickedAt { get; init; }

    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>Reads and writes them; a member that is not known is refused.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    MaxDepth = 8)]
[JsonSerializable(typeof(StateDocument))]
internal sealed partial class StateFormat : JsonSerializerContext;
