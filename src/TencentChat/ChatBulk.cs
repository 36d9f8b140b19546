using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.Operations.Attributes;
using TencentChat.Operations.Sync;

namespace TencentChat;

/// <summary>
/// The bulk commands for .NET programs: sequences in, one result per element out, in the same order (P1). Elements are read
/// while earlier ones are under way; a failed one is a result and never an exception.
/// </summary>
/// <remarks>
/// A run starts when its results are enumerated, and each enumeration is a run of its own. When every further element would
/// fail (P7) the rest are <see cref="ChatResultStatus.Skipped"/>, and after the last result a <see cref="ChatServiceException"/>
/// says why. An option that makes no sense is a <see cref="ChatConfigurationException"/> at once.
/// </remarks>
public static partial class ChatBulk
{
    /// <summary>Sets attributes (pages 37170 and 60565), 100 accounts a call.</summary>
    public static IAsyncEnumerable<ChatResult> SetAttributesAsync(this ChatConnection connection, IEnumerable<UserAttributes> users, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new SetAttributes(connection.AttributeService, connection.Names), users, NewSetRow, options, cancellationToken);

    /// <summary>Reads attributes (pages 37169 and 60564), 100 accounts a call.</summary>
    public static IAsyncEnumerable<UserAttributesResult> GetAttributesAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new GetAttributes(connection.AttributeService), userIds, NewRow, options, cancellationToken);

    /// <summary>Removes attributes by name (pages 37171 and 60566), 100 accounts a call.</summary>
    public static IAsyncEnumerable<ChatResult> RemoveAttributesAsync(this ChatConnection connection, IEnumerable<string> userIds, IEnumerable<string> names, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] removed = [.. names.Distinct(StringComparer.Ordinal)];
        return connection.Run(
            new RemoveAttributes(connection.AttributeService, connection.Names), userIds, (_, number, id) => RemoveAttributes.NewRow(number, id, id, removed), options, cancellationToken);
    }

    /// <summary>
    /// Makes users as they are said to be, and sends only what differs. The sequence is read to its end first: of a user who
    /// comes several times the last value of each attribute counts, and each user is read and changed once.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="users">How users should be. An empty value counts with <see cref="SyncOptions.ClearEmpty"/>.</param>
    /// <param name="sync">How the users are understood.</param>
    /// <param name="options">How the runs divide their input, and how much of it may be under way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IAsyncEnumerable<SyncResult> SyncAttributesAsync(this ChatConnection connection, IEnumerable<UserAttributes> users, SyncOptions? sync = null, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        BulkOptions checkedOptions = connection.CheckOpen(options);
        SyncOptions rules = sync ?? new SyncOptions();
        var tableRules = new TableRules(rules.ClearEmpty, rules.AllowEmptyUsers, Prunes: false);
        return TableFeed<DesiredUser, SyncResult>.RunAsync(
            () => BulkRun.Start(connection.Calls, new ReadDesired(connection.AttributeService), checkedOptions),
            () => BulkRun.Start(connection.Calls, new ChangeAttributes(connection.AttributeService, connection.Names), checkedOptions),
            (reading, writing, send) =>
            {
                DesiredTable table = TableOf(users, new DesiredRows(tableRules), connection.AppName);
                var decisions = new TableSync(table, new SyncRules(rules.RemovalThreshold, static _ => null), reading, writing, send);
                return (table.Complete(), decisions.OnRead);
            },
            cancellationToken);
    }

    /// <summary>Imports accounts, and updates those that exist (page 34954), 100 a call.</summary>
    public static IAsyncEnumerable<ChatResult> ImportAccountsAsync(this ChatConnection connection, IEnumerable<UserProfile> users, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new ImportAccounts(), users, (_, number, user) => ImportAccounts.NewRow(number, user.UserId, user.Source ?? user, user.Nick, user.FaceUrl), options, cancellationToken);

    /// <summary>Tells whether accounts exist (page 34956), 100 a call.</summary>
    public static IAsyncEnumerable<AccountResult> CheckAccountsAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new CheckAccounts(), userIds, NewRow, options, cancellationToken);

    /// <summary>Deletes accounts permanently (page 34955), 100 a call. Nobody is asked; the connection's own admin is refused.</summary>
    public static IAsyncEnumerable<ChatResult> DeleteAccountsAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new DeleteAccounts(connection.AdminUserId), userIds, NewRow, options, cancellationToken);

    /// <summary>Tells whether accounts are online (page 35477), 500 a call.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="userIds">The accounts.</param>
    /// <param name="withPlatforms">Asks for the devices too.</param>
    /// <param name="options">How the run divides its input, and how much of it may be under way.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static IAsyncEnumerable<OnlineStatusResult> GetOnlineStatusAsync(this ChatConnection connection, IEnumerable<string> userIds, bool withPlatforms = false, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new QueryOnlineStatus(withPlatforms), userIds, NewRow, options, cancellationToken);

    /// <summary>Ends the logins of users and invalidates all of their earlier signatures (page 34957), one user a call.</summary>
    public static IAsyncEnumerable<ChatResult> RevokeLoginsAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new RevokeLogins(connection.Signature, connection.Options.Time), userIds, NewRow, options, cancellationToken);

    private static IAsyncEnumerable<TRow> Run<TOperation, TRow, TInput>(
        this ChatConnection connection, TOperation operation, IEnumerable<TInput> inputs, Func<TOperation, long, TInput, TRow> newRow, BulkOptions? options, CancellationToken cancellationToken)
        where TOperation : BulkOperation<TRow>
        where TRow : ChatResult, IBulkRow<TRow>
    {
        BulkOptions checkedOptions = connection.CheckOpen(options);
        return RowFeed.RunAsync(
            () => BulkRun.Start(connection.Calls, operation, checkedOptions), inputs.Select((input, index) => newRow(operation, index + 1, input)), cancellationToken);
    }

    private static BulkOptions CheckOpen(this ChatConnection connection, BulkOptions? options)
    {
        ObjectDisposedException.ThrowIf(connection.IsClosed, connection);
        BulkOptions checkedOptions = options ?? new BulkOptions();
        checkedOptions.Check();
        return checkedOptions;
    }

    private static TRow NewRow<TRow>(BulkOperation<TRow> operation, long number, string userId)
        where TRow : ChatResult, IBulkRow<TRow> => operation.NewRow(number, userId, userId);

    private static AttributeRow NewSetRow(SetAttributes set, long number, UserAttributes user)
    {
        KeyValuePair<string, string?>[] given = [.. user.Attributes.Where(pair => !string.IsNullOrEmpty(pair.Value))];
        return set.NewRow(number, user.UserId, user.Source ?? user, Array.ConvertAll(given, pair => pair.Key), Array.ConvertAll(given, pair => pair.Value), []);
    }

    private static DesiredTable TableOf(IEnumerable<UserAttributes> users, DesiredRows rows, string app)
    {
        var table = new DesiredTable(isPlan: false, app);
        foreach ((UserAttributes user, int index) in users.Select((user, index) => (user, index)))
        {
            table.Add(rows.NewRow(index + 1, user.UserId, user.Source ?? user, [.. user.Attributes.Keys], [.. user.Attributes.Values], []));
        }

        return table;
    }
}
