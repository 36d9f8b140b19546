using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.State;

/// <summary>The state as JSON, out and in.</summary>
internal static class StateJson
{
    private const int MaxDepth = 8;

    public static ReadOnlyMemory<byte> Write(EmulatorState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        lock (state.Lock)
        {
            AttributeTable table = state.TableOf(pushService: false);
            AttributeTable? ownTable = state.SharesAttributes ? null : state.TableOf(pushService: true);
            JsonSerializer.Serialize(
                json,
                new StateDocument
                {
                    AttributeNames = NamesOf(table),
                    AttributeTypes = TypesOf(table),
                    PushServiceAttributeNames = ownTable is null ? null : NamesOf(ownTable),
                    PushServiceAttributeTypes = ownTable is null ? null : TypesOf(ownTable),
                    Tags = TagsOf(state.Tags.Of(pushService: false)),
                    PushServiceTags = state.Tags.AreShared ? null : TagsOf(state.Tags.Of(pushService: true)),
                    Accounts = state.All.Select(account => DocumentOf(state, account)),
                },
                StateFormat.Default.StateDocument);
        }

        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads it all before anything is changed.</summary>
    /// <exception cref="FormatException">It is not a state; the message says where.</exception>
    public static void Read(ReadOnlySpan<byte> json, EmulatorState state)
    {
        StateDocument document;
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            DuplicateNames.Refuse(json, MaxDepth);
            document = JsonSerializer.Deserialize(json, StateFormat.Default.StateDocument) ?? throw new FormatException("The state is not an object.");
        }
        catch (JsonException exception)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The state cannot be read: see {exception.Path ?? "$"}, line {exception.LineNumber + 1}."), exception);
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException("The state cannot be read: a name is no Unicode.", exception);
        }

        AttributeTable table = ReadTable(document.AttributeNames, document.AttributeTypes);
        AttributeTable ownTable = ReadTable(document.PushServiceAttributeNames, document.PushServiceAttributeTypes);
        TagTable tags = ReadTags(state, document.Tags);
        TagTable ownTags = ReadTags(state, document.PushServiceTags);
        var accounts = new List<Account>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (StateAccount? item in document.Accounts ?? throw new FormatException("The state has no accounts: an array is expected."))
        {
            Account account = ReadAccount(state, item, table, ownTable);
            account.Tags = HoldTags(state, account, item!.Tags, tags);
            account.PushServiceTags = HoldTags(state, account, item.PushServiceTags, ownTags);
            accounts.Add(seen.Add(account.UserId) ? account : throw new FormatException($"Duplicate account '{account.UserId}'."));
        }

        state.Replace(accounts, table, ownTable, tags, ownTags);
    }

    private static Dictionary<string, string> NamesOf(AttributeTable table) => table.Slots.ToDictionary(KeyOf, slot => table.NameOf(slot)!);

    private static Dictionary<string, int> TypesOf(AttributeTable table) => table.Slots.ToDictionary(KeyOf, table.TypeOf);

    private static Dictionary<string, int>? TagsOf(TagTable table) => table.Count == 0 ? null : new Dictionary<string, int>(table.Types);

    private static StateAccount DocumentOf(EmulatorState state, Account account) => new()
    {
        UserId = account.UserId,
        Attributes = state.AttributesOf(account, pushService: false),
        PushServiceAttributes = state.SharesAttributes ? null : state.AttributesOf(account, pushService: true),
        Tags = NullIfEmpty(account.Tags),
        PushServiceTags = state.Tags.AreShared ? null : NullIfEmpty(account.PushServiceTags),
        Imported = account.Details?.IsImported ?? false,
        Nick = account.Details?.Nick,
        FaceUrl = account.Details?.FaceUrl,
        Online = account.Details is null or { Online: OnlineState.Offline } ? null : account.Details.Online.ToString(),
        KickedAt = account.Details?.KickedAt ?? 0,
        DeletedAt = account.Details?.DeletedAt,
    };

    private static string[]? NullIfEmpty(string[] tags) => tags.Length == 0 ? null : tags;

    private static AttributeTable ReadTable(Dictionary<string, string>? names, Dictionary<string, int>? types)
    {
        var table = new AttributeTable();
        foreach ((string key, string name) in names ?? [])
        {
            table.Set(SlotOf(key), Limits.IsText(name) && table.SlotOf(name) < 0
                ? name
                : throw new FormatException($"The attribute name '{name}' is not 1 to {Limits.TextBytes} UTF-8 bytes long or stands there twice."));
        }

        foreach ((string key, int type) in types ?? [])
        {
            int slot = SlotOf(key);
            table.Set(slot, table.NameOf(slot), type is 0 or 1 ? type : throw new FormatException($"The attribute type {type} is neither 0 nor 1."));
        }

        return table;
    }

    private static Account ReadAccount(EmulatorState state, StateAccount? item, AttributeTable table, AttributeTable ownTable)
    {
        if (item?.UserId is not { } userId || (!state.IsUserId(userId) && !Account.IsRegistrationId(userId)))
        {
            throw new FormatException($"An account of the state has no UserID of 1 to {Limits.UserIdBytes} UTF-8 bytes.");
        }

        var account = new Account(userId);
        ReadAttributes(item.Attributes, account, pushService: false, table, state);
        ReadAttributes(item.PushServiceAttributes, account, pushService: true, ownTable, state);
        if (item is { Imported: false, Nick: null, FaceUrl: null, Online: null, KickedAt: 0, DeletedAt: null })
        {
            return account;
        }

        AccountDetails details = account.GetOrAddDetails();
        details.IsImported = item.Imported;
        details.Nick = item.Nick;
        details.FaceUrl = item.FaceUrl;
        details.KickedAt = item.KickedAt >= 0 ? item.KickedAt : throw new FormatException($"KickedAt of '{userId}' is negative.");
        details.DeletedAt = item.DeletedAt;
        details.Online = item.Online switch
        {
            null or nameof(OnlineState.Offline) => OnlineState.Offline,
            nameof(OnlineState.Online) => OnlineState.Online,
            nameof(OnlineState.PushOnline) => OnlineState.PushOnline,
            _ => throw new FormatException($"Online of '{userId}': '{item.Online}' is none of Online, PushOnline, Offline."),
        };
        return account;
    }

    private static void ReadAttributes(Dictionary<string, string>? attributes, Account account, bool pushService, AttributeTable table, EmulatorState state)
    {
        foreach ((string name, string value) in attributes ?? [])
        {
            int slot = table.SlotOf(name);
            if (slot < 0 || !Limits.IsText(value))
            {
                throw new FormatException(
                    $"'{name}' of '{account.UserId}' is no attribute name of the state, or its value is not 1 to {Limits.TextBytes} UTF-8 bytes long.");
            }

            account.SetValue(pushService, slot, state.Share(value));
        }
    }

    private static TagTable ReadTags(EmulatorState state, Dictionary<string, int>? types)
    {
        TagTable table = state.Tags.MakeTable();
        foreach ((string tag, int type) in types ?? [])
        {
            table.Add(CheckTag(tag), type is 0 or 1 ? type : throw new FormatException($"The type {type} of the tag '{tag}' is neither 0 nor 1."));
        }

        return table;
    }

    private static string[] HoldTags(EmulatorState state, Account account, IReadOnlyList<string?>? tags, TagTable table)
    {
        if (tags is null)
        {
            return [];
        }

        int type = Account.IsRegistrationId(account.UserId) ? 1 : 0;
        string[] held = [.. tags.Select(CheckTag).Distinct(StringComparer.Ordinal).Select(state.Share)];
        if (held.Length != tags.Count || held.Length > Limits.TagsOfAccount || Array.Exists(held, tag => table.TypeOf(tag) is { } other && other != type))
        {
            throw new FormatException($"The tags of '{account.UserId}' are more than {Limits.TagsOfAccount}, stand there twice, or serve the other type of account.");
        }

        Array.ForEach(held, tag => table.Hold(tag, type));
        return held;
    }

    private static string CheckTag(string? tag) =>
        Limits.IsText(tag) ? tag : throw new FormatException($"The tag '{ErrorTexts.Quote(tag ?? string.Empty)}' is not 1 to {Limits.TextBytes} UTF-8 bytes long.");

    private static string KeyOf(int slot) => slot.ToString(CultureInfo.InvariantCulture);

    private static int SlotOf(string key) =>
        key is [>= '0' and <= '9'] ? key[0] - '0' : throw new FormatException($"'{key}' is no slot from 0 to 9.");
}
