namespace TencentChat.Protocol;

/// <summary>The tag commands of one of the two families.</summary>
internal sealed record TagEndpoints(ChatEndpoint Add, ChatEndpoint Remove, ChatEndpoint Get, ChatEndpoint Clear)
{
    private static readonly TagEndpoints s_allMemberPush = new(
        ChatEndpoints.ImAddTag, ChatEndpoints.ImRemoveTag, ChatEndpoints.ImGetTag, ChatEndpoints.ImRemoveAllTags);

    private static readonly TagEndpoints s_timPush = new(
        ChatEndpoints.AddTag, ChatEndpoints.RemoveTag, ChatEndpoints.GetTag, ChatEndpoints.ClearAllTags);

    public static TagEndpoints Of(AttributeService service) => service == AttributeService.TimPush ? s_timPush : s_allMemberPush;
}
