using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>A row that removes attributes.</summary>
internal interface IRemovesAttributes
{
    AttributeRemoval ToRemove { get; }
}
