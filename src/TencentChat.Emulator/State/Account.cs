namespace TencentChat.Emulator.State;

/// <summary>
/// One account. There may be a million, so what most lack (profile, dates) is kept apart, and values lie in an array no
/// longer than the highest slot in use.
/// </summary>
internal sealed class Account(string userId)
{
    public string UserId { get; } = userId;

    /// <summary>Values by slot, null where there is none.</summary>
    public string?[] Values { get; set; } = [];

    /// <summary>Values of the Push service's own slots; in use only when the two families do not share theirs.</summary>
    public string?[] PushServiceValues { get; set; } = [];

    /// <summary>Its tags, each once.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>The Push service's own tags of it; in use only when the two families do not share theirs.</summary>
    public string[] PushServiceTags { get; set; } = [];

    public AccountDetails? Details { get; private set; }

    public AccountDetails GetOrAddDetails() => Details ??= new AccountDetails();

    public bool IsDeleted => Details?.DeletedAt is not null;

    /// <summary>A registered device rather than a user: such an id has the form of a GUID (page 60564).</summary>
    public static bool IsRegistrationId(string id) => id.Length == 36 && Guid.TryParseExact(id, "D", out _);

    public string[] TagsOf(bool pushService) => pushService ? PushServiceTags : Tags;

    public string?[] ValuesOf(bool pushService) => pushService ? PushServiceValues : Values;

    /// <summary>Makes the array long enough for a slot, in one step where several are to be set.</summary>
    public void MakeRoom(bool pushService, int slot)
    {
        string?[] values = ValuesOf(pushService);
        if (slot < values.Length)
        {
            return;
        }

        Array.Resize(ref values, slot + 1);
        if (pushService)
        {
            PushServiceValues = values;
        }
        else
        {
            Values = values;
        }
    }

    public void SetValue(bool pushService, int slot, string? value)
    {
        if (value is not null)
        {
            MakeRoom(pushService, slot);
        }

        string?[] values = ValuesOf(pushService);
        if (slot < values.Length)
        {
            values[slot] = value;
        }
    }
}

/// <summary>What few accounts have.</summary>
internal sealed class AccountDetails
{
    public string? Nick { get; set; }

    public string? FaceUrl { get; set; }

    /// <summary>Made by an import, which is what the trial limit counts.</summary>
    public bool IsImported { get; set; }

    public OnlineState Online { get; set; }

    /// <summary>Signatures from before this second are dead; 0 = never kicked.</summary>
    public long KickedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }
}

/// <summary>The states of page 35477.</summary>
internal enum OnlineState
{
    Offline,
    Online,
    PushOnline,
}
