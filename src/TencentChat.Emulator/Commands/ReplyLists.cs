using System.Text.Json;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.Commands;

/// <summary>Writes lists of failures, whose form is open when they are empty.</summary>
internal static class ReplyLists
{
    /// <summary>Writes an <c>ErrorList</c>, with a text for each code where its page has one.</summary>
    public static void WriteErrors(Call call, Utf8JsonWriter json, List<AccountError> errors, bool hasText = true)
    {
        if (!Begin(call, json, "ErrorList", errors.Count))
        {
            return;
        }

        foreach (AccountError error in errors)
        {
            json.WriteStartObject();
            json.WriteString("To_Account"u8, error.Account);
            json.WriteNumber("ErrorCode"u8, error.Code);
            if (hasText)
            {
                json.WriteString("ErrorInfo"u8, ErrorTexts.Of(error.Code));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

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
