using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TencentChat.Bulk;
using TencentChat.Operations.Sync;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Operations.Sync;

/// <summary>
/// Promise P3 for random tables, in which users come again and again, and random apps: the rows of a user laid over each
/// other are what the app then says, a second run changes nothing, and a plan comes to the same.
/// </summary>
[Collection(VirtualTime.Collection)]
public sealed class SyncProperties
{
    private static readonly string[] s_users = ["a", "b", "c", "A", "longer"];
    private static readonly string[] s_names = ["city", "sex", "level"];
    private static readonly string?[] s_values = [null, "", "x", "y", "z"];
    private static readonly string s_tooLong = new('x', 51);
    private static readonly string[][] s_shapes = [["city", "sex", "level"], ["level", "city"], ["sex"]];

    // Calls take different times, so answers come in another order than the calls were made.
    private static readonly string[] s_faults = ["*:delay:900:0.3", "*:delay:2500:0.1", "*:drop-after:0.05", "*:60007:0.02"];

    [Fact]
    public Task P3_a_sync_comes_to_the_overlay_of_the_table_and_a_second_one_changes_nothing() => VirtualTime.RunAsync((_, _) =>
        Prop.ForAll(Arb.From(Cases), Check).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20260302, 1)));

    private static Gen<Case> Cases =>
        from seed in Gen.Choose(1, int.MaxValue)
        from count in Gen.Choose(1, 25)
        from batch in Gen.Choose(1, 5)
        from inFlight in Gen.Choose(1, 4)
        from rules in Gen.Choose(0, 3)
        select new Case(seed, count, batch, inFlight, new TableRules(ClearsEmpty: (rules & 1) != 0, AllowsEmptyRows: true, Prunes: (rules & 2) != 0));

    private static void Check(Case wanted)
    {
        var random = new Random(wanted.Seed);
        (string User, (string, string?)[] Values)[] before = [.. s_users.Select(user => (user, s_names.Select(name => (name, random.Next(2) == 0 ? null : s_values[random.Next(2, 5)])).ToArray()))];
        (string User, string[] Names, string?[] Values)[] table =
        [
            .. Enumerable.Range(0, wanted.Count).Select(_ => s_shapes[random.Next(4) / 2]).Select(names =>
                (s_users[random.Next(s_users.Length)], names, names.Select(_ => random.Next(40) == 0 ? s_tooLong : s_values[random.Next(s_values.Length)]).ToArray())),
        ];

        using SyncLab synced = NewLab(wanted, before);
        List<SyncResult> results = synced.Sync(RowsOf(wanted, table));
        (string expected, HashSet<string> bad) = Overlay(before, table, wanted.Rules);
        Assert.Equal(expected, StateOf(synced));
        Assert.Equal(Enumerable.Range(1, table.Length), results.Select(row => (int)row.Row));
        CheckFates(results, table, bad);

        long calls = ChangingCalls(synced);
        Assert.All(synced.Sync(RowsOf(wanted, table)), row => Assert.Equal((bad.Contains(row.UserId), 0), (row.Status != ChatResultStatus.Unchanged, row.Changes.Count)));
        Assert.Equal(calls, ChangingCalls(synced));

        using SyncLab planned = NewLab(wanted, before);
        (List<AttributeDifference> plan, List<DesiredUser> failed) = planned.Compare(RowsOf(wanted, table));
        Assert.Equal(results.SelectMany(row => row.Done).ToHashSet(), plan.ToHashSet());
        Assert.Equal(results.Where(row => row.ErrorId is not null).Select(row => row.Row), failed.Select(user => user.Row));
        Assert.All(planned.Apply(plan), row => Assert.Equal(ChatResultStatus.Succeeded, row.Status));
        Assert.Equal(expected, StateOf(planned));
        Assert.Empty(planned.Compare(RowsOf(wanted, table)).Plan);

        // Without removals a plan is rows to set, too.
        if (plan.TrueForAll(row => row.Action == AttributeAction.Set))
        {
            using SyncLab set = NewLab(wanted, before);
            set.Has(plan.Select(row => (row.UserId, new (string, string?)[] { (row.Name, row.Desired) })));
            Assert.Equal(expected, StateOf(set));
        }
    }

    // All rows of a user have one fate. Of a user of whom a row is bad all have failed and nothing was sent.
    private static void CheckFates(List<SyncResult> results, (string User, string[] Names, string?[] Values)[] table, HashSet<string> bad)
    {
        foreach (IGrouping<string, SyncResult> user in results.GroupBy(row => row.UserId, StringComparer.Ordinal))
        {
            if (bad.Contains(user.Key))
            {
                Assert.All(user, row => Assert.Equal(table[row.Row - 1].Values.Contains(s_tooLong) ? "InvalidAttributeValue" : "OtherRowFailed", row.ErrorId));
            }
            else
            {
                bool isChanged = user.Any(row => row.Changes.Count > 0);
                Assert.All(user, row => Assert.Equal((isChanged ? ChatResultStatus.Succeeded : ChatResultStatus.Unchanged, row.Changes.ToString()), (row.Status, row.Done.ToString())));
            }
        }
    }

    private static SyncLab NewLab(Case wanted, (string User, (string, string?)[] Values)[] users)
    {
        var clock = new FakeClock();
        var lab = new SyncLab(new VirtualTime(clock), clock, s_faults) { Options = new BulkOptions { BatchSize = wanted.Batch, ThrottleLimit = wanted.InFlight } };
        lab.Emulator.AddAccounts(s_users);
        lab.Has(users);
        return lab;
    }

    private static IEnumerable<SyncResult> RowsOf(Case wanted, (string User, string[] Names, string?[] Values)[] table)
    {
        DesiredRows rows = SyncLab.NewRows(wanted.Rules);
        return table.Select((row, index) => rows.NewRow(index + 1, row.User, null, row.Names, [.. row.Values], row.Names));
    }

    private static long ChangingCalls(SyncLab lab) => lab.Emulator.Journal.Entries.Count(entry => entry.Endpoint is "im_set_attr" or "im_remove_attr");

    // What the rows would come to one after the other; what no row of a user has a column for is pruned. Users of whom a row is
    // bad stay as they are.
    private static (string State, HashSet<string> Bad) Overlay((string User, (string Name, string? Value)[] Values)[] before, (string User, string[] Names, string?[] Values)[] table, TableRules rules)
    {
        var bad = table.Where(row => row.Values.Contains(s_tooLong)).Select(row => row.User).ToHashSet(StringComparer.Ordinal);
        Dictionary<string, Dictionary<string, string>> state = before.ToDictionary(
            user => user.User, user => user.Values.Where(value => value.Value is not null).ToDictionary(value => value.Name, value => value.Value!), StringComparer.Ordinal);
        foreach ((string user, string[] names, string?[] values) in table.Where(row => !bad.Contains(row.User)))
        {
            foreach ((string name, string? value) in names.Zip(values))
            {
                if (!string.IsNullOrEmpty(value))
                {
                    state[user][name] = value;
                }
                else if (value is not null && rules.ClearsEmpty)
                {
                    state[user].Remove(name);
                }
            }

            foreach (string name in rules.Prunes ? s_names.Where(name => !table.Any(row => row.User == user && row.Names.Contains(name))) : [])
            {
                state[user].Remove(name);
            }
        }

        return (Text(user => state[user]), bad);
    }

    private static string StateOf(SyncLab lab) => Text(user => lab.Emulator.State.AttributesOf(user)!);

    private static string Text(Func<string, IReadOnlyDictionary<string, string>> attributesOf) => string.Join(
        "; ", s_users.Select(user => $"{user}: {string.Join(' ', attributesOf(user).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")))}"));

    private sealed record Case(int Seed, int Count, int Batch, int InFlight, TableRules Rules);
}
