namespace TencentChat.Emulator.Protocol;

/// <summary>The commands, their paths and the calls a second their pages allow.</summary>
internal static class EndpointTable
{
    public const string AnyEndpoint = "*";

    private static readonly (Service Service, string Folder, int CallsPerSecond, string[] Names)[] s_folders =
    [
        (Service.AllMemberPush, "all_member_push", 100, ["im_set_attr_name", "im_get_attr_name", "im_set_attr", "im_get_attr", "im_remove_attr"]),
        (Service.TimPush, "timpush", 100, ["set_attr_name", "get_attr_name", "set_attr", "get_attr", "remove_attr"]),
        (Service.Login, "im_open_login_svc", 200, ["account_import"]),
        (Service.Login, "im_open_login_svc", 100, ["multiaccount_import", "account_delete", "account_check"]),
        (Service.Login, "im_open_login_svc", 200, ["kick"]),
        (Service.Status, "openim", 200, ["query_online_status"]),
        (Service.AllMemberPush, "all_member_push", 100, ["im_add_tag", "im_remove_tag", "im_get_tag", "im_remove_all_tags", "im_push"]),
        (Service.TimPush, "timpush", 100, ["add_tag", "remove_tag", "get_tag", "clear_all_tags", "push", "batch", "revoke"]),
    ];

    private static readonly Dictionary<string, Endpoint> s_byPath;

    static EndpointTable()
    {
        All = [.. s_folders
            .SelectMany(folder => folder.Names.Select(name => (folder.Service, Path: $"/v4/{folder.Folder}/{name}", Name: name, folder.CallsPerSecond)))
            .Select((command, index) => new Endpoint(index, command.Service, command.Path, command.Name, command.CallsPerSecond))];
        s_byPath = All.ToDictionary(endpoint => endpoint.Path, StringComparer.Ordinal);
    }

    public static IReadOnlyList<Endpoint> All { get; }

    public static Endpoint? Find(string path) => s_byPath.GetValueOrDefault(path);

    public static bool IsName(string name) => All.Any(endpoint => string.Equals(endpoint.Name, name, StringComparison.Ordinal));
}
