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
    public const int BadMessage = 90002;
    public const int BadMsgRandom = 90005;
    public const int MessageNotArray = 90007;
    public const int BadSender = 90008;
    public const int TooManyToAskFor = 90011;
    public const int TooManyAccounts = 90018;
    public const int TagInTwoConditions = 90022;
    public const int PushedTooSoon = 90024;
    public const int LifeTimeTooLong = 90026;
    public const int TooManyTags = 90032;
    public const int BadAttribute = 90033;
    public const int OtherAccountType = 90035;
    public const int MixedCondition = 90039;
    public const int EmptyTagInCondition = 90040;
    public const int PushOff = 90045;
    public const int PushQuotaSpent = 90047;
    public const int PushAccountMissing = 90048;
    public const int UnknownTask = 90049;
    public const int AlreadyRevoked = 90050;
    public const int RevokedTooSoon = 90051;
    public const int TaskTooOld = 90052;
    public const int TaskNotRevocable = 90053;
    public const int PushTooLong = 90056;
}
