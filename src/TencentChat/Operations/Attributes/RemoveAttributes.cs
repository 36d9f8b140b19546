using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>Removes attributes by name (pages 37171 and 60566).</summary>
internal sealed class RemoveAttributes(AttributeService service, AttributeNameSource names) : RemoveAttributesCall<AttributeNamesRow>(service, names)
{
    public override bool CanPartRows => true;

    public static AttributeNamesRow NewRow(long number, string userId, object? source, string[] names) => Checked(new AttributeNamesRow(number, userId, source, names));

    protected override AttributeNamesRow CreateRow(long number, string userId, object? source) => new(number, userId, source, []);
}
