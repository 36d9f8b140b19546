namespace TencentChat.Emulator.Options;

/// <summary>What setting attribute names does to the slots the call does not mention.</summary>
public enum NamesUpdate
{
    /// <summary>They keep their names.</summary>
    PerSlot,

    /// <summary>They lose their names and the values stored under them.</summary>
    Replace,
}
