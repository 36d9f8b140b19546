namespace TencentChat.Errors;

/// <summary>What the codes that mean the same to an admin have in common.</summary>
internal sealed record ErrorKind(string ErrorId, ErrorClass Class, string Advice)
{
    internal bool EndsRun { get; init; }

    internal bool IsEffectUnclear { get; init; }

    internal bool RenewsUserSig { get; init; }

    internal bool IsWorthOneRepeat { get; init; }

    internal bool IsRequestContent { get; init; }

    internal ChatError Of(int code, string meaning) => new()
    {
        Code = code,
        Class = Class,
        ErrorId = ErrorId,
        Meaning = meaning,
        Advice = Advice,
        EndsRun = EndsRun,
        IsEffectUnclear = IsEffectUnclear,
        RenewsUserSig = RenewsUserSig,
        IsWorthOneRepeat = IsWorthOneRepeat,
        IsRequestContent = IsRequestContent,
    };

    /// <summary>An error that the service has no code for.</summary>
    internal ChatError Of(string meaning) => Of(0, meaning);

    internal IEnumerable<ChatError> OfEach(string meaning, params int[] codes) => codes.Select(code => Of(code, meaning));
}
