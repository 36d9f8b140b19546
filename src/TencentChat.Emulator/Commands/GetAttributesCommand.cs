using System.Text.Json;

namespace TencentChat.Emulator.Commands;

/// <summary><c>im_get_attr</c> (page 37169) and <c>get_attr</c> (pages 60564, 67817).</summary>
internal static class GetAttributesCommand
{
    public static void Run(Call call) =>
        PushReads.Run(call, "UserAttrs", account => account is null ? [] : call.State.AttributesOf(account, call.UsesOwnSlots), Write);

    private static void Write(Utf8JsonWriter json, Dictionary<string, string> attributes)
    {
        json.WriteStartObject("Attrs"u8);
        foreach ((string name, string value) in attributes)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
