using System.Management.Automation;
using System.Security;
using System.Text;
using TencentChat.Calls;
using TencentChat.Errors;
using TencentChat.PowerShell.Cmdlets;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;
using TencentChat.Protocol;
using TencentChat.Signing;

namespace TencentChat.PowerShell.Commands;

/// <summary>Connects to an app of the service, or to the emulator that comes with the module.</summary>
[Cmdlet(VerbsCommunications.Connect, "Chat", DefaultParameterSetName = EnvironmentSet)]
[OutputType(typeof(ChatConnection))]
public sealed partial class ConnectChatCommand : PSCmdlet, IDisposable
{
    private const string EnvironmentSet = "Environment";

    // The only one of the sets with an app that lacks nothing when the app alone is given, so the engine takes it then.
    private const string PromptSet = "Prompt";
    private const string CredentialSet = "Credential";
    private const string SecretKeySet = "SecretKey";
    private const string UserSigSet = "UserSig";
    private const string EmulatorSet = "Emulator";

    private readonly CallWait _wait;
    private bool _hasBegun;

    /// <summary>Makes the cmdlet.</summary>
    public ConnectChatCommand() => _wait = new CallWait(this);

    /// <summary>The app's SDKAppID, as the console shows it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PromptSet, Position = 0)]
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet, Position = 0)]
    [Parameter(Mandatory = true, ParameterSetName = SecretKeySet, Position = 0)]
    [Parameter(Mandatory = true, ParameterSetName = UserSigSet, Position = 0)]
    [AppId]
    [ValidateRange(1, long.MaxValue)]
    public long SdkAppId { get; set; }

    /// <summary>User name: the app admin. Password: the app's secret key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The app's secret key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretKeySet, Position = 1)]
    [Secret]
    [ValidateNotNull]
    public SecureString? SecretKey { get; set; }

    /// <summary>A signature that was made elsewhere for the admin; it cannot be renewed here.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UserSigSet)]
    [Secret]
    [ValidateNotNull]
    public SecureString? UserSig { get; set; }

    /// <summary>The app admin in whose name calls are made.</summary>
    [Parameter(ParameterSetName = PromptSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    [ValidateNotNullOrEmpty]
    public string AdminUserId { get; set; } = Credentials.DefaultAdmin;

    /// <summary>The app's region. An app lives in exactly one.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PromptSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    public ChatRegion Region { get; set; } = ChatRegion.China;

    /// <summary>The address of the service when it is not a region's. Plain http goes to loopback only.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PromptSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Plain http to another machine too, where everyone on the way can read the admin's signature.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PromptSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    public SwitchParameter AllowUnencrypted { get; set; }

    /// <summary>Which of the two attribute families the app uses.</summary>
    [Parameter]
    public AttributeService AttributeService { get; set; } = AttributeService.AllMemberPush;

    /// <summary>The most calls a second to one endpoint. Default: each endpoint's documented limit.</summary>
    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public double CallsPerSecond { get; set; }

    /// <summary>Repeats of one call after its first try.</summary>
    [Parameter]
    [ValidateRange(0, 20)]
    public int MaxRetry { get; set; } = new RetryPolicy().MaxRetry;

    /// <summary>Seconds that one call may take; the service itself takes up to 3.</summary>
    [Parameter]
    [ValidateRange(4, 300)]
    public int TimeoutSec { get; set; } = 10;

    /// <summary>The proxy to go through. Default: the system's.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PromptSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>The name and the password that the proxy requires.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = PromptSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Connects without the call that proves the credentials.</summary>
    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private bool IsPlaceGiven => Endpoint is not null || IsGiven(nameof(Region));

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _hasBegun = true;
        try
        {
            LeaveEarlier();
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            ChatConnectionOptions options = CreateOptions();
            if (ParameterSetName == EnvironmentSet)
            {
                ConnectByEnvironment(options);
            }
            else
            {
                ChatConnection connection = CreateConnection(options);
                Check(connection);
                DefaultConnection.Here.Connect(connection);
                Tell(connection);
            }
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _wait.Cancel();

    /// <summary>Ends whatever is still under way.</summary>
    public void Dispose()
    {
        _wait.Dispose();
        if (_hasBegun)
        {
            return;
        }

        // The engine refused a parameter, perhaps a key that is null because nobody found it. For the script's next line, that
        // is a Connect-Chat that failed like any other (P11).
        try
        {
            LeaveEarlier();
        }
        catch (ChatException)
        {
            // An emulated app that cannot be saved stays open, here as well.
        }
    }

    private static void LeaveEarlier()
    {
        if (DefaultConnection.Here.Current is { } earlier)
        {
            EmbeddedEmulator.Save(earlier);
        }

        DefaultConnection.Here.BeginConnect();
    }

    private void ConnectByEnvironment(ChatConnectionOptions options)
    {
        var environment = new EnvironmentConnection(options, IsPlaceGiven);
        EnvironmentStamp stamp = environment.Stamp();
        if (environment.Make() is not { } connection)
        {
            ThrowTerminatingError(ErrorRecords.BadInput("NotConnected", EnvironmentConnection.HowToConnect, null, ErrorCategory.ConnectionError));
            return;
        }

        Check(connection);
        DefaultConnection.Here.Connect(connection, environment, stamp);
        Tell(connection);
    }

    // An app that does not answer, or not to this admin, is never the default, and its key is forgotten.
    private void Check(ChatConnection connection)
    {
        bool isProven = SkipCheck;
        try
        {
            if (!isProven)
            {
                _wait.For(connection.CheckAsync);
                isProven = true;
            }
        }
        finally
        {
            if (!isProven)
            {
                connection.Dispose();
            }
        }
    }

    private void Tell(ChatConnection connection)
    {
        WriteVerbose($"Connected to {AppText.Of(connection)} as '{connection.AdminUserId}'.");
        if (Emulator)
        {
            WarnOfEmulator(connection);
        }

        if (PassThru)
        {
            ConnectionUse.GiveOut(connection);
            WriteObject(connection);
        }
    }

    private ChatConnection CreateConnection(ChatConnectionOptions options)
    {
        switch (ParameterSetName)
        {
            case PromptSet:
                return ConnectAs(options, KeyPrompt.Ask(Host, SdkAppId, AdminUserId));
            case CredentialSet:
                return ConnectAs(options, Credential!);
            case SecretKeySet:
                return Credentials.Use(SecretKey!, key => Credentials.Connect(options, () => UserSigSource.FromKey(SdkAppId, AdminUserId, key)));
            case UserSigSet:
                return Credentials.Use(UserSig!, signature => Credentials.Connect(options, () => UserSigSource.FromSignature(AdminUserId, Encoding.UTF8.GetString(signature))));
            default:
                return ConnectToEmulator(options);
        }
    }

    private ChatConnection ConnectAs(ChatConnectionOptions options, PSCredential credential) =>
        Credentials.Use(credential.Password, key => Credentials.Connect(options, () => UserSigSource.FromKey(SdkAppId, credential.UserName, key)));

    private ChatConnectionOptions CreateOptions()
    {
        if (Endpoint is not null && IsGiven(nameof(Region)))
        {
            throw new ChatConfigurationException("Use -Region or -Endpoint, not both: each says a place.");
        }

        return new ChatConnectionOptions
        {
            SdkAppId = SdkAppId,
            Region = Region,
            Endpoint = Endpoint,
            AllowUnencrypted = AllowUnencrypted,
            AttributeService = AttributeService,
            CallsPerSecond = CallsPerSecond > 0 ? CallsPerSecond : null,
            Retry = new RetryPolicy { MaxRetry = MaxRetry },
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Proxy = Proxy,
            ProxyCredentials = ProxyCredential?.GetNetworkCredential(),
        };
    }
}
