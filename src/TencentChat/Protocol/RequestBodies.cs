using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TencentChat.Protocol;

/// <summary>
/// Writes the JSON bodies of the commands. Ids and values are validated by the callers; a lone surrogate that slips through is
/// written as U+FFFD rather than stopping a body half-way.
/// </summary>
internal static class RequestBodies
{
    /// <summary>
    /// The options of every writer that these methods are given. Letters of any language go as UTF-8; characters beyond the
    /// basic plane go as two escapes, because the framework has no encoder that leaves them, and mean the same.
    /// </summary>
    internal static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The body of commands without input, which the service still wants (page 34620).</summary>
    internal static void Empty(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    /// <summary><c>im_set_attr_name</c>, <c>set_attr_name</c>: names by slot 0–9; account types only for the Push service.</summary>
    internal static void AttributeNames(
        Utf8JsonWriter writer, IReadOnlyDictionary<int, string> slots, IReadOnlyDictionary<int, int>? types)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("AttrNames"u8);
        foreach ((int slot, string name) in slots.OrderBy(pair => pair.Key))
        {
            writer.WriteString(slot.ToString(CultureInfo.InvariantCulture), name);
        }

        writer.WriteEndObject();
        if (types is { Count: > 0 })
        {
            writer.WriteStartObject("AttrTypes"u8);
            foreach ((int slot, int type) in types.OrderBy(pair => pair.Key))
            {
                writer.WriteNumber(slot.ToString(CultureInfo.InvariantCulture), type);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary><c>im_set_attr</c>, <c>set_attr</c>: <c>Attrs</c> is an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SetAttributes(Utf8JsonWriter writer, ReadOnlySpan<AttributeChange> changes)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("UserAttrs"u8);
        foreach (ref readonly AttributeChange change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("To_Account"u8, change.UserId);
            writer.WriteStartObject("Attrs"u8);
            for (int i = 0; i < change.Names.Length; i++)
            {
                if (change.Values[i] is { } value)
                {
                    writer.WriteString(change.Names[i], value);
                }
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary><c>im_remove_attr</c>, <c>remove_attr</c>: under the same key <c>Attrs</c> is an array of names.</summary>
    internal static void RemoveAttributes(Utf8JsonWriter writer, ReadOnlySpan<AttributeRemoval> removals)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("UserAttrs"u8);
        foreach (ref readonly AttributeRemoval removal in removals)
        {
            writer.WriteStartObject();
            writer.WriteString("To_Account"u8, removal.UserId);
            writer.WriteStartArray("Attrs"u8);
            foreach (string name in removal.Names)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary><c>im_get_attr</c>, <c>get_attr</c>, <c>im_get_tag</c>, <c>get_tag</c>, <c>im_remove_all_tags</c>, <c>clear_all_tags</c>.</summary>
    internal static void ToAccount(Utf8JsonWriter writer, ReadOnlySpan<string> ids)
    {
        writer.WriteStartObject();
        Strings(writer, "To_Account"u8, ids);
        writer.WriteEndObject();
    }

    /// <summary><c>im_add_tag</c>, <c>im_remove_tag</c>, <c>add_tag</c>, <c>remove_tag</c>.</summary>
    /// <param name="writer">Takes the body.</param>
    /// <param name="users">Users with their tags.</param>
    /// <param name="replace">The tags become the user's whole list (page 60568); only <c>add_tag</c> knows that.</param>
    internal static void Tags(Utf8JsonWriter writer, ReadOnlySpan<TagChange> users, bool replace = false)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("UserTags"u8);
        foreach (ref readonly TagChange user in users)
        {
            writer.WriteStartObject();
            writer.WriteString("To_Account"u8, user.UserId);
            Strings(writer, "Tags"u8, user.Tags);
            if (replace)
            {
                writer.WriteNumber("Replace"u8, 1);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary><c>account_delete</c>.</summary>
    internal static void DeleteItems(Utf8JsonWriter writer, ReadOnlySpan<string> ids) =>
        UserItems(writer, "DeleteItem"u8, ids);

    /// <summary><c>account_check</c>.</summary>
    internal static void CheckItems(Utf8JsonWriter writer, ReadOnlySpan<string> ids) =>
        UserItems(writer, "CheckItem"u8, ids);

    /// <summary><c>multiaccount_import</c> in its old form: ids alone.</summary>
    internal static void Accounts(Utf8JsonWriter writer, ReadOnlySpan<string> ids)
    {
        writer.WriteStartObject();
        Strings(writer, "Accounts"u8, ids);
        writer.WriteEndObject();
    }

    /// <summary><c>multiaccount_import</c> in its new form, which updates nick and photo of existing accounts.</summary>
    internal static void AccountList(Utf8JsonWriter writer, ReadOnlySpan<AccountProfile> profiles)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("AccountList"u8);
        foreach (ref readonly AccountProfile profile in profiles)
        {
            ImportAccount(writer, in profile);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary><c>multiaccount_import</c>: one element of <see cref="AccountList"/>.</summary>
    internal static void ImportAccount(Utf8JsonWriter writer, in AccountProfile profile)
    {
        writer.WriteStartObject();
        writer.WriteString("UserID"u8, profile.UserId);
        if (profile.Nick is not null)
        {
            writer.WriteString("Nick"u8, profile.Nick);
        }

        if (profile.FaceUrl is not null)
        {
            writer.WriteString("FaceUrl"u8, profile.FaceUrl);
        }

        writer.WriteEndObject();
    }

    /// <summary><c>kick</c>; the key was <c>Identifier</c> in old pages.</summary>
    internal static void Kick(Utf8JsonWriter writer, string userId)
    {
        writer.WriteStartObject();
        writer.WriteString("UserID"u8, userId);
        writer.WriteEndObject();
    }

    /// <summary><c>query_online_status</c>.</summary>
    internal static void OnlineStatus(Utf8JsonWriter writer, ReadOnlySpan<string> ids, bool needDetail)
    {
        writer.WriteStartObject();
        Strings(writer, "To_Account"u8, ids);
        writer.WriteNumber("IsNeedDetail"u8, needDetail ? 1 : 0);
        writer.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter writer, ReadOnlySpan<byte> key, ReadOnlySpan<string> values)
    {
        writer.WriteStartArray(key);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    private static void UserItems(Utf8JsonWriter writer, ReadOnlySpan<byte> key, ReadOnlySpan<string> ids)
    {
        writer.WriteStartObject();
        writer.WriteStartArray(key);
        foreach (string id in ids)
        {
            writer.WriteStartObject();
            writer.WriteString("UserID"u8, id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
