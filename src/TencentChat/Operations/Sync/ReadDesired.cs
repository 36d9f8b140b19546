using TencentChat.Operations.Attributes;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>Reads users whose rows say how they should be.</summary>
internal sealed class ReadDesired(AttributeService service) : ReadAttributesCall<DesiredUser>(service)
{
    protected override DesiredUser CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
