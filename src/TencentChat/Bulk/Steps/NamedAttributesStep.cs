using TencentChat.Connections;
using TencentChat.Errors;

namespace TencentChat.Bulk.Steps;

/// <summary>
/// A step that names attributes. When the service refuses one, the app's table of names tells which, and no later batch
/// has to find that out again.
/// </summary>
internal abstract class NamedAttributesStep(ChatConnection connection) : AccountStep
{
    // A table this young was read after the refused call's row was bound, or so near to it that asking again tells nothing.
    private static readonly TimeSpan s_freshEnough = TimeSpan.FromSeconds(5);

    private volatile HashSet<string>? _refusedNames;

    protected ChatConnection Connection => connection;

    /// <summary>Whether the name at this place goes into the request.</summary>
    protected abstract bool IsSent(AccountWork work, int index);

    public override void ApplyLessons(IReadOnlyList<AccountWork> works)
    {
        if (_refusedNames is { } refused)
        {
            Settle(works, refused.Contains);
        }
    }

    public override async ValueTask<bool> LearnAsync(IReadOnlyList<AccountWork> works, ServiceError error, string? info, CancellationToken cancellationToken)
    {
        if (error.ErrorId != ClientErrors.UnknownAttribute.ErrorId)
        {
            return false;
        }

        AttributeNameTable table;
        try
        {
            table = await connection.GetAttributeNamesAsync(s_freshEnough, cancellationToken).ConfigureAwait(false);
        }
        catch (ChatException)
        {
            // Splitting finds the row without the table.
            return false;
        }

        Remember(works.SelectMany(work => work.Names).Where(name => !table.Contains(name)));
        return Settle(works, name => !table.Contains(name));
    }

    private void Remember(IEnumerable<string> names)
    {
        var refused = new HashSet<string>(names, StringComparer.Ordinal);
        if (refused.Count > 0)
        {
            refused.UnionWith(_refusedNames ?? []);
            _refusedNames = refused;
        }
    }

    // An account with several rows is left to be taken apart: only some of its rows may name the attribute.
    private bool Settle(IReadOnlyList<AccountWork> works, Func<string, bool> isUnknown)
    {
        bool any = false;
        foreach (AccountWork work in works)
        {
            if (!work.IsSettled && work.Rows.Count == 1 && FirstUnknown(work, isUnknown) is { } name)
            {
                work.Fail(ClientErrors.UnknownAttribute, name);
                any = true;
            }
        }

        return any;
    }

    private string? FirstUnknown(AccountWork work, Func<string, bool> isUnknown)
    {
        for (int i = 0; i < work.Names.Length; i++)
        {
            if (IsSent(work, i) && isUnknown(work.Names[i]))
            {
                return work.Names[i];
            }
        }

        return null;
    }
}
