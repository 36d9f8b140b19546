using FsCheck;
using FsCheck.Fluent;
using TencentChat.Bulk;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>What a run does.</summary>
public enum RunKind
{
    Set,
    Remove,
    Delete,
    Get,
}

/// <summary>One random run; everything in it follows from these numbers.</summary>
public sealed record RunCase(int Seed, RunKind Kind, bool IsTimPush, int RowCount, int AccountCount, int BatchSize, int ThrottleLimit, int FaultPercent)
{
    private static readonly string[] s_unknown = ["town"];

    /// <summary>Random cases; small accounts against many rows make one account come again and again.</summary>
    internal static Gen<RunCase> Cases(RunKind kind) =>
        from seed in Gen.Choose(0, int.MaxValue)
        from isTimPush in Gen.Choose(0, 1)
        from rows in Gen.Choose(0, 160)
        from accounts in Gen.Choose(1, 60)
        from batchSize in Gen.Elements(1, 2, 3, 7, 10, 25, 100)
        from throttleLimit in Gen.Elements(1, 2, 3, 8, 128)
        from faults in Gen.Elements(0, 5, 15, 30)
        select new RunCase(seed, kind, isTimPush == 1, rows, accounts, batchSize, throttleLimit, faults);

    /// <summary>Simpler cases that may fail as well.</summary>
    internal IEnumerable<RunCase> Simpler()
    {
        if (FaultPercent > 0)
        {
            yield return this with { FaultPercent = 0 };
        }

        if (ThrottleLimit > 1)
        {
            yield return this with { ThrottleLimit = 1 };
        }

        foreach (int rows in new[] { RowCount / 2, RowCount - 10, RowCount - 1 }.Where(rows => rows >= 0 && rows < RowCount).Distinct())
        {
            yield return this with { RowCount = rows };
        }
    }

    /// <summary>The accounts that exist before the run; the others are missing.</summary>
    internal void Fill(Dictionary<string, Dictionary<string, string>> accounts)
    {
        var random = new Random(Seed);
        foreach (string account in Accounts().Where(_ => random.Next(12) != 0))
        {
            accounts[account] = ServiceModel.Names.Where(_ => random.Next(2) == 0).ToDictionary(name => name, _ => $"old {random.Next(100)}", StringComparer.Ordinal);
        }
    }

    /// <summary>The rows: accounts that repeat, some of them bad, some settled before.</summary>
    internal List<ChatResult> Rows()
    {
        var random = new Random(unchecked(Seed + 1));
        string[] accounts = Accounts();
        var rows = new List<ChatResult>();
        for (int row = 1; row <= RowCount; row++)
        {
            string account = random.Next(3) == 0 && rows.Count > 0 ? rows[^1].UserId : accounts[random.Next(accounts.Length)];
            ChatResult result = Kind switch
            {
                RunKind.Set when random.Next(2) == 0 => Fakes.Rows.OfTable(row, account, ServiceModel.Names, [.. ServiceModel.Names.Select(_ => PickValue(random))]),
                RunKind.Set => Fakes.Rows.Set(row, account, [.. PickNames(random).Select(name => (name, PickValue(random)))]),
                RunKind.Remove => Fakes.Rows.Remove(row, account, [.. PickNames(random)]),
                RunKind.Get => Fakes.Rows.Get(row, account),
                _ => Fakes.Rows.Plain(row, account),
            };
            if (random.Next(20) == 0)
            {
                result.Settle(ChatResultStatus.Skipped);
            }

            rows.Add(result);
        }

        return rows;
    }

    // Every second account differs from its neighbour by case alone.
    private string[] Accounts() => [.. Enumerable.Range(0, AccountCount).Select(i => i % 2 == 0 ? $"user{i / 2}" : $"User{i / 2}")];

    private static IEnumerable<string> PickNames(Random random)
    {
        string[] names = [.. ServiceModel.Names, .. random.Next(25) == 0 ? s_unknown : []];
        random.Shuffle(names);
        return names.Take(random.Next(1, names.Length + 1));
    }

    private static string? PickValue(Random random) => random.Next(60) switch
    {
        0 => ServiceModel.BadValue,
        < 15 => null,
        int n => $"new {n}",
    };
}
