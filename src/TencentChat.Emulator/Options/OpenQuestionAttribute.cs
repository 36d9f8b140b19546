namespace TencentChat.Emulator.Options;

/// <summary>Says, for a property of <see cref="OpenQuestions"/>, what is unknown and why the default is what it is.</summary>
/// <param name="question">What the service's documentation leaves open.</param>
/// <param name="reason">Why the default was chosen.</param>
/// <param name="candidates">For a code: the other answers that sources speak for.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OpenQuestionAttribute(string question, string reason, params int[] candidates) : Attribute
{
    /// <summary>What the service's documentation leaves open.</summary>
    public string Question { get; } = question;

    /// <summary>Why the default was chosen.</summary>
    public string Reason { get; } = reason;

    /// <summary>For a code: the other answers that sources speak for.</summary>
    public IReadOnlyList<int> Candidates { get; } = candidates;
}
