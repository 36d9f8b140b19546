using System.Text.Json;

namespace TencentChat.Protocol;

/// <summary>What a push says, as it goes over the wire.</summary>
internal sealed record PushContent
{
    /// <summary>Who is shown as the sender; null for the admin.</summary>
    public string? Sender { get; init; }

    /// <summary><c>MsgBody</c>: an array of elements; null for a notification alone.</summary>
    public JsonElement? Body { get; init; }

    /// <summary><c>OfflinePushInfo</c>, passed through; null for none.</summary>
    public JsonElement? Offline { get; init; }

    /// <summary>How long the message is kept for users who are offline; null leaves it to the service (0: online users only).</summary>
    public int? LifeTimeSeconds { get; init; }

    /// <summary>Whether the message goes to online users only and is not stored; null leaves it to the service.</summary>
    public bool? OnlineOnly { get; init; }
}
