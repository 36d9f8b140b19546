using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TencentChat.Errors;

namespace TencentChat.Protocol;

/// <summary>
/// Reads the reply of any command. Members that it does not know are skipped; those that it uses must have their type and
/// come once. Whatever the bytes are, it answers with a reply or with a <see cref="ChatProtocolException"/>.
/// </summary>
internal static class ReplyReader
{
    /// <param name="utf8">The reply.</param>
    /// <param name="secrets">The secrets that its words for people must not show.</param>
    internal static ChatReply Read(ReadOnlySpan<byte> utf8, SecretMask? secrets = null)
    {
        var cursor = new ReplyCursor(utf8, secrets);
        try
        {
            return Envelope(ref cursor, secrets);
        }
        catch (JsonException)
        {
            throw cursor.NotJson();
        }
        catch (InvalidOperationException)
        {
            throw cursor.NotUnicode();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ChatReply Envelope(ref ReplyCursor cursor, SecretMask? secrets)
    {
        int? code = null;
        string? status = null;
        string? info = null;
        string? taskId = null;
        List<ReplyItem>? userAttrs = null;
        List<ReplyItem>? userTags = null;
        List<ReplyItem>? resultItem = null;
        List<ReplyItem>? queryResult = null;
        List<ReplyItem>? errorList = null;
        List<string>? failAccounts = null;
        Dictionary<int, string>? names = null;
        Dictionary<int, int>? types = null;
        var items = new ReplyItemReader(secrets);

        cursor.Read();
        cursor.Expect(JsonTokenType.StartObject, "it", " is not a JSON object");
        while (cursor.NextMember())
        {
            if (cursor.Is("ErrorCode"u8))
            {
                cursor.SetOnce(ref code, cursor.Integer("ErrorCode"), "ErrorCode");
            }
            else if (cursor.Is("ActionStatus"u8))
            {
                cursor.SetOnce(ref status, cursor.Text("ActionStatus"), "ActionStatus");
            }
            else if (cursor.Is("ErrorInfo"u8))
            {
                cursor.SetOnce(ref info, Redaction.Clean(cursor.LenientText("ErrorInfo"), secrets), "ErrorInfo");
            }
            else if (cursor.Is("UserAttrs"u8))
            {
                cursor.SetOnce(ref userAttrs, items.ReadAll(ref cursor, "UserAttrs", hasCode: false), "UserAttrs");
            }
            else if (cursor.Is("UserTags"u8))
            {
                cursor.SetOnce(ref userTags, items.ReadAll(ref cursor, "UserTags", hasCode: false), "UserTags");
            }
            else if (cursor.Is("TaskId"u8))
            {
                cursor.SetOnce(ref taskId, cursor.Text("TaskId"), "TaskId");
            }
            else if (cursor.Is("ResultItem"u8))
            {
                cursor.SetOnce(ref resultItem, items.ReadAll(ref cursor, "ResultItem", hasCode: true), "ResultItem");
            }
            else if (cursor.Is("QueryResult"u8))
            {
                cursor.SetOnce(ref queryResult, items.ReadAll(ref cursor, "QueryResult", hasCode: false), "QueryResult");
            }
            else if (cursor.Is("ErrorList"u8))
            {
                cursor.SetOnce(ref errorList, items.ReadAll(ref cursor, "ErrorList", hasCode: true), "ErrorList");
            }
            else if (cursor.Is("FailAccounts"u8))
            {
                cursor.SetOnce(ref failAccounts, Accounts(ref cursor), "FailAccounts");
            }
            else if (cursor.Is("AttrNames"u8))
            {
                cursor.SetOnce(ref names, SlotNames(ref cursor), "AttrNames");
            }
            else if (cursor.Is("AttrTypes"u8))
            {
                cursor.SetOnce(ref types, SlotTypes(ref cursor), "AttrTypes");
            }
            else
            {
                cursor.SkipMember();
            }
        }

        // Reads on to the end, so that anything behind the object is found.
        cursor.Read();
        if (code is null)
        {
            cursor.Fail("it has no ErrorCode");
        }

        if (code == 0 && string.Equals(status, "FAIL", StringComparison.OrdinalIgnoreCase))
        {
            cursor.Fail("its ActionStatus says FAIL and its ErrorCode 0");
        }

        List<ReplyItem>? found = resultItem ?? userAttrs ?? userTags ?? queryResult;

        return new ChatReply
        {
            ErrorCode = code.Value,
            ActionStatus = status,
            ErrorInfo = string.IsNullOrEmpty(info) ? null : info,
            Items = found ?? [],
            Errors = errorList ?? [],
            FailAccounts = failAccounts ?? [],
            Accounts = ReplyIndex.Of(found, errorList, failAccounts),
            TaskId = string.IsNullOrEmpty(taskId) ? null : taskId,
            AttributeNames = names,
            AttributeTypes = types,
        };
    }

    private static List<string>? Accounts(ref ReplyCursor cursor)
    {
        if (!cursor.Open(JsonTokenType.StartArray, "FailAccounts"))
        {
            return null;
        }

        var accounts = new List<string>();
        while (cursor.NextElement())
        {
            cursor.Expect(JsonTokenType.String, "FailAccounts", ": an element is not a text");
            accounts.Add(cursor.CurrentText());
        }

        return accounts;
    }

    private static Dictionary<int, string>? SlotNames(ref ReplyCursor cursor)
    {
        if (!cursor.Open(JsonTokenType.StartObject, "AttrNames"))
        {
            return null;
        }

        var names = new Dictionary<int, string>();
        while (cursor.NextMember())
        {
            int slot = Slot(ref cursor);

            // A slot without a name is one that nobody has named.
            if (cursor.Text("an attribute's name") is { Length: > 0 } name && !names.TryAdd(slot, name))
            {
                cursor.Fail("a slot of AttrNames is in it twice");
            }
        }

        return names;
    }

    private static Dictionary<int, int>? SlotTypes(ref ReplyCursor cursor)
    {
        if (!cursor.Open(JsonTokenType.StartObject, "AttrTypes"))
        {
            return null;
        }

        var types = new Dictionary<int, int>();
        while (cursor.NextMember())
        {
            int slot = Slot(ref cursor);
            if (!types.TryAdd(slot, cursor.Integer("an attribute's type")))
            {
                cursor.Fail("a slot of AttrTypes is in it twice");
            }
        }

        return types;
    }

    private static int Slot(ref ReplyCursor cursor)
    {
        if (!int.TryParse(cursor.CurrentText(), NumberStyles.None, CultureInfo.InvariantCulture, out int slot))
        {
            cursor.Fail("a slot is not a number");
        }

        return slot;
    }
}
