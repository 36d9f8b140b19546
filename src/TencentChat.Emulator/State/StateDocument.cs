using System.Text.Json.Serialization;

namespace TencentChat.Emulator.State;

/// <summary>The state as it is written: names by slot, tags, accounts with what they have.</summary>
internal sealed class StateDocument
{
    public Dictionary<string, string> AttributeNames { get; set; } = [];

    public Dictionary<string, int> AttributeTypes { get; set; } = [];

    /// <summary>Written only when the two families do not share theirs, as is all that begins with these words.</summary>
    public Dictionary<string, string>? PushServiceAttributeNames { get; set; }

    public Dictionary<string, int>? PushServiceAttributeTypes { get; set; }

    /// <summary>The app's tags, with the type of account that each serves; those that accounts hold need not stand here.</summary>
    public Dictionary<string, int>? Tags { get; set; }

    public Dictionary<string, int>? PushServiceTags { get; set; }

    public IEnumerable<StateAccount?> Accounts { get; set; } = [];
}

/// <summary>An account as it is written.</summary>
internal sealed class StateAccount
{
    [JsonPropertyName("UserID")]
    public string? UserId { get; set; }

    public Dictionary<string, string>? Attributes { get; set; }

    public Dictionary<string, string>? PushServiceAttributes { get; set; }

    public IReadOnlyList<string?>? Tags { get; set; }

    public IReadOnlyList<string?>? PushServiceTags { get; set; }

    public bool Imported { get; set; }

    public string? Nick { get; set; }

    public string? FaceUrl { get; set; }

    public string? Online { get; set; }

    public long KickedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>Reads and writes them; a member that is not known is refused.</summary>
[JsonSourceGenerationOptions(
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    MaxDepth = 8)]
[JsonSerializable(typeof(StateDocument))]
internal sealed partial class StateFormat : JsonSerializerContext;
