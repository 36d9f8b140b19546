namespace TencentChat.Emulator.Options;

/// <summary>Whom several tags in <c>TagsNot</c> shut out.</summary>
public enum TagsNotMeaning
{
    /// <summary>Accounts that have all of them: not (C and D).</summary>
    NotAll,

    /// <summary>Accounts that have any of them: not (C or D).</summary>
    NotAny,
}
