using System.Runtime.CompilerServices;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Push;
using TencentChat.Operations.Tags;
using TencentChat.Protocol;

namespace TencentChat;

/// <content>Tags, and the push to named users.</content>
public static partial class ChatBulk
{
    /// <summary>Reads the tags of users (pages 37172 and 60567), 100 a call.</summary>
    public static IAsyncEnumerable<UserTagsResult> GetTagsAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new GetTags(connection.AttributeService), userIds, NewRow, options, cancellationToken);

    /// <summary>Adds tags to those that users have (pages 37173 and 60568), 100 users and 10 tags of each a call.</summary>
    public static IAsyncEnumerable<ChatResult> AddTagsAsync(this ChatConnection connection, IEnumerable<UserTags> users, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new AddTags(connection.AttributeService), users, NewTagRow, options, cancellationToken);

    /// <summary>Takes tags from users (pages 37174 and 60569), 100 users and 10 tags of each a call.</summary>
    public static IAsyncEnumerable<ChatResult> RemoveTagsAsync(this ChatConnection connection, IEnumerable<UserTags> users, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new RemoveTags(connection.AttributeService), users, NewTagRow, options, cancellationToken);

    /// <summary>Takes all tags from users (pages 37175 and 60570), 100 a call.</summary>
    public static IAsyncEnumerable<ChatResult> ClearTagsAsync(this ChatConnection connection, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default) =>
        connection.Run(new ClearTags(connection.AttributeService), userIds, NewRow, options, cancellationToken);

    /// <summary>
    /// Gives users exactly these tags. The sequence is read to its end first: the elements of a user are one list, and what
    /// the user has beside it is removed. An element without tags asks for nothing.
    /// </summary>
    public static IAsyncEnumerable<SetTagsResult> SetTagsAsync(this ChatConnection connection, IEnumerable<UserTags> users, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        BulkOptions checkedOptions = connection.CheckOpen(options);
        var getting = new GetTags(connection.AttributeService);
        return TableFeed<UserTagsResult, SetTagsResult>.RunAsync(
            () => BulkRun.Start(connection.Calls, getting, checkedOptions),
            () => BulkRun.Start(connection.Calls, new SetTags(connection.AttributeService), checkedOptions),
            (reading, writing, send) =>
            {
                var table = new TagTable();
                foreach ((UserTags user, int index) in users.Select((user, index) => (user, index)))
                {
                    table.Add(TagRows.NewRow(index + 1, user.UserId, user.Source ?? user, user.Tags));
                }

                var sync = new TagSync(table, reading, writing, send, static _ => true, string.Empty);
                return (table.UserIds.Select((userId, index) => getting.NewRow(index + 1, userId, null)), sync.OnRead);
            },
            cancellationToken);
    }

    /// <summary>
    /// Pushes one notification to named users (page 67553), 500 a call; with the Push service only. No user gets it twice: what
    /// may have gone out is <see cref="ChatResultStatus.Unknown"/> and not repeated (P13).
    /// </summary>
    /// <exception cref="ChatConfigurationException">The message breaks a rule, or the connection is none to the Push service.</exception>
    public static IAsyncEnumerable<UserPushResult> PushToUsersAsync(this ChatConnection connection, PushMessage message, IEnumerable<string> userIds, BulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        BulkOptions checkedOptions = connection.CheckOpen(options);
        PushContent content = connection.IsTimPush
            ? PushRules.ContentForUsers(message, connection.AdminUserId)
            : throw new ChatConfigurationException("Only the Push service pushes to named users.");
        return PushAsync(connection, content, userIds, checkedOptions, cancellationToken);
    }

    // Each enumeration is a push of its own, and remembers whom it went to.
    private static async IAsyncEnumerable<UserPushResult> PushAsync(
        ChatConnection connection, PushContent content, IEnumerable<string> userIds, BulkOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (UserPushResult result in connection.Run(new PushToUsers(content), userIds, NewRow, options, cancellationToken).ConfigureAwait(false))
        {
            yield return result;
        }
    }

    private static TagRow NewTagRow(TagRows operation, long number, UserTags user) => TagRows.NewRow(number, user.UserId, user.Source ?? user, user.Tags);
}
