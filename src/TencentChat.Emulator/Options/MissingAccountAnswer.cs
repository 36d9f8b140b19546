namespace TencentChat.Emulator.Options;

/// <summary>What a call of <c>v4/all_member_push</c> answers when it names an account that does not exist.</summary>
public enum MissingAccountAnswer
{
    /// <summary>The whole call fails with 90048.</summary>
    Fail90048,

    /// <summary>The whole call fails with 70107.</summary>
    Fail70107,

    /// <summary>The account is passed over: a set or removal does nothing for it, a get answers it with no attributes.</summary>
    Silent,
}
