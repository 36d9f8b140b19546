using TencentChat.Emulator.Faults;

namespace TencentChat.Emulator.Options;

/// <summary>How an emulated app is set up. Read once, when the emulator is made.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The app id that callers name as <c>sdkappid</c>. Default 1400000000.</summary>
    public long SdkAppId { get; set; } = 1400000000;

    /// <summary>The app's secret key, as text. Null (the default): 64 random hexadecimal digits are made up at start.</summary>
    public string? SecretKey { get; set; }

    /// <summary>The app's admins, the only identifiers that may call. Default: <c>administrator</c>.</summary>
    public IReadOnlyList<string> Admins { get; set; } = ["administrator"];

    /// <summary>Names for the attribute slots 0, 1, … at start; at most 10, each 1 to 50 UTF-8 bytes. Default: none.</summary>
    public IReadOnlyList<string> AttributeNames { get; set; } = [];

    /// <summary>Calls a second each command lets through; 0 = any number; null (the default) = what the command's page says, 100 or 200.</summary>
    public int? RateLimit { get; set; }

    /// <summary>How long every answer is held back after its work was done. Default: not at all.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The edition of the app. Default: trial.</summary>
    public EmulatorPlan Plan { get; set; }

    /// <summary>What setting attributes or adding tags of an account never seen does. Default: the account comes into being.</summary>
    public UnknownAccounts UnknownAccounts { get; set; }

    /// <summary>Accounts that exist from the start, besides the admins.</summary>
    public IReadOnlyList<string> Accounts { get; set; } = [];

    /// <summary>Whether push to all users is switched on; off, <c>v4/all_member_push</c> answers 90045. Default: on.</summary>
    public bool PushToAllEnabled { get; set; } = true;

    /// <summary>Whether the Push service is activated; off, <c>v4/timpush</c> answers 90045. Default: on.</summary>
    public bool TimPushEnabled { get; set; } = true;

    /// <summary>
    /// Pushes in a day, by condition and to everybody; 0 = any number; null (the default) = as documented: 100, on a trial app 10 for
    /// <c>v4/timpush</c> (pages 37165, 60561).
    /// </summary>
    public int? PushesPerDay { get; set; }

    /// <summary>Whether accounts may be deleted; off, <c>account_delete</c> answers 71000. Null (the default): on for a trial app, off for a paid one (page 50301).</summary>
    public bool? AccountDeletionEnabled { get; set; }

    /// <summary>How many accounts a trial app may import. Default 100 (page 34953). Accounts that came into being otherwise do not count.</summary>
    public int TrialAccountLimit { get; set; } = 100;

    /// <summary>Where every random choice starts: the order of answers and which calls faults strike. Default 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How many calls the journal holds; older ones make room. Default 50,000.</summary>
    public int JournalCapacity { get; set; } = 50_000;

    /// <summary>Whether the journal holds the accounts of each call (else only how many there were). Default: yes.</summary>
    public bool JournalAccounts { get; set; } = true;

    /// <summary>The longest request body that is read, in bytes. Default 16 MiB. A longer one is answered like one that is no JSON.</summary>
    public int MaxBodyBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Faults in force from the start, see <see cref="Fault.Parse"/>.</summary>
    public IReadOnlyList<Fault> Faults { get; set; } = [];

    /// <summary>The answers to what the documentation leaves open.</summary>
    public OpenQuestions OpenQuestions { get; set; } = new();
}
