namespace TencentChat.Emulator.Options;

/// <summary>What a call is answered that repeats a push and so sends nothing.</summary>
public enum RepeatedPushAnswer
{
    /// <summary>Success with the <c>TaskId</c> of the push it repeats.</summary>
    SameTask,

    /// <summary>Success with a <c>TaskId</c> of its own, under which nothing went out.</summary>
    NewTask,
}
