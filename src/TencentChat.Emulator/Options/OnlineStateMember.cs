namespace TencentChat.Emulator.Options;

/// <summary>The member of a <c>QueryResult</c> item that holds the state of the account.</summary>
public enum OnlineStateMember
{
    /// <summary><c>State</c>, as in the samples of page 35477.</summary>
    State,

    /// <summary><c>Status</c>, as in the field table of the same page.</summary>
    Status,
}
