namespace TencentChat.Errors;

/// <summary>What the codes that mean the same to an admin have in common.</summary>
internal sealed record ErrorKind(string ErrorId, ErrorClass Class, string Advice)
{
    internal bool IsHopeless { get; init; }

    internal bool IsEffectUnclear { get; init; }

    internal bool RenewsUserSig { get; init; }

    internal bool IsContent { get; init; }

    internal ServiceError Of(int code, string meaning) => new()
    {
        Code = code,
        Class = Class,
        ErrorId = ErrorId,
        Meaning = meaning,
        Advice = Advice,
        IsHopeless = IsHopeless,
        IsEffectUnclear = IsEffectUnclear,
        RenewsUserSig = RenewsUserSig,
        IsContent = IsContent,
    };

    internal IEnumerable<ServiceError> OfEach(string meaning, params int[] codes) => codes.Select(code => Of(code, meaning));
}
