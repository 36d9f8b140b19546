using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>Removes tags (pages 37174, 60569).</summary>
internal sealed class RemoveTags(AttributeService service) : TagRows(TagEndpoints.Of(service).Remove);
