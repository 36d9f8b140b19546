namespace TencentChat.Emulator.Protocol;

/// <summary>Codes that more than one place answers, or that say little by themselves.</summary>
internal static class Codes
{
    public const int BadAddress = 60002;
    public const int RateLimited = 60007;
    public const int BadUserSig = 70003;
    public const int AccountMissing = 70107;
    public const int TrialLimit = 70398;
    public const int DeletedTooRecently = 70399;
    public const int BadParameters = 70402;
    public const int DeletionOff = 71000;
    public const int ProfileTooLong = 40601;
    public const int BadBody = 90001;
    public const int BadAccount = 90003;
    public const int TooManyToAskFor = 90011;
    public const int TooManyAccounts = 90018;
    public const int BadAttribute = 90033;
    public const int OtherAccountType = 90035;
    public const int PushOff = 90045;
    public const int PushAccountMissing = 90048;
}
