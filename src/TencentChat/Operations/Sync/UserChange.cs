using TencentChat.Bulk;
using TencentChat.Protocol;

namespace TencentChat.Operations.Sync;

/// <summary>All that is changed of a user, whatever row asks for it: it is sent once, and what became of it holds for all of these rows.</summary>
internal sealed class UserChange
{
    /// <param name="userId">The user.</param>
    /// <param name="differences">What differs.</param>
    public UserChange(string userId, IReadOnlyList<AttributeDifference> differences)
    {
        AttributeDifference[] set = [.. differences.Where(difference => difference.Action == AttributeAction.Set)];
        ToSet = new AttributeChange(userId, Array.ConvertAll(set, difference => difference.Name), Array.ConvertAll(set, difference => difference.Desired));
        ToRemove = new AttributeRemoval(userId, [.. differences.Where(difference => difference.Action == AttributeAction.Remove).Select(difference => difference.Name)]);
    }

    public AttributeChange ToSet { get; }

    public AttributeRemoval ToRemove { get; }

    /// <summary>Whether the values were set.</summary>
    public bool IsSetDone { get; set; }

    /// <summary>Whether the removals were made.</summary>
    public bool IsRemoveDone { get; set; }

    /// <summary>The row that went first, once its fate is known: rows of the user in later batches share it.</summary>
    public ChatResult? Outcome { get; set; }

    public bool IsEmpty => ToSet.Names.Length + ToRemove.Names.Length == 0;

    public bool Has(AttributeAction action) => (action == AttributeAction.Set ? ToSet.Names : ToRemove.Names).Length > 0;

    public bool IsDone(AttributeAction action) => action == AttributeAction.Set ? IsSetDone : IsRemoveDone;
}
