using System.Text;
using TencentChat.Bulk;
using TencentChat.Emulator;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Options;
using TencentChat.Errors;
using TencentChat.Operations.Sync;
using TencentChat.Protocol;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Sync;

/// <summary>An emulated app whose users are compared with tables and made like them.</summary>
internal sealed class SyncLab : IDisposable
{
    private static readonly string[] s_city = ["city"];

    private readonly VirtualTime _time;
    private readonly Lab _lab;

    public SyncLab(VirtualTime time, FakeClock clock, params string[] faults)
    {
        _time = time;
        Emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = ["city", "sex", "level"], Faults = [.. faults.Select(Fault.Parse)] }, clock);
        _lab = new Lab(time, clock, Emulator.CreateHandler(), signature: UserSigSource.FromKey(1400000000, "administrator", Encoding.UTF8.GetBytes(Emulator.SecretKey)));
    }

    public ChatEmulator Emulator { get; }

    public BulkOptions Options { get; init; } = new();

    /// <summary>What stopped the last run.</summary>
    public ChatServiceException? Stopped { get; private set; }

    public static DesiredRows NewRows(TableRules? rules = null) =>
        new(rules ?? new TableRules(ClearsEmpty: true, AllowsEmptyRows: true, Prunes: false)) { AppNames = ["city", "sex", "level"] };

    public static IEnumerable<SyncResult> Cities(DesiredRows make, IEnumerable<(string UserId, string? City)> rows) =>
        rows.Select((row, index) => make.NewRow(index + 1, row.UserId, null, s_city, [row.City], []));

    public void Dispose() => _lab.Dispose();

    public string? CityOf(string userId) => Emulator.State.AttributesOf(userId)?.GetValueOrDefault("city");

    /// <summary>Gives users attributes.</summary>
    public void Has(IEnumerable<(string UserId, (string Name, string? Value)[] Values)> users) =>
        _lab.Run(_lab.Set, users.Select((user, index) => Rows.Set(index + 1, user.UserId, user.Values)));

    public void HasCities(params (string UserId, string City)[] users) => Has(users.Select(user => (user.UserId, new (string, string?)[] { ("city", user.City) })));

    /// <summary>Makes users as rows say who have a city.</summary>
    public List<SyncResult> Sync(SyncRules? rules, params (string UserId, string? City)[] rows) => Sync(Cities(NewRows(), rows), rules);

    /// <summary>Makes users as rows say.</summary>
    public List<SyncResult> Sync(IEnumerable<SyncResult> rows, SyncRules? rules = null, bool isPlan = false)
    {
        var results = new List<SyncResult>();
        IAsyncEnumerator<SyncResult> sync = TableFeed<DesiredUser, SyncResult>.RunAsync(
            () => _lab.Start(new ReadDesired(AttributeService.AllMemberPush), Options),
            () => _lab.Start(new ChangeAttributes(AttributeService.AllMemberPush, _lab.Connection.Names), Options),
            (reading, writing, send) =>
            {
                DesiredTable table = TableOf(rows, isPlan);
                return (table.Complete(), new TableSync(table, rules ?? new SyncRules(0, _ => null), reading, writing, send).OnRead);
            },
            TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Stopped = null;
        try
        {
            while (_time.Await(sync.MoveNextAsync().AsTask()))
            {
                results.Add(sync.Current);
            }
        }
        catch (ChatServiceException fault)
        {
            Stopped = fault;
        }

        return results;
    }

    /// <summary>Applies a plan.</summary>
    public List<SyncResult> Apply(IEnumerable<AttributeDifference> plan, SyncRules? rules = null)
    {
        DesiredRows rows = NewRows();
        return Sync([.. plan.Select((row, index) => rows.NewPlanRow(index + 1, row.UserId, null, row))], rules, isPlan: true);
    }

    /// <summary>Makes a plan, and tells of the rows that failed.</summary>
    public (List<AttributeDifference> Plan, List<DesiredUser> Failed) Compare(IEnumerable<SyncResult> rows)
    {
        List<DesiredUser> users = [.. _lab.Run(new ReadDesired(AttributeService.AllMemberPush), TableOf(rows, isPlan: false).Complete(), Options).Cast<DesiredUser>()];
        List<DesiredUser> read = users.FindAll(user => user.Status == ChatResultStatus.Succeeded);
        read.ForEach(user => user.Compare());
        return ([.. read.SelectMany(user => user.Differences)], [.. users.Except(read)]);
    }

    /// <summary>What a table would change of users who are as given, row by row, with what each row says of it.</summary>
    public static List<SyncResult> Decide(IEnumerable<SyncResult> rows, Func<string, IReadOnlyList<KeyValuePair<string, string>>> attributesOf, Func<DesiredUser, string?>? ask = null, bool isPlan = false)
    {
        DesiredTable table = TableOf(rows, isPlan);
        var decided = new List<SyncResult>();
        using var reading = new RunControl();
        using var writing = new RunControl();
        var sync = new TableSync(table, new SyncRules(0, ask ?? (_ => null)), reading, writing, decided.Add);
        foreach (DesiredUser user in table.Complete())
        {
            if (!user.IsSettled)
            {
                user.Attributes = attributesOf(user.UserId);
                user.Settle(ChatResultStatus.Succeeded);
            }

            sync.OnRead([user]);
        }

        return decided;
    }

    private static DesiredTable TableOf(IEnumerable<SyncResult> rows, bool isPlan)
    {
        var table = new DesiredTable(isPlan, app: null);
        foreach (SyncResult row in rows)
        {
            table.Add(row);
        }

        return table;
    }
}
