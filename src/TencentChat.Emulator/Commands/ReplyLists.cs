using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary>Writes lists of failures, whose form is open when they are empty.</summary>
internal static class ReplyLists
{
    /// <summary>Starts the list when it has items; else writes what an empty one looks like and says false.</summary>
    public static bool Begin(Call call, Utf8JsonWriter json, string name, int count)
    {
        if (count > 0)
        {
            json.WriteStartArray(name);
            return true;
        }

        switch (call.Questions.EmptyListForm)
        {
            case EmptyListForm.Null:
                json.WriteNull(name);
                break;
            case EmptyListForm.EmptyArray:
                json.WriteStartArray(name);
                json.WriteEndArray();
                break;
            default:
                break;
        }

        return false;
    }
}
