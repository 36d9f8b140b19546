namespace TencentChat.Protocol;

/// <summary>The attribute commands of one of the two families.</summary>
internal sealed record AttributeEndpoints(ChatEndpoint Set, ChatEndpoint Get, ChatEndpoint Remove, ChatEndpoint SetNames, ChatEndpoint GetNames)
{
    private static readonly AttributeEndpoints s_allMemberPush = new(
        ChatEndpoints.ImSetAttr, ChatEndpoints.ImGetAttr, ChatEndpoints.ImRemoveAttr, ChatEndpoints.ImSetAttrName, ChatEndpoints.ImGetAttrName);

    private static readonly AttributeEndpoints s_timPush = new(
        ChatEndpoints.SetAttr, ChatEndpoints.GetAttr, ChatEndpoints.RemoveAttr, ChatEndpoints.SetAttrName, ChatEndpoints.GetAttrName);

    public static AttributeEndpoints Of(AttributeService service) => service == AttributeService.TimPush ? s_timPush : s_allMemberPush;
}
