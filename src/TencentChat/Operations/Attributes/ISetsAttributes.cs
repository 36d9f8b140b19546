using TencentChat.Protocol;

namespace TencentChat.Operations.Attributes;

/// <summary>A row that sets attributes.</summary>
internal interface ISetsAttributes
{
    AttributeChange ToSet { get; }
}
