using System.Text;
using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Commands;

/// <summary>Reads what pushes have in common beside whom they are for.</summary>
internal sealed class PushMessage(Call call, RequestBody body)
{
    private const int MaxDataIdBytes = 64;
    private const int MaxTextLength = 200;
    private const int MaxLifeTime = 7 * 24 * 60 * 60;

    private static readonly string[] s_types =
    [
        "TIMTextElem", "TIMFaceElem", "TIMLocationElem", "TIMCustomElem", "TIMSoundElem", "TIMImageElem", "TIMFileElem", "TIMVideoFileElem",
    ];

    /// <summary>What the push says, shortened; empty while nothing was read that says anything.</summary>
    public string Text { get; private set; } = string.Empty;

    public static uint ReadMsgRandom(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out uint random) ? random : throw Call.Refuse(Codes.BadMsgRandom);

    /// <summary>The sender to be shown; null when it is left to be the admin.</summary>
    public string? ReadSender(JsonElement value, bool isRequired = false)
    {
        if (value.ValueKind == JsonValueKind.Undefined && !isRequired)
        {
            return null;
        }

        return body.TryText(value) is { Length: > 0 } sender ? sender : throw Call.Refuse(Codes.BadSender);
    }

    /// <summary>How many seconds a message is kept for users who are offline; 0 = it is for those who are online.</summary>
    public int ReadLifeTime(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return 0;
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out long seconds) || seconds < 0)
        {
            throw call.BadBody("MsgLifeTime is not a number of seconds");
        }

        return seconds <= MaxLifeTime ? (int)seconds : throw Call.Refuse(Codes.LifeTimeTooLong);
    }

    public void ReadDataId(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return;
        }

        string id = body.TryText(value) ?? throw call.BadBody("DataId is not a string");
        if (Encoding.UTF8.GetByteCount(id) > MaxDataIdBytes)
        {
            throw Call.Refuse(call.Questions.DataIdLengthCode);
        }
    }

    /// <summary>The elements of a message: each of a known type, with its content.</summary>
    public void ReadElements(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Call.Refuse(value.ValueKind == JsonValueKind.Undefined ? Codes.BadMessage : Codes.MessageNotArray);
        }

        if (value.GetArrayLength() == 0)
        {
            throw Call.Refuse(Codes.BadMessage);
        }

        var members = new JsonElement[2];
        foreach (JsonElement element in value.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                throw Call.Refuse(call.Questions.MessageElementCode);
            }

            body.Members(element, ["MsgType", "MsgContent"], members);
            string? type = body.TryText(members[0]);
            if (!s_types.Contains(type, StringComparer.Ordinal) || members[1].ValueKind != JsonValueKind.Object)
            {
                throw Call.Refuse(call.Questions.MessageElementCode);
            }

            if (type == "TIMTextElem")
            {
                Say(TextIn(members[1], "Text") ?? throw Call.Refuse(call.Questions.MessageElementCode));
            }
        }
    }

    /// <summary>A notification, which is passed on to devices as it is (page 77715); whether it is for users who are online alone.</summary>
    public bool ReadNotification(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return false;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw call.BadBody("OfflinePushInfo is not an object");
        }

        Say(string.Join(": ", new[] { TextIn(value, "Title"), TextIn(value, "Desc") }.OfType<string>()));
        return body.Flag(body.Find(value, "PushFlag"), "PushFlag");
    }

    /// <summary>Whether what must be in a push of the Push service is there.</summary>
    public static bool IsComplete(TimPushContent content, bool hasMessage, bool hasNotification) => content switch
    {
        TimPushContent.Notification => hasNotification && !hasMessage,
        TimPushContent.Message => hasMessage,
        _ => hasMessage || hasNotification,
    };

    private string? TextIn(JsonElement value, string name) => body.TryText(body.Find(value, name));

    private void Say(string text)
    {
        if (Text.Length == 0)
        {
            Text = text.Length <= MaxTextLength ? text : string.Concat(text.AsSpan(0, MaxTextLength), "…");
        }
    }
}
