using System.Text.Json;
using TencentChat.Errors;

namespace TencentChat.Protocol;

/// <summary>Reads the elements of <c>UserAttrs</c>, <c>UserTags</c>, <c>ResultItem</c>, <c>QueryResult</c> and <c>ErrorList</c>.</summary>
internal sealed class ReplyItemReader(SecretMask? secrets)
{
    private readonly StringPool _names = new();
    private readonly StringPool _words = new();
    private readonly StringPool _infos = new();
    private readonly List<KeyValuePair<string, string>> _attributes = [];
    private string? _lastInfo;
    private string? _lastInfoClean;

    /// <summary>Reads the array at the cursor; null when it is null.</summary>
    /// <param name="cursor">At the member's name.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="hasCode">Each element must have a code: one without it says nothing of its account.</param>
    internal List<ReplyItem>? ReadAll(ref ReplyCursor cursor, string member, bool hasCode)
    {
        if (!cursor.Open(JsonTokenType.StartArray, member))
        {
            return null;
        }

        var items = new List<ReplyItem>();
        while (cursor.NextElement())
        {
            cursor.Expect(JsonTokenType.StartObject, member, ": an element is not an object");
            items.Add(ReadOne(ref cursor, member, hasCode));
        }

        return items;
    }

    private ReplyItem ReadOne(ref ReplyCursor cursor, string member, bool hasCode)
    {
        string? userId = null;
        int? code = null;
        string? info = null;
        string? accountStatus = null;
        string? state = null;
        string? status = null;
        KeyValuePair<string, string>[]? attributes = null;
        List<string>? tags = null;
        List<OnlinePlatform>? details = null;

        while (cursor.NextMember())
        {
            if (cursor.Is("To_Account"u8) || cursor.Is("UserID"u8))
            {
                cursor.SetOnce(ref userId, cursor.Text("an account"), "an element's account");
            }
            else if (cursor.Is("Attrs"u8))
            {
                cursor.SetOnce(ref attributes, Attributes(ref cursor), "Attrs");
            }
            else if (cursor.Is("Tags"u8))
            {
                cursor.SetOnce(ref tags, Tags(ref cursor), "Tags");
            }
            else if (cursor.Is("ResultCode"u8) || cursor.Is("ErrorCode"u8))
            {
                cursor.SetOnce(ref code, cursor.Integer("an element's code"), "an element's code");
            }
            else if (cursor.Is("ResultInfo"u8) || cursor.Is("ErrorInfo"u8))
            {
                cursor.SetOnce(ref info, Clean(cursor.LenientText("an element's info", _infos)), "an element's info");
            }
            else if (cursor.Is("AccountStatus"u8))
            {
                cursor.SetOnce(ref accountStatus, cursor.Text("AccountStatus", _words), "AccountStatus");
            }
            else if (cursor.Is("State"u8))
            {
                cursor.SetOnce(ref state, cursor.Text("State", _words), "State");
            }
            else if (cursor.Is("Status"u8))
            {
                cursor.SetOnce(ref status, cursor.Text("Status", _words), "Status");
            }
            else if (cursor.Is("Detail"u8))
            {
                cursor.SetOnce(ref details, Details(ref cursor), "Detail");
            }
            else
            {
                cursor.SkipMember();
            }
        }

        if (userId is null)
        {
            cursor.Fail($"{member}: an element names no account");
        }

        if (hasCode && code is null)
        {
            cursor.Fail($"{member}: an element has no code");
        }

        return new ReplyItem
        {
            UserId = userId,
            Code = code ?? 0,
            Info = string.IsNullOrEmpty(info) ? null : info,
            // An account that a list names without any has none; one that only another list names is not known.
            Attributes = member == "UserAttrs" ? attributes ?? [] : null,
            Tags = member == "UserTags" ? tags ?? [] : null,
            AccountStatus = accountStatus,

            // The page's samples say State, its table says Status.
            OnlineState = state ?? status,
            Details = details,
        };
    }

    private KeyValuePair<string, string>[]? Attributes(ref ReplyCursor cursor)
    {
        if (!cursor.Open(JsonTokenType.StartObject, "Attrs"))
        {
            return null;
        }

        _attributes.Clear();
        while (cursor.NextMember())
        {
            string name = cursor.CurrentText(_names);
            if (cursor.AttributeValue() is { } value)
            {
                Put(name, value);
            }
        }

        return [.. _attributes];
    }

    private List<string>? Tags(ref ReplyCursor cursor)
    {
        if (!cursor.Open(JsonTokenType.StartArray, "Tags"))
        {
            return null;
        }

        var tags = new List<string>();
        while (cursor.NextElement())
        {
            cursor.Expect(JsonTokenType.String, "Tags", ": an element is not a text");
            tags.Add(cursor.CurrentText(_names));
        }

        return tags;
    }

    // Names come from the pool, and there are ten at most.
    private void Put(string name, string value)
    {
        for (int i = 0; i < _attributes.Count; i++)
        {
            if (_attributes[i].Key == name)
            {
                _attributes[i] = new(name, value);
                return;
            }
        }

        _attributes.Add(new(name, value));
    }

    private List<OnlinePlatform>? Details(ref ReplyCursor cursor)
    {
        if (!cursor.Open(JsonTokenType.StartArray, "Detail"))
        {
            return null;
        }

        var details = new List<OnlinePlatform>();
        while (cursor.NextElement())
        {
            cursor.Expect(JsonTokenType.StartObject, "Detail", ": an element is not an object");
            string? platform = null;
            string? status = null;
            while (cursor.NextMember())
            {
                if (cursor.Is("Platform"u8))
                {
                    cursor.SetOnce(ref platform, cursor.Text("Platform", _words), "Platform");
                }
                else if (cursor.Is("Status"u8))
                {
                    cursor.SetOnce(ref status, cursor.Text("Status", _words), "Status");
                }
                else
                {
                    cursor.SkipMember();
                }
            }

            details.Add(new OnlinePlatform(platform ?? string.Empty, status ?? string.Empty));
        }

        return details;
    }

    /// <summary>A hundred accounts mostly fail for one reason, and the pool gives it as one string.</summary>
    private string? Clean(string? info)
    {
        if (!ReferenceEquals(info, _lastInfo))
        {
            _lastInfo = info;
            _lastInfoClean = Redaction.Clean(info, secrets);
        }

        return _lastInfoClean;
    }
}
