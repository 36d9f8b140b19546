using System.Text.Json;

namespace TencentChat.Operations.Push;

/// <summary>What a push says (pages 37166, 67814, 67553 and 77715).</summary>
public sealed record PushMessage
{
    /// <summary>The text of a message; not together with <see cref="Body"/>. To named users it becomes the notification's text.</summary>
    public string? Text { get; init; }

    /// <summary>The title of the notification; null leaves it to <see cref="Offline"/>.</summary>
    public string? Title { get; init; }

    /// <summary>The message's elements: one object with <c>MsgType</c> and <c>MsgContent</c>, or an array of them.</summary>
    public JsonElement? Body { get; init; }

    /// <summary>What a notification shows on a device: <c>OfflinePushInfo</c>, an object that is passed through (page 77715).</summary>
    public JsonElement? Offline { get; init; }

    /// <summary>Who is shown as the sender; null for the admin.</summary>
    public string? Sender { get; init; }

    /// <summary>How long the service keeps the message for users who are offline, up to 7 days; null for online users only. With
    /// <see cref="Protocol.AttributeService.AllMemberPush"/> only.</summary>
    public TimeSpan? LifeTime { get; init; }

    /// <summary>Sends to online users only and stores nothing. With <see cref="Protocol.AttributeService.TimPush"/> only; push to
    /// all users does so unless it gets a <see cref="LifeTime"/>.</summary>
    public bool OnlineOnly { get; init; }
}
