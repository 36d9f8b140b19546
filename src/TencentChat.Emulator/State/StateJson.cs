using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TencentChat.Emulator;

/// <summary>The state as JSON, out and in.</summary>
internal static class StateJson
{
    private const string NamesMember = "AttributeNames";
    private const string TypesMember = "AttributeTypes";
    private const string PushServiceNamesMember = "PushServiceAttributeNames";
    private const string PushServiceTypesMember = "PushServiceAttributeTypes";

    public static ReadOnlyMemory<byte> Write(EmulatorState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        lock (state.Lock)
        {
            json.WriteStartObject();
            WriteTable(json, NamesMember, TypesMember, state.TableOf(pushService: false));
            if (!state.SharesAttributes)
            {
                WriteTable(json, PushServiceNamesMember, PushServiceTypesMember, state.TableOf(pushService: true));
            }

            json.WriteStartArray("Accounts");
            foreach (var account in state.All)
            {
                WriteAccount(json, state, account);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads it all before anything is changed.</summary>
    public static void Read(ReadOnlyMemory<byte> bytes, EmulatorState state)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            var table = new AttributeTable();
            var pushServiceTable = new AttributeTable();
            var accounts = new List<Account>();
            var root = new StateObject(document.RootElement, "the state");
            ReadTable(root, NamesMember, TypesMember, table);
            ReadTable(root, PushServiceNamesMember, PushServiceTypesMember, pushServiceTable);
            foreach (var item in root.Items("Accounts"))
            {
                accounts.Add(ReadAccount(state, item, table, pushServiceTable));
            }

            root.RefuseOthers();
            if (accounts.DistinctBy(account => account.UserId, StringComparer.Ordinal).Count() != accounts.Count)
            {
                throw new FormatException("An account stands in the state twice.");
            }

            state.Replace(accounts, table, pushServiceTable);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("The state is not JSON.", exception);
        }
    }

    private static void WriteTable(Utf8JsonWriter json, string namesMember, string typesMember, AttributeTable table)
    {
        var slots = Enumerable.Range(0, AttributeTable.SlotCount).Where(slot => table.NameOf(slot) is not null).ToList();
        json.WriteStartObject(namesMember);
        slots.ForEach(slot => json.WriteString(KeyOf(slot), table.NameOf(slot)));
        json.WriteEndObject();
        json.WriteStartObject(typesMember);
        slots.ForEach(slot => json.WriteNumber(KeyOf(slot), table.TypeOf(slot)));
        json.WriteEndObject();
    }

    private static void WriteAccount(Utf8JsonWriter json, EmulatorState state, Account account)
    {
        json.WriteStartObject();
        json.WriteString("UserID", account.UserId);
        WriteAttributes(json, "Attributes", state.AttributesOf(account, pushService: false));
        if (!state.SharesAttributes)
        {
            WriteAttributes(json, "PushServiceAttributes", state.AttributesOf(account, pushService: true));
        }

        if (account.Details is { } details)
        {
            json.WriteBoolean("Imported", details.IsImported);
            WriteText("Nick", details.Nick);
            WriteText("FaceUrl", details.FaceUrl);
            WriteText("Online", details.Online == OnlineState.Offline ? null : details.Online.ToString());
            if (details.KickedAt > 0)
            {
                json.WriteNumber("KickedAt", details.KickedAt);
            }

            WriteText("DeletedAt", details.DeletedAt?.ToString("O", CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();

        void WriteText(string name, string? text)
        {
            if (text is not null)
            {
                json.WriteString(name, text);
            }
        }
    }

    private static void WriteAttributes(Utf8JsonWriter json, string name, Dictionary<string, string> attributes)
    {
        json.WriteStartObject(name);
        foreach (var attribute in attributes)
        {
            json.WriteString(attribute.Key, attribute.Value);
        }

        json.WriteEndObject();
    }

    private static void ReadTable(StateObject root, string namesMember, string typesMember, AttributeTable table)
    {
        foreach (var (key, name) in root.Texts(namesMember))
        {
            if (name.Length == 0 || Encoding.UTF8.GetByteCount(name) > 50 || table.SlotOf(name) >= 0)
            {
                throw new FormatException($"{namesMember}: '{name}' is not 1 to 50 UTF-8 bytes long or stands there twice.");
            }

            table.Set(SlotOf(key, namesMember), name);
        }

        foreach (var (key, type) in root.Numbers(typesMember))
        {
            var slot = SlotOf(key, typesMember);
            table.Set(slot, table.NameOf(slot), type is 0 or 1 ? (int)type : throw new FormatException($"{typesMember}: {type} is neither 0 nor 1."));
        }
    }

    private static Account ReadAccount(EmulatorState state, JsonElement item, AttributeTable table, AttributeTable pushServiceTable)
    {
        var source = new StateObject(item, "an account");
        var userId = source.Text("UserID");
        if (userId is null || (!state.IsUserId(userId) && !Account.IsRegistrationId(userId)))
        {
            throw new FormatException("An account of the state has no UserID of 1 to 32 UTF-8 bytes.");
        }

        var account = new Account(userId);
        ReadAttributes(source, "Attributes", account, pushService: false, table, state);
        ReadAttributes(source, "PushServiceAttributes", account, pushService: true, pushServiceTable, state);
        var online = source.Text("Online");
        var (nick, faceUrl, kickedAt, deletedAt, isImported) =
            (source.Text("Nick"), source.Text("FaceUrl"), source.Number("KickedAt"), source.Text("DeletedAt"), source.Flag("Imported"));
        source.RefuseOthers();
        if (online is null && nick is null && faceUrl is null && kickedAt == 0 && deletedAt is null && !isImported)
        {
            return account;
        }

        var details = account.MakeDetails();
        details.Nick = nick;
        details.FaceUrl = faceUrl;
        details.KickedAt = kickedAt;
        details.IsImported = isImported;
        details.Online = online switch
        {
            null or nameof(OnlineState.Offline) => OnlineState.Offline,
            nameof(OnlineState.Online) => OnlineState.Online,
            nameof(OnlineState.PushOnline) => OnlineState.PushOnline,
            _ => throw new FormatException($"Online: '{online}' is none of Online, PushOnline, Offline."),
        };
        details.DeletedAt = deletedAt is null ? null
            : DateTimeOffset.TryParseExact(deletedAt, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
            : throw new FormatException($"DeletedAt: '{deletedAt}' is not a date.");
        return account;
    }

    private static void ReadAttributes(StateObject source, string member, Account account, bool pushService, AttributeTable table, EmulatorState state)
    {
        foreach (var (name, value) in source.Texts(member))
        {
            var slot = table.SlotOf(name);
            if (slot < 0 || value.Length == 0 || Encoding.UTF8.GetByteCount(value) > 50)
            {
                throw new FormatException($"{member} of '{account.UserId}': '{name}' is no attribute name of the state, or its value is not 1 to 50 UTF-8 bytes long.");
            }

            account.SetValue(pushService, slot, state.Share(value));
        }
    }

    private static string KeyOf(int slot) => slot.ToString(CultureInfo.InvariantCulture);

    private static int SlotOf(string key, string member) =>
        key is [>= '0' and <= '9'] ? key[0] - '0' : throw new FormatException($"{member}: '{key}' is no slot from 0 to 9.");
}
