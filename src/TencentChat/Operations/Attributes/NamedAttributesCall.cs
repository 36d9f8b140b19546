using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Attributes;

/// <summary>
/// A call that names attributes. When the service refuses one, the app's table of names tells which, and no later batch of
/// the run has to find that out again.
/// </summary>
internal abstract class NamedAttributesCall<TRow>(AttributeNameSource names) : AccountCall<TRow>
    where TRow : ChatResult, IBulkRow<TRow>
{
    // A table this young was read after the refused call's row was bound, or so near to it that asking again tells nothing.
    private static readonly TimeSpan s_freshEnough = TimeSpan.FromSeconds(5);

    // Two batches that learn at once may forget one another's names: a later batch then asks again.
    private volatile HashSet<string>? _refusedNames;

    /// <summary>The names that the call sends for a row.</summary>
    protected abstract IEnumerable<string> NamesIn(TRow row);

    public override void ApplyLessons(IReadOnlyList<AccountWork<TRow>> accounts)
    {
        if (_refusedNames is { } refused)
        {
            Settle(accounts, refused.Contains);
        }
    }

    public override async ValueTask<bool> LearnAsync(IReadOnlyList<AccountWork<TRow>> accounts, ChatError error, CancellationToken cancellationToken)
    {
        if (error.ErrorId != ClientErrors.UnknownAttribute.ErrorId)
        {
            return false;
        }

        AttributeNameTable table;
        try
        {
            table = await names.GetAsync(s_freshEnough, cancellationToken).ConfigureAwait(false);
        }
        catch (ChatException)
        {
            // Splitting finds the row without the table.
            return false;
        }

        var refused = accounts.SelectMany(account => NamesIn(account.Request)).Where(name => !table.Contains(name)).ToHashSet(StringComparer.Ordinal);
        if (refused.Count == 0)
        {
            return false;
        }

        refused.UnionWith(_refusedNames ?? []);
        _refusedNames = refused;
        return Settle(accounts, name => !table.Contains(name));
    }

    private bool Settle(IReadOnlyList<AccountWork<TRow>> accounts, Func<string, bool> isUnknown)
    {
        bool any = false;
        foreach (AccountWork<TRow> account in accounts)
        {
            // A copy: a row that fails is taken out.
            foreach (TRow row in account.Rows.ToArray())
            {
                if (NamesIn(row).FirstOrDefault(isUnknown) is { } name)
                {
                    account.FailRow(row, ClientErrors.UnknownAttribute, name);
                    any = true;
                }
            }
        }

        return any;
    }
}
