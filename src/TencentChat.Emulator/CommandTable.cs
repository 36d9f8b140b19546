using TencentChat.Emulator.Commands;
using TencentChat.Emulator.Protocol;


namespace TencentChat.Emulator;

/// <summary>What runs for each endpoint.</summary>
internal static class CommandTable
{
    private static readonly Action<Call>[] s_byIndex = [.. EndpointTable.All.Select(Find)];

    public static void Run(Call call) => s_byIndex[call.Endpoint.Index](call);

    private static Action<Call> Find(Endpoint endpoint) => endpoint.Name switch
    {
        "im_set_attr_name" or "set_attr_name" => AttributeNameCommands.Set,
        "im_get_attr_name" or "get_attr_name" => AttributeNameCommands.Get,
        "im_set_attr" or "set_attr" => SetAttributesCommand.Run,
        "im_get_attr" or "get_attr" => GetAttributesCommand.Run,
        "im_remove_attr" or "remove_attr" => RemoveAttributesCommand.Run,
        "im_add_tag" or "add_tag" => TagCommands.Add,
        "im_remove_tag" or "remove_tag" => TagCommands.Remove,
        "im_get_tag" or "get_tag" => TagCommands.Get,
        "im_remove_all_tags" or "clear_all_tags" => TagCommands.Clear,
        "im_push" or "push" => PushCommand.Run,
        "batch" => BatchPushCommand.Run,
        "revoke" => RevokeCommand.Run,
        "account_import" => AccountImportCommands.One,
        "multiaccount_import" => AccountImportCommands.Many,
        "account_delete" => AccountCommands.Delete,
        "account_check" => AccountCommands.Check,
        "kick" => AccountCommands.Kick,
        "query_online_status" => OnlineStatusCommand.Run,
        _ => throw new InvalidOperationException($"Nothing runs for {endpoint.Path}."),
    };
}
