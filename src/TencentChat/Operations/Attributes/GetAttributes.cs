using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Reads the attributes of accounts (pages 37169 and 60564).</summary>
internal sealed class GetAttributes(AttributeService service) : ReadAttributesCall<UserAttributesResult>(service)
{
    protected override UserAttributesResult CreateRow(long number, string userId, object? source) => new(number, userId, source);
}
