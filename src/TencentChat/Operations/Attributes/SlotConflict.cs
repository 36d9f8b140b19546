namespace TencentChat.Operations.Attributes;

/// <summary>Why a name cannot be put into a slot.</summary>
internal enum SlotConflict
{
    /// <summary>It can.</summary>
    None,

    /// <summary>The same name was put before.</summary>
    GivenTwice,

    /// <summary>The name belongs to another slot.</summary>
    NameTaken,

    /// <summary>Every slot has a name, and the service has no call that frees one.</summary>
    NoFreeSlot,

    /// <summary>The slot has another account type, which is fixed.</summary>
    OtherType,
}
