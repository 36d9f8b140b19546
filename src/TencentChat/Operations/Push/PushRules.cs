using System.Buffers;
using System.Text.Json;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Attributes;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;

namespace TencentChat.Operations.Push;

/// <summary>What can be told of a push without asking the service (P10), and the form in which it goes out.</summary>
internal static class PushRules
{
    /// <summary>The most bytes of a push (page 74196, code 90056).</summary>
    public const int MaxBytes = 10 * 1024;

    private const int MostInList = 10;

    private static readonly TimeSpan s_longestLife = TimeSpan.FromDays(7);

    /// <summary>The message for all users or for those who meet a condition.</summary>
    /// <exception cref="ChatConfigurationException">It cannot be sent.</exception>
    public static PushContent ContentOf(PushMessage message, AttributeService service)
    {
        if (message.LifeTime is { } life && (life < TimeSpan.Zero || life > s_longestLife))
        {
            throw new ChatConfigurationException($"A push is kept for 0 seconds to {s_longestLife.Days} days, and not for {life}.");
        }

        // A bare number of seconds becomes as many ticks, and those would come to no life time at all.
        if (message.LifeTime is { } part && part.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ChatConfigurationException($"A push is kept for whole seconds, and not for {part}.");
        }

        bool isTimPush = service == AttributeService.TimPush;
        if (isTimPush && message.LifeTime is not null)
        {
            throw new ChatConfigurationException("The Push service takes no life time: it stores a message, or sends it to online users only.");
        }

        if (!isTimPush && message.OnlineOnly)
        {
            throw new ChatConfigurationException("Push to all users goes to online users only unless it has a life time: leave one or the other out.");
        }

        if (message.Text is not null && message.Body is not null)
        {
            throw new ChatConfigurationException("A push has a text or message elements, and not both.");
        }

        CheckText(message.Text);
        JsonElement? body = message.Text is null ? ElementsOf(message.Body) : TextElement(message.Text);
        JsonElement? offline = OfflineOf(message, text: null);
        if (body is null && (!isTimPush || offline is null))
        {
            throw new ChatConfigurationException("The push says nothing: give it a text or message elements.");
        }

        return new PushContent
        {
            Sender = message.Sender,
            Body = body,
            Offline = offline,
            LifeTimeSeconds = message.LifeTime is { } time ? (int)time.TotalSeconds : null,
            OnlineOnly = isTimPush && body is not null ? message.OnlineOnly : null,
        };
    }

    /// <summary>The notification for named users (page 67553).</summary>
    /// <exception cref="ChatConfigurationException">It cannot be sent.</exception>
    public static PushContent ContentForUsers(PushMessage message, string adminUserId)
    {
        if (message.Body is not null || message.LifeTime is not null || message.OnlineOnly)
        {
            throw new ChatConfigurationException("Named users get a notification: it takes a text, a title and offline information, and no message elements, life time or online-only flag.");
        }

        CheckText(message.Text);
        return new PushContent
        {
            Sender = message.Sender ?? adminUserId,
            Offline = OfflineOf(message, message.Text) ?? throw new ChatConfigurationException("The push says nothing: give it a text, a title or offline information."),
        };
    }

    /// <exception cref="ChatConfigurationException">The condition breaks a rule of the service.</exception>
    public static void Check(PushCondition condition, AttributeService service)
    {
        if (!condition.HasTags && !condition.HasAttributes)
        {
            throw new ChatConfigurationException("The condition is empty. Without one a push goes to everybody, which must be asked for.");
        }

        if (condition.HasTags && condition.HasAttributes)
        {
            throw new ChatConfigurationException("Tags and attributes exclude each other in one condition (code 90039).");
        }

        if (condition.NoneOfTags.Count > 0 && service != AttributeService.TimPush)
        {
            throw new ChatConfigurationException("Only the Push service (TimPush) knows a condition of tags that users must not have.");
        }

        foreach (int count in (ReadOnlySpan<int>)[condition.AnyTag.Count, condition.AllTags.Count, condition.NoneOfTags.Count, condition.AnyAttribute.Count, condition.AllAttributes.Count])
        {
            if (count > MostInList)
            {
                throw new ChatConfigurationException($"A list of a condition has {count} entries; {MostInList} is the most (code 90032).");
            }
        }

        foreach (string tag in condition.AnyTag.Concat(condition.AllTags).Concat(condition.NoneOfTags))
        {
            if (TagRules.Check([tag], out string? where) is { } error)
            {
                throw new ChatConfigurationException($"{error.Describe(where)} {error.Advice}");
            }
        }

        foreach ((string name, string value) in condition.AnyAttribute.Concat(condition.AllAttributes))
        {
            if (value.Length == 0 || RowRules.CheckValue(value) is not null)
            {
                throw new ChatConfigurationException($"The condition's value for the attribute '{name}' must have 1 to {RowRules.MaxValueBytes} bytes of UTF-8.");
            }
        }

        if (condition.AnyTag.Intersect(condition.AllTags, StringComparer.Ordinal).FirstOrDefault() is { } twice)
        {
            throw new ChatConfigurationException($"The tag '{twice}' is in both lists of the condition (code 90022).");
        }
    }

    /// <summary>Whether the app has the attributes of the condition.</summary>
    public static bool HasNames(PushCondition condition, AttributeNameTable names) => FindUnknown(condition, names) is null;

    /// <exception cref="ChatConfigurationException">The app does not have an attribute of the condition.</exception>
    public static void CheckNames(PushCondition condition, AttributeNameTable names)
    {
        if (FindUnknown(condition, names) is { } name)
        {
            throw new ChatConfigurationException(
                $"The app has no attribute '{name}'. It has: {(names.Names.Count == 0 ? "none yet" : string.Join(", ", names.Names))}.");
        }
    }

    /// <exception cref="ChatConfigurationException">The push is longer than the service takes.</exception>
    public static void CheckLength(PushContent content, PushCondition? condition)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RequestBodies.WriterOptions))
        {
            PushBodies.Push(writer, content, uint.MaxValue, condition);
        }

        if (buffer.WrittenCount > MaxBytes)
        {
            throw new ChatConfigurationException($"The push has {buffer.WrittenCount} bytes; {MaxBytes} is the most (code 90056).");
        }
    }

    private static void CheckText(string? text)
    {
        if (text is not null && string.IsNullOrWhiteSpace(text))
        {
            throw new ChatConfigurationException("The push says nothing: its text is empty.");
        }
    }

    private static string? FindUnknown(PushCondition condition, AttributeNameTable names) =>
        condition.AnyAttribute.Keys.Concat(condition.AllAttributes.Keys).FirstOrDefault(name => !names.Contains(name));

    private static JsonElement TextElement(string text) => Build(writer =>
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("MsgType"u8, "TIMTextElem"u8);
        writer.WriteStartObject("MsgContent"u8);
        writer.WriteString("Text"u8, text);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
    });

    private static JsonElement? ElementsOf(JsonElement? body)
    {
        if (body is not { } given)
        {
            return null;
        }

        JsonElement elements = given.ValueKind == JsonValueKind.Array ? given : Build(writer =>
        {
            writer.WriteStartArray();
            given.WriteTo(writer);
            writer.WriteEndArray();
        });
        bool isRight = elements.GetArrayLength() > 0 && elements.EnumerateArray().All(element =>
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty("MsgType"u8, out JsonElement type) && type.ValueKind == JsonValueKind.String
            && element.TryGetProperty("MsgContent"u8, out JsonElement content) && content.ValueKind == JsonValueKind.Object);
        return isRight ? elements : throw new ChatConfigurationException("Each message element has a MsgType (a text) and a MsgContent (an object).");
    }

    private static JsonElement? OfflineOf(PushMessage message, string? text)
    {
        if (message.Offline is { ValueKind: not JsonValueKind.Object })
        {
            throw new ChatConfigurationException("The offline information must be an object, such as { Title, Desc }.");
        }

        return message.Offline is null && message.Title is null && text is null ? null : Build(writer =>
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in message.Offline?.EnumerateObject() ?? default)
            {
                if (!(message.Title is not null && property.NameEquals("Title"u8)) && !(text is not null && property.NameEquals("Desc"u8)))
                {
                    property.WriteTo(writer);
                }
            }

            if (message.Title is not null)
            {
                writer.WriteString("Title"u8, message.Title);
            }

            if (text is not null)
            {
                writer.WriteString("Desc"u8, text);
            }

            writer.WriteEndObject();
        });
    }

    private static JsonElement Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, RequestBodies.WriterOptions))
        {
            write(writer);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }
}
