namespace TencentChat.Emulator.Options;

/// <summary>How <c>ErrorList</c> and <c>FailAccounts</c> are written when nothing failed.</summary>
public enum EmptyListForm
{
    /// <summary>The member is left out.</summary>
    Absent,

    /// <summary>The member is <c>null</c>.</summary>
    Null,

    /// <summary>The member is <c>[]</c>.</summary>
    EmptyArray,
}
