using System.Text.Json;

namespace TencentChat.Protocol;

/// <summary>Writes the JSON bodies of the push commands.</summary>
internal static class PushBodies
{
    /// <summary><c>im_push</c> (page 37166) and <c>push</c> (page 67814): one message, to all or by a condition.</summary>
    internal static void Push(Utf8JsonWriter writer, PushContent content, uint msgRandom, PushCondition? condition)
    {
        writer.WriteStartObject();
        Common(writer, content, msgRandom);
        if (content.LifeTimeSeconds is { } seconds)
        {
            writer.WriteNumber("MsgLifeTime"u8, seconds);
        }

        if (content.OnlineOnly is { } onlineOnly)
        {
            writer.WriteNumber("OnlineOnlyFlag"u8, onlineOnly ? 1 : 0);
        }

        if (condition is not null)
        {
            writer.WriteStartObject("Condition"u8);
            Tags(writer, "TagsOr"u8, condition.AnyTag);
            Tags(writer, "TagsAnd"u8, condition.AllTags);
            Tags(writer, "TagsNot"u8, condition.NoneOfTags);
            Attributes(writer, "AttrsOr"u8, condition.AnyAttribute);
            Attributes(writer, "AttrsAnd"u8, condition.AllAttributes);
            writer.WriteEndObject();
        }

        if (content.Body is { } body)
        {
            writer.WritePropertyName("MsgBody"u8);
            body.WriteTo(writer);
        }

        Offline(writer, content);
        writer.WriteEndObject();
    }

    /// <summary><c>batch</c> (page 67553): one notification to named accounts.</summary>
    internal static void Batch(Utf8JsonWriter writer, PushContent content, uint msgRandom, ReadOnlySpan<string> userIds)
    {
        writer.WriteStartObject();
        Common(writer, content, msgRandom);
        writer.WriteStartArray("To_Account"u8);
        foreach (string userId in userIds)
        {
            writer.WriteStringValue(userId);
        }

        writer.WriteEndArray();
        Offline(writer, content);
        writer.WriteEndObject();
    }

    /// <summary><c>revoke</c> (page 60571). Newer editions of the page want the offline information, older ones allow it.</summary>
    internal static void Revoke(Utf8JsonWriter writer, string taskId, JsonElement? offline)
    {
        writer.WriteStartObject();
        writer.WriteString("TaskId"u8, taskId);
        writer.WritePropertyName("OfflinePushInfo"u8);
        if (offline is { } info)
        {
            info.WriteTo(writer);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteNumber("PushFlag"u8, 0);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void Common(Utf8JsonWriter writer, PushContent content, uint msgRandom)
    {
        writer.WriteNumber("MsgRandom"u8, msgRandom);
        if (content.Sender is not null)
        {
            writer.WriteString("From_Account"u8, content.Sender);
        }
    }

    private static void Offline(Utf8JsonWriter writer, PushContent content)
    {
        if (content.Offline is { } offline)
        {
            writer.WritePropertyName("OfflinePushInfo"u8);
            offline.WriteTo(writer);
        }
    }

    private static void Tags(Utf8JsonWriter writer, ReadOnlySpan<byte> key, IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(key);
        foreach (string tag in tags)
        {
            writer.WriteStringValue(tag);
        }

        writer.WriteEndArray();
    }

    private static void Attributes(Utf8JsonWriter writer, ReadOnlySpan<byte> key, IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        writer.WriteStartObject(key);
        foreach ((string name, string value) in attributes)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
