using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Sync;

namespace TencentChat.PowerShell.Binding;

/// <summary>Reads the lines of a plan: what Compare-ChatUserAttribute wrote, perhaps by way of a file.</summary>
internal static class PlanBinder
{
    /// <summary>Makes the line's item, settled if it is no line of a plan.</summary>
    public static DesiredRow Bind(PSObject input, long number)
    {
        PSObject row = RowInput.Unwrap(input);
        string userId = string.Empty;
        AttributeDifference? line = null;
        if (!RowInput.IsPlainText(row))
        {
            line = Read(new RowReader(row), out userId);
        }
        else if (number == 1)
        {
            throw new BadInputException(ClientErrors.InvalidPlan);
        }

        return ReadDesired.NewPlanRow(number, userId, row, line);
    }

    /// <summary>What the line asks for; nothing when the app is so already, as after a run that was broken off.</summary>
    public static List<AttributeDifference> Compare(DesiredRow read) =>
        AttributeComparer.Find(read.Attributes, read.Planned!.Name) == read.Planned.Desired ? [] : [read.Planned];

    /// <summary>Whether the app holds neither what the plan found nor what it wants.</summary>
    public static bool IsOutdated(DesiredRow read, out string? found)
    {
        AttributeDifference line = read.Planned!;
        string? current = AttributeComparer.Find(read.Attributes, line.Name);
        found = $"'{line.Name}' is {(current is null ? "not there" : $"'{current}'")}, the plan says {(line.Current is null ? "it is not there" : $"'{line.Current}'")}";
        return current != line.Current && current != line.Desired;
    }

    private static AttributeDifference? Read(RowReader reader, out string userId)
    {
        userId = Text(reader, nameof(AttributeDifference.UserId)) ?? string.Empty;
        string? name = Text(reader, nameof(AttributeDifference.Name));
        string? desired = Text(reader, nameof(AttributeDifference.Desired));
        bool isKnown = Enum.TryParse(Text(reader, nameof(AttributeDifference.Action)), ignoreCase: true, out AttributeAction action) && Enum.IsDefined(action);
        bool fits = action == AttributeAction.Remove ? desired is null : desired is not null && RowRules.CheckValue(desired) is null;
        return name is not null && isKnown && fits
            ? new AttributeDifference(userId, name, Text(reader, nameof(AttributeDifference.Current)), desired, action)
            : null;
    }

    // A file has no null: an empty cell stands for it, and no value that can be set is empty.
    private static string? Text(RowReader reader, string name) =>
        reader.TryGet(name, out object? cell) && ValueText.TryGet(cell, out string? text) && !string.IsNullOrEmpty(text) ? text : null;
}
