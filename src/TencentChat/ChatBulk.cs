using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.Operations.Attributes;

namespace TencentChat;

/// <summary>
/// The bulk commands for .NET programs: sequences in, one result an element out, in the same order (P1). Elements are read
/// while earlier ones are under way; a failed one is a result and never an exception.
/// </summary>
/// <remarks>
/// When every further element would fail (P7) the rest are <see cref="ChatResultStatus.Skipped"/>, and after the last result
/// a <see cref="ChatServiceException"/> says why.
/// An option that makes no sense is a <see cref="ChatConfigurationException"/> before the first element is read.
/// </remarks>
public static class ChatBulk
{
    /// <summary>Sets attributes (pages 37170 and 60565), 100 accounts a call.</summary>
    public static IAsyncEnumerable<ChatResult> SetAttributesAsync(this ChatConnection connection, IEnumerable<UserAttributes> users, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.StartRun(new SetAttributesStep(connection), options ?? new()).RunAsync(users.Select((user, index) => SetRow(user, index + 1)), cancellationToken);

    /// <summary>Reads attributes (pages 37169 and 60564), 100 accounts a call. The results are of the type <see cref="UserAttributesResult"/>.</summary>
    public static IAsyncEnumerable<ChatResult> GetAttributesAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.StartRun(new GetAttributesStep(connection), options ?? new()).RunAsync(userIds.Select((id, index) => RowRules.Judged(new UserAttributesResult(index + 1, id, id))), cancellationToken);

    /// <summary>Removes attributes by name (pages 37171 and 60566), 100 accounts a call.</summary>
    public static IAsyncEnumerable<ChatResult> RemoveAttributesAsync(this ChatConnection connection, IEnumerable<string> userIds, IEnumerable<string> names, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] removed = names.Distinct(StringComparer.Ordinal).ToArray();
        return connection.StartRun(new RemoveAttributesStep(connection), options ?? new()).RunAsync(userIds.Select((id, index) => RowRules.Judged(new ChatResult(index + 1, id, id) { Names = removed })), cancellationToken);
    }

    /// <summary>Deletes accounts for ever (page 34955), 100 a call. Nobody is asked.</summary>
    public static IAsyncEnumerable<ChatResult> DeleteAccountsAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.StartRun(new DeleteAccountsStep(), options ?? new()).RunAsync(userIds.Select((id, index) => RowRules.Judged(new ChatResult(index + 1, id, id))), cancellationToken);

    private static ChatResult SetRow(UserAttributes user, long number)
    {
        KeyValuePair<string, string?>[] given = user.Attributes.Where(pair => !string.IsNullOrEmpty(pair.Value)).ToArray();
        ChatResult row = RowRules.Judged(new ChatResult(number, user.UserId, user.Source ?? user)
        {
            Names = Array.ConvertAll(given, pair => pair.Key),
            Values = Array.ConvertAll(given, pair => pair.Value),
        });
        if (row.IsSettled)
        {
            return row;
        }

        (ServiceError? error, string? name) = given.Select(pair => (RowRules.CheckValue(pair.Value!), pair.Key)).FirstOrDefault(check => check.Item1 is not null);
        if (error is not null)
        {
            row.Settle(ChatResultStatus.Failed, 0, error.Describe($"attribute '{name}'"), error);
        }
        else if (given.Length == 0)
        {
            row.Settle(ChatResultStatus.Skipped, 0, RowRules.NothingToSet);
        }

        return row;
    }
}
