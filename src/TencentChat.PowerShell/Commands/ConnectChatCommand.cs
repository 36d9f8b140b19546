using System.Management.Automation;
using System.Net;
using System.Security;
using TencentChat.Calls;
using TencentChat.Emulator;
using TencentChat.Emulator.Options;
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
public sealed class ConnectChatCommand : WaitingCommand
{
    private const string EnvironmentSet = "Environment";
    private const string CredentialSet = "Credential";
    private const string SecretKeySet = "SecretKey";
    private const string UserSigSet = "UserSig";
    private const string EmulatorSet = "Emulator";

    /// <summary>The app's SDKAppID, as the console shows it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet, Position = 0)]
    [Parameter(Mandatory = true, ParameterSetName = SecretKeySet, Position = 0)]
    [Parameter(Mandatory = true, ParameterSetName = UserSigSet, Position = 0)]
    [ValidateRange(1, long.MaxValue)]
    public long SdkAppId { get; set; }

    /// <summary>User name: the app admin. Password: the app's secret key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CredentialSet)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The app's secret key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretKeySet)]
    [ValidateNotNull]
    public SecureString? SecretKey { get; set; }

    /// <summary>A signature that was made elsewhere for the admin; it cannot be renewed here.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UserSigSet)]
    [ValidateNotNull]
    public SecureString? UserSig { get; set; }

    /// <summary>The app admin in whose name calls are made.</summary>
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    [ValidateNotNullOrEmpty]
    public string AdminUserId { get; set; } = Credentials.DefaultAdmin;

    /// <summary>The embedded emulator: nothing reaches the cloud.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The attribute names that the emulated app starts with, at most ten.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateCount(0, 10)]
    public string[] AttributeName { get; set; } = [];

    /// <summary>The app's region. An app lives in exactly one.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    public ChatRegion Region { get; set; } = ChatRegion.China;

    /// <summary>The address of the service when it is not a region's. Plain http goes to loopback only.</summary>
    [Parameter(ParameterSetName = EnvironmentSet)]
    [Parameter(ParameterSetName = CredentialSet)]
    [Parameter(ParameterSetName = SecretKeySet)]
    [Parameter(ParameterSetName = UserSigSet)]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <summary>Which of the two attribute families the app uses.</summary>
    [Parameter]
    public AttributeService AttributeService { get; set; } = AttributeService.AllMemberPush;

    /// <summary>The most calls a second to one endpoint; left alone, each endpoint's documented limit.</summary>
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

    /// <summary>The proxy to go through; left alone, the system's.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Who the proxy wants to see.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Connects without the call that proves the credentials.</summary>
    [Parameter]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>Writes the connection.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // If this fails, what follows must not go to the app that was connected before.
        DefaultConnection.Current = null;
        ChatConnection connection;
        try
        {
            connection = CreateConnection();
        }
        catch (ChatException fault)
        {
            ThrowTerminatingError(ErrorRecords.Terminating(fault, null));
            return;
        }

        if (!SkipCheck)
        {
            Check(connection);
        }

        DefaultConnection.Current = connection;
        if (Emulator)
        {
            WriteWarning("Connected to the embedded emulator: nothing reaches the cloud, and everything is forgotten with this session.");
        }

        if (PassThru)
        {
            WriteObject(connection);
        }
    }

    private void Check(ChatConnection connection)
    {
        bool isProven = false;
        try
        {
            Await(connection.CheckAsync);
            isProven = true;
        }
        finally
        {
            if (!isProven)
            {
                connection.Dispose();
            }
        }
    }

    private ChatConnection CreateConnection()
    {
        ChatConnectionOptions options = CreateOptions();
        switch (ParameterSetName)
        {
            case CredentialSet:
                return Credentials.Use(Credential!.Password, key => new ChatConnection(options, UserSigSource.FromKey(SdkAppId, Credential.UserName, key)));
            case SecretKeySet:
                return Credentials.Use(SecretKey!, key => new ChatConnection(options, UserSigSource.FromKey(SdkAppId, AdminUserId, key)));
            case UserSigSet:
                return Credentials.Use(UserSig!, signature => new ChatConnection(options, UserSigSource.FromSignature(AdminUserId, System.Text.Encoding.UTF8.GetString(signature))));
            case EmulatorSet:
                return CreateEmulated(options);
            default:
                return EnvironmentConnection.Create(options, isPlaceGiven: Endpoint is not null || MyInvocation.BoundParameters.ContainsKey(nameof(Region)));
        }
    }

    private ChatConnection CreateEmulated(ChatConnectionOptions options)
    {
        ChatEmulator emulator;
        try
        {
            emulator = new ChatEmulator(new EmulatorOptions { AttributeNames = AttributeName });
        }
        catch (ArgumentException fault)
        {
            throw new ChatConfigurationException(fault.Message);
        }

        byte[] key = System.Text.Encoding.UTF8.GetBytes(emulator.SecretKey);
        options = options with { SdkAppId = emulator.SdkAppId, Endpoint = new Uri("http://localhost"), Handler = emulator.CreateHandler() };
        return new ChatConnection(options, UserSigSource.FromKey(emulator.SdkAppId, Credentials.DefaultAdmin, key));
    }

    private ChatConnectionOptions CreateOptions()
    {
        if (Endpoint is not null && MyInvocation.BoundParameters.ContainsKey(nameof(Region)))
        {
            throw new ChatConfigurationException("-Region and -Endpoint say two different places. Give one of them.");
        }

        return new ChatConnectionOptions
        {
            SdkAppId = SdkAppId,
            Region = Region,
            Endpoint = Endpoint,
            AttributeService = AttributeService,
            CallsPerSecond = CallsPerSecond > 0 ? CallsPerSecond : null,
            Retry = new RetryPolicy { MaxRetry = MaxRetry },
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Proxy = Proxy is null ? null : new WebProxy(Proxy) { Credentials = ProxyCredential?.GetNetworkCredential() },
        };
    }
}
