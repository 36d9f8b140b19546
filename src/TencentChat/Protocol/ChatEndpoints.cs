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

    /// <summary>Every endpoint above.</summary>
    public static IReadOnlyList<ChatEndpoint> All { get; } =
    [
        ImSetAttr, ImGetAttr, ImRemoveAttr, ImSetAttrName, ImGetAttrName,
        SetAttr, GetAttr, RemoveAttr, SetAttrName, GetAttrName,
        AccountDelete, MultiAccountImport, AccountCheck, Kick, QueryOnlineStatus,
    ];

    // 34381 allows "other" commands 200 calls/s; the pages of the attribute commands say 100, and they are followed.
    private static ChatEndpoint Push(string command, int maxAccounts) =>
        new(command, $"v4/all_member_push/{command}", maxAccounts, 100);

    private static ChatEndpoint TimPush(string command, int maxAccounts) =>
        new(command, $"v4/timpush/{command}", maxAccounts, 100);

    private static ChatEndpoint Login(string command, int maxAccounts, int callsPerSecond) =>
        new(command, $"v4/im_open_login_svc/{command}", maxAccounts, callsPerSecond);
}
