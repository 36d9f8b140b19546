using TencentChat.Bulk;
using TencentChat.Errors;

namespace TencentChat.Operations.Attributes;

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

    /// <summary>Whether the row sends the name at this place.</summary>
    protected abstract bool IsSent(ChatResult row, int index);

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

    private bool Settle(IReadOnlyList<AccountWork> works, Func<string, bool> isUnknown)
    {
        bool any = false;
        foreach (AccountWork work in works)
        {
            foreach (ChatResult row in work.Rows)
            {
                if (FirstUnknown(row, isUnknown) is { } name)
                {
                    work.FailRow(row, ClientErrors.UnknownAttribute, name);
                    any = true;
                }
            }
        }

        return any;
    }

    private string? FirstUnknown(ChatResult row, Func<string, bool> isUnknown)
    {
        for (int i = 0; i < row.Names.Length; i++)
        {
            if (IsSent(row, i) && isUnknown(row.Names[i]))
            {
                return row.Names[i];
            }
        }

        return null;
    }
}
