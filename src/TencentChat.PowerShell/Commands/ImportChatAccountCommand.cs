using System.Management.Automation;
using TencentChat.Errors;
using TencentChat.Operations.Accounts;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.Bulk;

namespace TencentChat.PowerShell.Commands;

/// <summary>Imports accounts, with nickname and photo where given, a hundred a call (page 34954).</summary>
[Cmdlet(VerbsData.Import, "ChatAccount", SupportsShouldProcess = true, DefaultParameterSetName = UserSet)]
[OutputType(typeof(ChatResult))]
public sealed class ImportChatAccountCommand : BulkCommand
{
    /// <summary>The nickname, at most 500 bytes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public string? Nick { get; set; }

    /// <summary>The address of the photo, at most 500 bytes.</summary>
    [Parameter(ParameterSetName = UserSet)]
    public string? FaceUrl { get; set; }

    /// <inheritdoc/>
    private protected override Action<PSObject, long> Start()
    {
        var operation = new ImportAccounts();
        var ids = new UserIdBinder(UserIdProperty);
        return Start(operation, Bind, ask: row => MaySend(row.UserId, "Import account"));

        ImportRow Bind(PSObject input, long number)
        {
            PSObject row = RowInput.Unwrap(input);
            row = SavedResult.IsOne(row) ? SavedResult.RowOf(row) : row;
            (string? nick, string? faceUrl) = (Nick, FaceUrl);
            bool isText = true;
            if (ParameterSetName == RowSet && !RowInput.IsPlainText(row))
            {
                var reader = new RowReader(row);
                isText = TryRead(reader, nameof(Nick), ref nick) & TryRead(reader, nameof(FaceUrl), ref faceUrl);
            }

            string userId = ids.Bind(row, number);
            return isText || RowRules.CheckUserId(userId) is not null
                ? ImportAccounts.NewRow(number, userId, row, nick, faceUrl)
                : operation.NewFailedRow(number, userId, row, ClientErrors.NotText, ClientErrors.NotText.Describe("Nick or FaceUrl"));
        }
    }

    private static bool TryRead(RowReader reader, string name, ref string? text) => !reader.TryGet(name, out object? cell) || ValueText.TryGet(cell, out text);
}
