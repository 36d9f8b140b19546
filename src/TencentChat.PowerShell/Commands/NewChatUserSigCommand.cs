using System.Management.Automation;
using System.Security;
using TencentChat.Errors;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Output;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Commands;

/// <summary>Makes signatures with the connection's key: for the logins of clients, or to check a key (page 34385). No call is made.</summary>
[Cmdlet(VerbsCommon.New, "ChatUserSig")]
[OutputType(typeof(string), typeof(SecureString))]
public sealed class NewChatUserSigCommand : ChatCommand
{
    /// <summary>Whom the signature is for.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("To_Account", "Account", "Identifier", "User")]
    [ValidateNotNullOrEmpty]
    public string[] UserId { get; set; } = [];

    /// <summary>How long it is valid, from 1 second to 50 years; 24 hours or more are recommended.</summary>
    [Parameter]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(180);

    /// <summary>The rights in a TRTC room, as bytes; Chat needs none.</summary>
    [Parameter]
    [ValidateNotNull]
    public byte[] UserBuf { get; set; } = [];

    /// <summary>Writes SecureStrings instead of plain text.</summary>
    [Parameter]
    public SwitchParameter AsSecureString { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A bare number is taken for ticks, of which a second has ten million.
        if (Lifetime < TimeSpan.FromSeconds(1) || Lifetime > UserSig.MaxLifetime)
        {
            ThrowTerminatingError(ErrorRecords.BadInput(
                "InvalidLifetime",
                $"A signature lives from 1 second to {UserSig.MaxLifetime.Days} days, and not for {Lifetime}. For a day write -Lifetime (New-TimeSpan -Days 1).",
                Lifetime));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        ChatConnection connection = Chat;
        foreach (string userId in UserId)
        {
            try
            {
                Write(connection.CreateUserSig(userId, Lifetime, UserBuf));
            }
            catch (ChatException fault)
            {
                ThrowTerminatingError(ErrorRecords.Terminating(fault, connection, "Connect with -Credential or -SecretKey."));
            }
            catch (ArgumentException fault)
            {
                WriteError(ErrorRecords.BadInput("InvalidUserSigRequest", fault.Message, userId));
            }
        }
    }

    private void Write(string userSig)
    {
        if (!AsSecureString)
        {
            WriteObject(userSig);
            return;
        }

        var secret = new SecureString();
        foreach (char character in userSig)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        WriteObject(secret);
    }
}
