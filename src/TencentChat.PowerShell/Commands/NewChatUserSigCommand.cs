using System.Management.Automation;
using System.Security;
using TencentChat.Errors;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Commands;

/// <summary>Makes signatures with the connection's key: for the logins of clients, or to check a key (page 34385). No call is made.</summary>
[Cmdlet(VerbsCommon.New, "ChatUserSig", DefaultParameterSetName = ObjectSet)]
[OutputType(typeof(ChatUserSig), ParameterSetName = [ObjectSet])]
[OutputType(typeof(string), ParameterSetName = [PlainTextSet])]
[OutputType(typeof(SecureString), ParameterSetName = [SecureStringSet])]
public sealed class NewChatUserSigCommand : ChatCommand
{
    private const string ObjectSet = "Object";
    private const string PlainTextSet = "PlainText";
    private const string SecureStringSet = "SecureString";

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

    /// <summary>Writes the signatures alone, as text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlainTextSet)]
    public SwitchParameter AsPlainText { get; set; }

    /// <summary>Writes the signatures alone, as SecureStrings.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecureStringSet)]
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
                // Signatures count in whole seconds. The time is taken before, so that none ends earlier than is said here.
                var now = DateTimeOffset.FromUnixTimeSeconds(connection.Options.Time.GetUtcNow().ToUnixTimeSeconds());
                string userSig = connection.CreateUserSig(userId, Lifetime, UserBuf);
                Write(userId, userSig, now.AddSeconds(Math.Ceiling(Lifetime.TotalSeconds)));
            }
            catch (ChatException fault)
            {
                ThrowTerminatingError(ErrorRecords.Terminating(fault, connection, "Connect with -Credential or -SecretKey."));
            }
            catch (ArgumentException fault)
            {
                WriteError(ErrorRecords.BadInput("InvalidUserSigRequest", Credentials.MessageOf(fault), userId));
            }
        }
    }

    private void Write(string userId, string userSig, DateTimeOffset expires)
    {
        if (AsPlainText)
        {
            WriteObject(userSig);
        }
        else if (AsSecureString)
        {
            WriteObject(ToSecureString(userSig));
        }
        else
        {
            WriteObject(new ChatUserSig(userId, userSig, expires.ToLocalTime()));
        }
    }

    private static SecureString ToSecureString(string text)
    {
        var secret = new SecureString();
        foreach (char character in text)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
