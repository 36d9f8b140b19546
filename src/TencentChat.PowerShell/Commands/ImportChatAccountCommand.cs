using System.Management.Automation;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;

namespace TencentChat.PowerShell.Commands;

/// <summary>Imports accounts, with nickname and photo where given, a hundred a call (page 34954).</summary>
[Cmdlet(VerbsData.Import, "ChatAccount", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class ImportChatAccountCommand : RowCommand
{
    private UserIdBinder? _ids;

    /// <summary>The nickname, at most 500 bytes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public string? Nick { get; set; }

    /// <summary>The address of the photo, at most 500 bytes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public string? FaceUrl { get; set; }

    /// <inheritdoc/>
    private protected override IBulkOperation CreateOperation() => new ImportAccountsStep();

    /// <inheritdoc/>
    private protected override ChatResult Bind(PSObject input, long number)
    {
        _ids ??= new UserIdBinder(UserIdProperty);
        PSObject row = RowInput.Unwrap(input);
        row = SavedResult.IsOne(row) ? SavedResult.RowOf(row) : row;
        string?[] profile = [Nick, FaceUrl];
        ServiceError? error = ParameterSetName == RowSet && !RowInput.IsPlainText(row) ? Read(new RowReader(row), profile) : null;
        ChatResult result = RowRules.Judged(new ChatResult(number, _ids.Bind(row, number), row) { Names = ImportAccountsStep.ProfileNames, Values = profile });
        if (error is not null && !result.IsSettled)
        {
            result.Settle(ChatResultStatus.Failed, 0, error.Describe("Nick or FaceUrl"), error);
        }

        return result;
    }

    /// <inheritdoc/>
    private protected override bool MayProceed(ChatResult row) => MaySend(row.UserId, "Import account");

    private static ServiceError? Read(RowReader reader, string?[] profile)
    {
        ServiceError? error = null;
        for (int i = 0; i < profile.Length; i++)
        {
            if (reader.TryGet(ImportAccountsStep.ProfileNames[i], out object? cell))
            {
                bool isText = ValueText.TryGet(cell, out string? text);
                error ??= RowRules.CheckProfile(isText, text);
                profile[i] = string.IsNullOrEmpty(text) ? null : text;
            }
        }

        return error;
    }
}
