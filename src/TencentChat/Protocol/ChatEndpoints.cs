namespace TencentChat.Protocol;

/// <summary>The commands that this library calls, with the limits of their own pages.</summary>
internal static class ChatEndpoints
{
    /// <summary>Sets attributes of up to 100 users, 100 calls/s (page 37170).</summary>
    public static ChatEndpoint ImSetAttr { get; } = Push("im_set_attr", 100);

    /// <summary>Reads attributes of up to 100 users, 100 calls/s (page 37169).</summary>
    public static ChatEndpoint ImGetAttr { get; } = Push("im_get_attr", 100);

    /// <summary>Removes attributes of up to 100 users, 100 calls/s (page 37171).</summary>
    public static ChatEndpoint ImRemoveAttr { get; } = Push("im_remove_attr", 100);

    /// <summary>Names the app's ten attribute slots, 100 calls/s (page 37167).</summary>
    public static ChatEndpoint ImSetAttrName { get; } = Push("im_set_attr_name", 0);

    /// <summary>Reads the names of the app's attribute slots, 100 calls/s (page 37168).</summary>
    public static ChatEndpoint ImGetAttrName { get; } = Push("im_get_attr_name", 0);

    /// <summary>Sets attributes of up to 100 accounts in the Push service, 100 calls/s (pages 60565, 67818).</summary>
    public static ChatEndpoint SetAttr { get; } = TimPush("set_attr", 100);

    /// <summary>Reads attributes of up to 100 accounts in the Push service, 100 calls/s (pages 60564, 67817).</summary>
    public static ChatEndpoint GetAttr { get; } = TimPush("get_attr", 100);

    /// <summary>Removes attributes of up to 100 accounts in the Push service, 100 calls/s (pages 60566, 67819).</summary>
    public static ChatEndpoint RemoveAttr { get; } = TimPush("remove_attr", 100);

    /// <summary>Names the Push service's attribute slots and their account types, 100 calls/s (pages 60563, 67816).</summary>
    public static ChatEndpoint SetAttrName { get; } = TimPush("set_attr_name", 0);

    /// <summary>Reads the names and types of the Push service's slots, 100 calls/s (pages 60562, 67815).</summary>
    public static ChatEndpoint GetAttrName { get; } = TimPush("get_attr_name", 0);

    /// <summary>Deletes up to 100 accounts permanently, 100 calls/s (page 34955).</summary>
    public static ChatEndpoint AccountDelete { get; } = Login("account_delete", 100, 100);

    /// <summary>Imports up to 100 accounts, 100 calls/s (page 34954).</summary>
    public static ChatEndpoint MultiAccountImport { get; } = Login("multiaccount_import", 100, 100);

    /// <summary>Tells of up to 100 accounts whether they are imported, 100 calls/s (page 34956).</summary>
    public static ChatEndpoint AccountCheck { get; } = Login("account_check", 100, 100);

    /// <summary>Invalidates the signatures of one user and logs the user out, 200 calls/s (page 34957).</summary>
    public static ChatEndpoint Kick { get; } = Login("kick", 1, 200);

    /// <summary>Tells the online state of up to 500 users, 200 calls/s (page 35477).</summary>
    public static ChatEndpoint QueryOnlineStatus { get; } =
        new("query_online_status", "v4/openim/query_online_status", 500, 200);

    /// <summary>Adds tags to up to 100 users, 10 tags a user and call, 100 calls/s (page 37173).</summary>
    public static ChatEndpoint ImAddTag { get; } = Push("im_add_tag", 100);

    /// <summary>Removes tags of up to 100 users, 100 calls/s (page 37174).</summary>
    public static ChatEndpoint ImRemoveTag { get; } = Push("im_remove_tag", 100);

    /// <summary>Reads the tags of up to 100 users, 100 calls/s (page 37172).</summary>
    public static ChatEndpoint ImGetTag { get; } = Push("im_get_tag", 100);

    /// <summary>Removes all tags of up to 100 users, 100 calls/s (page 37175).</summary>
    public static ChatEndpoint ImRemoveAllTags { get; } = Push("im_remove_all_tags", 100);

    /// <summary>Pushes one message to all users or to those that meet a condition; pushes are more than a second apart (pages 37165, 37166).</summary>
    public static ChatEndpoint ImPush { get; } = new("im_push", "v4/all_member_push/im_push", 0, 1);

    /// <summary>Adds tags to up to 100 accounts in the Push service, or replaces their tags, 100 calls/s (pages 60568, 67821).</summary>
    public static ChatEndpoint AddTag { get; } = TimPush("add_tag", 100);

    /// <summary>Removes tags of up to 100 accounts in the Push service, 100 calls/s (pages 60569, 67822).</summary>
    public static ChatEndpoint RemoveTag { get; } = TimPush("remove_tag", 100);

    /// <summary>Reads the tags of up to 100 accounts in the Push service, 100 calls/s (pages 60567, 67820).</summary>
    public static ChatEndpoint GetTag { get; } = TimPush("get_tag", 100);

    /// <summary>Removes all tags of up to 100 accounts in the Push service, 100 calls/s (pages 60570, 67823).</summary>
    public static ChatEndpoint ClearAllTags { get; } = TimPush("clear_all_tags", 100);

    /// <summary>Pushes one message by the Push service to all accounts or to those that meet a condition; pushes are more than a second apart (pages 60561, 67814).</summary>
    public static ChatEndpoint TimPushPush { get; } = new("push", "v4/timpush/push", 0, 1);

    /// <summary>Pushes one notification to up to 500 named accounts, 10 calls/s with the free edition (page 67553).</summary>
    public static ChatEndpoint TimPushBatch { get; } = new("batch", "v4/timpush/batch", 500, 10);

    /// <summary>Withdraws a push of the last 24 hours, 1 call/s (pages 60571, 67824).</summary>
    public static ChatEndpoint TimPushRevoke { get; } = new("revoke", "v4/timpush/revoke", 0, 1);

    /// <summary>Every endpoint above.</summary>
    public static IReadOnlyList<ChatEndpoint> All { get; } =
    [
        ImSetAttr, ImGetAttr, ImRemoveAttr, ImSetAttrName, ImGetAttrName,
        SetAttr, GetAttr, RemoveAttr, SetAttrName, GetAttrName,
        AccountDelete, MultiAccountImport, AccountCheck, Kick, QueryOnlineStatus,
        ImAddTag, ImRemoveTag, ImGetTag, ImRemoveAllTags, ImPush,
        AddTag, RemoveTag, GetTag, ClearAllTags, TimPushPush, TimPushBatch, TimPushRevoke,
    ];

    // 34381 allows "other" commands 200 calls/s; the pages of the attribute commands say 100, and they are followed.
    private static ChatEndpoint Push(string command, int maxAccounts) =>
        new(command, $"v4/all_member_push/{command}", maxAccounts, 100);

    private static ChatEndpoint TimPush(string command, int maxAccounts) =>
        new(command, $"v4/timpush/{command}", maxAccounts, 100);

    private static ChatEndpoint Login(string command, int maxAccounts, int callsPerSecond) =>
        new(command, $"v4/im_open_login_svc/{command}", maxAccounts, callsPerSecond);
}
