using TencentChat.Bulk;
using TencentChat.Operations.Attributes;
using TencentChat.Tests.Fakes;

namespace TencentChat.Tests.Bulk;

/// <summary>Tells from the rows and their results what the service must hold in the end, and whether the results can be true.</summary>
internal sealed class RunOracle(RunCase run, Dictionary<string, Dictionary<string, string>> before, ServiceModel model, List<ChatResult> rows)
{
    /// <summary>The rows that were to be sent.</summary>
    public IReadOnlyList<ChatResult> Rows => rows;

    /// <summary>P2: bad rows fail, and none but them; P1: what was never sent says so.</summary>
    public void CheckStatuses(bool isWhole)
    {
        var deleted = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < rows.Count; i++)
        {
            ChatResult row = rows[i];
            bool isMissing = !before.ContainsKey(row.UserId) || deleted.Contains(row.UserId);
            bool isRefused = row.ErrorId is "InvalidAttribute" or "InvalidAttributeValue";
            string what = $"{row.Row} {row.UserId}: {row.Status} {row.ErrorId} {row.Message}";
            Assert.True(row.Status != ChatResultStatus.Skipped || !isWhole, what);
            Assert.True(row.Status != ChatResultStatus.Succeeded || row.ErrorId is null, what);
            Assert.True(row.ErrorId != "AccountNotFound" || isMissing, what);
            Assert.True(!isRefused || IsBad(row), what);
            Assert.True(row.Status != ChatResultStatus.Succeeded || !IsBad(row) || IsOverwritten(i), what);
            Assert.True(row.Status != ChatResultStatus.Succeeded || before.ContainsKey(row.UserId) || DeletesInVain(row), what);
            if (run.Kind == RunKind.Delete && row.Status is ChatResultStatus.Succeeded or ChatResultStatus.Unknown)
            {
                deleted.Add(row.UserId);
            }
        }
    }

    /// <summary>P6: the attempts are the calls that carried the row. Exact where the account has one row only.</summary>
    public void CheckAttempts()
    {
        foreach (IGrouping<string, ChatResult> group in rows.GroupBy(row => row.UserId, StringComparer.Ordinal))
        {
            int sent = model.TimesSent(group.Key);
            Assert.All(group, row => Assert.InRange(row.Attempts, row.Status is ChatResultStatus.Succeeded or ChatResultStatus.Unknown ? 1 : 0, sent));
            if (group.Count() == 1)
            {
                Assert.Equal(sent, group.Single().Attempts);
            }
        }
    }

    /// <summary>P3: as if the rows had been done one after the other. A row of unknown fate may have been done or not.</summary>
    public void CheckFinalState()
    {
        if (run.Kind == RunKind.Get)
        {
            CheckRead();
            return;
        }

        foreach (string account in before.Keys.Concat(rows.Select(row => row.UserId)).Distinct(StringComparer.Ordinal))
        {
            List<ChatResult> done = rows.FindAll(row => row.UserId == account && row.Status is ChatResultStatus.Succeeded or ChatResultStatus.Unknown);
            if (run.Kind == RunKind.Delete)
            {
                bool mayExist = before.ContainsKey(account) && done.TrueForAll(row => row.Status == ChatResultStatus.Unknown);
                bool mayBeGone = !before.ContainsKey(account) || done.Count > 0;
                Assert.True(model.Accounts.ContainsKey(account) ? mayExist : mayBeGone, account);
                continue;
            }

            Assert.Equal(before.ContainsKey(account), model.Accounts.ContainsKey(account));
            foreach (string name in ServiceModel.Names.Where(_ => before.ContainsKey(account)))
            {
                var possible = new HashSet<string?> { before[account].GetValueOrDefault(name) };
                done.ForEach(row => Apply(row, name, possible));
                Assert.Contains(model.Accounts[account].GetValueOrDefault(name), possible);
            }
        }
    }

    private static void Apply(ChatResult row, string name, HashSet<string?> possible)
    {
        (string[] names, string?[] values) = AskedBy(row);
        int at = Array.IndexOf(names, name);
        if (at < 0 || (values.Length > 0 && values[at] is null))
        {
            return;
        }

        if (row.Status == ChatResultStatus.Succeeded)
        {
            possible.Clear();
        }

        possible.Add(values.Length > 0 ? values[at] : null);
    }

    private void CheckRead()
    {
        foreach (UserAttributesResult row in rows.Cast<UserAttributesResult>())
        {
            Dictionary<string, string> expected = row.Status == ChatResultStatus.Succeeded ? before[row.UserId] : [];
            Assert.Equal(expected.OrderBy(attribute => attribute.Key, StringComparer.Ordinal), row.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal));
        }
    }

    private static (string[] Names, string?[] Values) AskedBy(ChatResult row) => row switch
    {
        AttributeRow set => (set.Names, set.Values),
        AttributeNamesRow removal => (removal.Names, []),
        _ => ([], []),
    };

    private static bool IsBad(ChatResult row)
    {
        (string[] names, string?[] values) = AskedBy(row);
        return names.Index().Any(name =>
            (values.Length == 0 || values[name.Index] is not null)
            && (!ServiceModel.Names.Contains(name.Item, StringComparer.Ordinal) || (values.Length > 0 && values[name.Index] == ServiceModel.BadValue)));
    }

    // A later row of the same batch may have given a good value in the place of the bad one before anything was sent.
    private bool IsOverwritten(int index)
    {
        (string[] names, string?[] values) = AskedBy(rows[index]);
        return names.Index().Where(name => values.Length > 0 && values[name.Index] == ServiceModel.BadValue).All(name => rows.Skip(index + 1).Any(later =>
            later.UserId == rows[index].UserId && later.Batch == rows[index].Batch
            && Array.IndexOf(AskedBy(later).Names, name.Item) is >= 0 and int at && AskedBy(later).Values[at] is not null));
    }

    // Not there from the start, and an unclear try that came before the answer "not there": taken as done.
    private bool DeletesInVain(ChatResult row) => run.Kind == RunKind.Delete && row.Attempts > 1;
}
