namespace TencentChat.Operations.Sync;

/// <summary>What makes an attribute as it should be.</summary>
public enum AttributeAction
{
    /// <summary>Set it to the desired value.</summary>
    Set,

    /// <summary>Remove it.</summary>
    Remove,
}
