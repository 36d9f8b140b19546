using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>Adds or removes the tags that rows bring.</summary>
internal abstract class TagRows(ChatEndpoint endpoint) : BulkOperation<TagRow>
{
    public sealed override int MaxBatchSize => endpoint.MaxAccounts;

    /// <summary>Makes a row; it comes settled when it cannot be right, or asks for nothing.</summary>
    /// <param name="number">The row's number in the input, from 1.</param>
    /// <param name="userId">The user.</param>
    /// <param name="source">The row as it came.</param>
    /// <param name="tags">The tags.</param>
    public static TagRow NewRow(long number, string userId, object? source, IEnumerable<string> tags)
    {
        TagRow row = Checked(new TagRow(number, userId, source, [.. tags.Distinct(StringComparer.Ordinal)]));
        if (!row.IsSettled && TagRules.Check(row.Tags, out string? where) is { } error)
        {
            row.Fail(error, where);
        }
        else if (!row.IsSettled && row.Tags.Length == 0)
        {
            row.Settle(ChatResultStatus.Skipped, 0, TagRules.NothingToDo);
        }

        return row;
    }

    public sealed override async Task RunAsync(BatchRun<TagRow> batch)
    {
        List<AccountWork<TagRow>> left = batch.Accounts;
        for (int number = 0; left.Count > 0; number++)
        {
            await batch.SendAsync(new Call(endpoint, number), left).ConfigureAwait(false);
            left = left.FindAll(account => !account.IsSettled && Call.IsNeeded(account.Request.Tags.Length, number + 1));
        }
    }

    protected sealed override TagRow CreateRow(long number, string userId, object? source) => new(number, userId, source, []);

    // Rows for one user are not parted: they are one set of tags.
    private sealed class Call(ChatEndpoint endpoint, int number) : TagCall<TagRow>(endpoint, number)
    {
        protected override string[] TagsOf(TagRow row) => row.Tags;

        protected override TagRow CreateRow(long number, string userId, object? source) => new(number, userId, source, []);
    }
}
