using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Sync;

namespace TencentChat.PowerShell.Binding;

/// <summary>Reads the rows of a plan: what Compare-ChatUserAttribute wrote, perhaps by way of a file.</summary>
/// <param name="rows">Makes the items.</param>
/// <param name="app">The app that is connected, as a plan names it.</param>
internal sealed class PlanBinder(DesiredRows rows, string app)
{
    /// <summary>Makes the row's item, settled if it is no row of a plan.</summary>
    /// <exception cref="BadInputException">The first row is none, and so the input is no plan, or it is about another app.</exception>
    public SyncResult Bind(PSObject input, long number)
    {
        PSObject row = RowInput.Unwrap(input);
        string userId = string.Empty;
        try
        {
            row = SavedResult.IsOne(row) ? SavedResult.RowOf(row).Row : row;
            AttributeDifference? planned = RowInput.IsPlainText(row) ? null : Read(row, out userId);
            return number == 1 && planned is null && userId.Length == 0
                ? throw new BadInputException(ClientErrors.InvalidPlan)
                : rows.NewPlanRow(number, userId, row, planned);
        }
        catch (BadInputException fault) when (fault is BadRowException || number > 1)
        {
            return rows.NewFailedRow(number, userId, row, fault.Error, fault.Message);
        }
    }

    private AttributeDifference? Read(PSObject row, out string userId)
    {
        RowInput.RefuseContainer(row);
        var reader = new RowReader(row);
        userId = Text(reader, nameof(AttributeDifference.UserId)) ?? string.Empty;

        // A value that the plan found to be missing may be missing in any app, and would be set there.
        if (Text(reader, nameof(AttributeDifference.App)) is { } other && other != app)
        {
            throw new BadInputException(ClientErrors.PlanOfOtherApp, $"The plan is for {other}, and this is {app}.");
        }

        string? name = Text(reader, nameof(AttributeDifference.Name));
        string? desired = Text(reader, nameof(AttributeDifference.Desired));
        bool isKnown = Enum.TryParse(Text(reader, nameof(AttributeDifference.Action)), ignoreCase: true, out AttributeAction action) && Enum.IsDefined(action);
        bool fits = action == AttributeAction.Remove ? desired is null : desired is not null && RowRules.CheckValue(desired) is null;
        return name is not null && isKnown && fits
            ? new AttributeDifference(userId, name, Text(reader, nameof(AttributeDifference.Current)), desired, action) { App = app }
            : null;
    }

    // A file has no null: an empty cell stands for it, and no value that can be set is empty.
    private static string? Text(RowReader reader, string name) =>
        reader.TryGet(name, out object? cell) && ValueText.TryGetOrNull(cell, out string? text) ? text : null;
}
