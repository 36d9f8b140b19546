using System.Text;
using TencentChat.Emulator.Options;
using TencentChat.Emulator.Protocol;

namespace TencentChat.Emulator.State;

/// <summary>What the emulated app holds: attribute names, accounts with their attributes and tags, and what was pushed. Safe to use from many threads.</summary>
public sealed class EmulatorState
{
    private readonly EmulatorOptions _options;
    private readonly EmulatorClock _clock;
    private readonly TextPool _pool = new();
    private Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);
    private AttributeTable _table = new();
    private AttributeTable _pushServiceTable = new();

    internal EmulatorState(EmulatorOptions options, EmulatorClock clock)
    {
        _options = options;
        _clock = clock;
        Tags = new AppTags(options.OpenQuestions);
        Pushes = new PushList(Lock);
        PushRules = new PushRules(options, clock);
        Reset();
    }

    /// <summary>How many accounts exist, the admins among them.</summary>
    public int AccountCount
    {
        get
        {
            lock (Lock)
            {
                return LiveCount;
            }
        }
    }

    /// <summary>How many different tags the app has, as <c>v4/all_member_push</c> knows them.</summary>
    public int TagCount
    {
        get
        {
            lock (Lock)
            {
                return Tags.Of(pushService: false).Count;
            }
        }
    }

    /// <summary>The pushes that went out.</summary>
    public PushList Pushes { get; }

    /// <summary>Everything below, and all reading and writing of accounts and tables, happens under this lock.</summary>
    internal object Lock { get; } = new();

    internal int LiveCount { get; private set; }

    internal int ImportedCount { get; private set; }

    internal Dictionary<string, Account>.ValueCollection All => _accounts.Values;

    internal PushRules PushRules { get; }

    internal AppTags Tags { get; }

    internal bool SharesAttributes => _options.OpenQuestions.FamiliesShareAttributes;

    /// <summary>Whether an account exists: it came into being and was not deleted since.</summary>
    /// <param name="userId">The account, compared ordinally.</param>
    public bool HasAccount(string userId)
    {
        lock (Lock)
        {
            return Find(userId) is not null;
        }
    }

    /// <summary>The attributes of an account by name, as <c>v4/all_member_push</c> knows them; null when there is no such account.</summary>
    /// <param name="userId">The account, compared ordinally.</param>
    public IReadOnlyDictionary<string, string>? AttributesOf(string userId)
    {
        lock (Lock)
        {
            return Find(userId) is { } account ? AttributesOf(account, pushService: false) : null;
        }
    }

    /// <summary>The tags of an account in no order, as <c>v4/all_member_push</c> knows them; null when there is no such account.</summary>
    /// <param name="userId">The account, compared ordinally.</param>
    public IReadOnlyList<string>? TagsOf(string userId)
    {
        lock (Lock)
        {
            return Find(userId) is { } account ? [.. account.Tags] : null;
        }
    }

    /// <summary>The attribute names by slot, 0 to 9, as <c>v4/all_member_push</c> knows them.</summary>
    public IReadOnlyDictionary<int, string> AttributeNames
    {
        get
        {
            lock (Lock)
            {
                return _table.Slots.ToDictionary(slot => slot, slot => _table.NameOf(slot)!);
            }
        }
    }

    internal AttributeTable TableOf(bool pushService) => pushService ? _pushServiceTable : _table;

    /// <summary>Whether a service's attributes lie in the Push service's own slots.</summary>
    internal bool UsesOwnSlots(Service service) => service == Service.TimPush && !SharesAttributes;

    internal Dictionary<string, string> AttributesOf(Account account, bool pushService)
    {
        AttributeTable table = TableOf(pushService);
        string?[] values = account.ValuesOf(pushService);
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (values[slot] is { } value && table.NameOf(slot) is { } name)
            {
                attributes.Add(name, value);
            }
        }

        return attributes;
    }

    /// <summary>The account that exists now under this id.</summary>
    internal Account? Find(string userId) => _accounts.TryGetValue(userId, out Account? account) && !account.IsDeleted ? account : null;

    /// <summary>The account of this id, deleted or not.</summary>
    internal Account? FindEver(string userId) => _accounts.GetValueOrDefault(userId);

    /// <summary>Makes an account exist; one that was deleted begins anew.</summary>
    internal Account Add(string userId)
    {
        if (!_accounts.TryGetValue(userId, out Account? account))
        {
            account = new Account(userId);
            _accounts.Add(userId, account);
            LiveCount++;
        }
        else if (account.IsDeleted)
        {
            account.GetOrAddDetails().DeletedAt = null;
            LiveCount++;
        }

        return account;
    }

    internal void MarkImported(Account account)
    {
        AccountDetails details = account.GetOrAddDetails();
        ImportedCount += details.IsImported ? 0 : 1;
        details.IsImported = true;
    }

    internal void Delete(Account account)
    {
        AccountDetails details = account.GetOrAddDetails();
        ImportedCount -= details.IsImported ? 1 : 0;
        LiveCount--;
        details.IsImported = false;
        details.DeletedAt = _clock.UtcNow;
        details.Nick = details.FaceUrl = null;
        details.Online = OnlineState.Offline;
        if (!_options.OpenQuestions.DeletedAccountKeepsAttributes)
        {
            account.Values = account.PushServiceValues = [];
            Tags.Set(account, pushService: false, []);
            Tags.Set(account, pushService: true, []);
        }
    }

    internal long KickedAt(string userId)
    {
        lock (Lock)
        {
            return FindEver(userId)?.Details?.KickedAt ?? 0;
        }
    }

    internal string Share(string value) => _pool.Share(value);

    /// <summary>Whether an id can be a UserID at all.</summary>
    internal bool IsUserId(string id) =>
        id.Length is > 0 and <= Limits.UserIdBytes
        && Encoding.UTF8.GetByteCount(id) <= Limits.UserIdBytes
        && (!_options.OpenQuestions.RestrictUserIdCharacters || id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'));

    internal void AddAccounts(IEnumerable<string> userIds)
    {
        lock (Lock)
        {
            foreach (string userId in userIds)
            {
                Add(IsUserId(userId) || Account.IsRegistrationId(userId)
                    ? userId
                    : throw new ArgumentException($"An account is 1 to {Limits.UserIdBytes} UTF-8 bytes long: '{userId}' is not.", nameof(userIds)));
            }
        }
    }

    /// <summary>Forgets the values of a slot that has lost its name or its meaning.</summary>
    internal void ClearSlot(bool pushService, int slot)
    {
        foreach (Account account in _accounts.Values)
        {
            account.SetValue(pushService, slot, null);
        }
    }

    internal void Reset()
    {
        var table = new AttributeTable();
        var pushServiceTable = new AttributeTable();
        for (int slot = 0; slot < _options.AttributeNames.Count; slot++)
        {
            table.Set(slot, _options.AttributeNames[slot]);
            pushServiceTable.Set(slot, _options.AttributeNames[slot]);
        }

        lock (Lock)
        {
            Pushes.Clear();
            PushRules.Clear();
            Replace(_options.Accounts.Select(id => new Account(id)), table, pushServiceTable, Tags.MakeTable(), Tags.MakeTable());
        }
    }

    /// <summary>Puts other accounts, names and tags in the place of all there were; the admins are always there.</summary>
    internal void Replace(IEnumerable<Account> accounts, AttributeTable table, AttributeTable pushServiceTable, TagTable tags, TagTable pushServiceTags)
    {
        var byId = new Dictionary<string, Account>(StringComparer.Ordinal);
        foreach (Account account in accounts)
        {
            byId[account.UserId] = account;
        }

        foreach (string admin in _options.Admins)
        {
            byId.TryAdd(admin, new Account(admin));
        }

        lock (Lock)
        {
            _accounts = byId;
            _table = table;
            _pushServiceTable = SharesAttributes ? table : pushServiceTable;
            Tags.Replace(tags, pushServiceTags);
            LiveCount = byId.Values.Count(account => !account.IsDeleted);
            ImportedCount = byId.Values.Count(account => account is { IsDeleted: false, Details.IsImported: true });
        }
    }
}
