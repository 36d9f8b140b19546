using TencentChat.Protocol;

namespace TencentChat.Operations.Tags;

/// <summary>Adds tags (pages 37173, 60568).</summary>
internal sealed class AddTags(AttributeService service) : TagRows(TagEndpoints.Of(service).Add);
