namespace TencentChat.Emulator;

/// <summary>The commands, their paths and the calls a second their pages allow.</summary>
internal static class EndpointTable
{
    public const string AnyEndpoint = "*";

    public static IReadOnlyList<Endpoint> All { get; } = Build();

    private static readonly Dictionary<string, Endpoint> ByPath = All.ToDictionary(e => e.Path, StringComparer.Ordinal);

    public static Endpoint? Find(string path) => ByPath.GetValueOrDefault(path);

    public static bool IsName(string name) => All.Any(e => string.Equals(e.Name, name, StringComparison.Ordinal));

    private static List<Endpoint> Build()
    {
        var all = new List<Endpoint>();
        void Add(Service service, string folder, string name, int callsPerSecond, Action<Call> run) =>
            all.Add(new Endpoint(all.Count, service, $"/v4/{folder}/{name}", name, callsPerSecond, run));

        Add(Service.AllMemberPush, "all_member_push", "im_set_attr_name", 100, AttributeNameCommands.Set);
        Add(Service.AllMemberPush, "all_member_push", "im_get_attr_name", 100, AttributeNameCommands.Get);
        Add(Service.AllMemberPush, "all_member_push", "im_set_attr", 100, SetAttributesCommand.Run);
        Add(Service.AllMemberPush, "all_member_push", "im_get_attr", 100, GetAttributesCommand.Run);
        Add(Service.AllMemberPush, "all_member_push", "im_remove_attr", 100, RemoveAttributesCommand.Run);
        Add(Service.TimPush, "timpush", "set_attr_name", 100, AttributeNameCommands.Set);
        Add(Service.TimPush, "timpush", "get_attr_name", 100, AttributeNameCommands.Get);
        Add(Service.TimPush, "timpush", "set_attr", 100, SetAttributesCommand.Run);
        Add(Service.TimPush, "timpush", "get_attr", 100, GetAttributesCommand.Run);
        Add(Service.TimPush, "timpush", "remove_attr", 100, RemoveAttributesCommand.Run);
        Add(Service.Login, "im_open_login_svc", "account_import", 200, AccountImportCommands.One);
        Add(Service.Login, "im_open_login_svc", "multiaccount_import", 100, AccountImportCommands.Many);
        Add(Service.Login, "im_open_login_svc", "account_delete", 100, AccountCommands.Delete);
        Add(Service.Login, "im_open_login_svc", "account_check", 100, AccountCommands.Check);
        Add(Service.Login, "im_open_login_svc", "kick", 200, AccountCommands.Kick);
        Add(Service.Status, "openim", "query_online_status", 200, OnlineStatusCommand.Run);
        return all;
    }
}
