using System.Management.Automation;
using TencentChat.Emulator.Faults;
using TencentChat.Emulator.Options;
using TencentChat.Errors;
using TencentChat.PowerShell.Binding;
using TencentChat.PowerShell.Connections;
using TencentChat.PowerShell.Output;

namespace TencentChat.PowerShell.Commands;

// What the embedded emulator is told: the app to rehearse with.
public sealed partial class ConnectChatCommand
{
    private SeedRows? _seeds;

    /// <summary>The embedded emulator: nothing reaches the cloud.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EmulatorSet)]
    public SwitchParameter Emulator { get; set; }

    /// <summary>The attribute names that the emulated app starts with, at most ten. Default: the columns of the first row of <see cref="Account"/>.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateCount(0, 10)]
    public string[] AttributeName { get; set; } = [];

    /// <summary>The users that the emulated app starts with: ids, or rows with attributes in their columns.</summary>
    [Parameter(ParameterSetName = EmulatorSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject[] Account { get; set; } = [];

    /// <summary>The column of <see cref="Account"/> that names the user, when it is not called UserId, To_Account, Account, Identifier or User.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNullOrEmpty]
    public string? UserIdProperty { get; set; }

    /// <summary>The edition of the emulated app. A trial app imports at most 100 accounts.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    public EmulatorPlan Plan { get; set; }

    /// <summary>Accounts may be deleted also from a paid app, as its admin can allow in the console.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    public SwitchParameter AllowAccountDeletion { get; set; }

    /// <summary>Faults to answer with, each <c>command:fault:share</c>, such as <c>im_set_attr:502:0.01</c>.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNullOrEmpty]
    public string[] Fault { get; set; } = [];

    /// <summary>How many milliseconds every answer takes.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateRange(0, 60_000)]
    public int LatencyMs { get; set; }

    /// <summary>The file that the emulated app is read from, if it is there, and saved to by Disconnect-Chat.</summary>
    [Parameter(ParameterSetName = EmulatorSet)]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PSObject row in Account)
        {
            _seeds ??= new SeedRows(IsGiven(nameof(AttributeName)) ? AttributeName : null, UserIdProperty, WriteWarning);
            try
            {
                _seeds.Add(row);
            }
            catch (BadInputException fault)
            {
                ThrowTerminatingError(ErrorRecords.BadInput(fault.Error, fault.Message, row));
            }
            catch (ChatException fault)
            {
                ThrowTerminatingError(ErrorRecords.Terminating(fault, row));
            }
        }
    }

    private ChatConnection ConnectToEmulator(ChatConnectionOptions options)
    {
        var app = new EmulatorOptions
        {
            AttributeNames = _seeds?.Names ?? AttributeName,
            Plan = Plan,
            AccountDeletionEnabled = AllowAccountDeletion ? true : null,
            Faults = ReadFaults(),
            Latency = TimeSpan.FromMilliseconds(LatencyMs),

            // As many as the connection sends: to try out another rate must not come to nothing but refusals.
            RateLimit = CallsPerSecond > 0 ? (int)Math.Ceiling(CallsPerSecond) : null,
        };
        EmbeddedEmulator emulator = StatePath is null ? new EmbeddedEmulator(app) : EmbeddedEmulator.Open(app, FindStateFile(StatePath));
        if (_seeds is not null)
        {
            emulator.Add(_seeds);
            WriteVerbose($"The emulated app starts with {_seeds.Users.Count} users.");
            if (_seeds.LeftOut > 0)
            {
                WriteWarning($"{_seeds.LeftOut} of {_seeds.Count} rows are no users that an app could have, and are left out. {_seeds.FirstFault}");
            }
        }

        return emulator.Connect(options);
    }

    private void WarnOfEmulator(ChatConnection connection) => WriteWarning("Connected to the embedded emulator: nothing reaches the cloud, and " +
        (EmbeddedEmulator.Of(connection)?.StatePath is { } path ? $"Disconnect-Chat saves the app to '{path}'." : "everything is forgotten with this session."));

    private Fault[] ReadFaults()
    {
        try
        {
            return Array.ConvertAll(Fault, TencentChat.Emulator.Faults.Fault.Parse);
        }
        catch (FormatException fault)
        {
            throw new ChatConfigurationException(fault.Message);
        }
    }

    private string FindStateFile(string given)
    {
        string path = GetUnresolvedProviderPathFromPSPath(given);
        return !File.Exists(path) || (_seeds is null && !IsGiven(nameof(AttributeName))) ? path : throw new ChatConfigurationException(
            $"'{path}' has an app with names and users of its own, which -AttributeName and -Account cannot be combined with. Leave them out, or delete the file to begin anew.");
    }

    private bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
