namespace TencentChat.Errors;

/// <summary>What kind of error it is, and so what to do about it.</summary>
public enum ErrorClass
{
    /// <summary>Transient: wait and repeat.</summary>
    Retry,

    /// <summary>Too fast: slow down and repeat.</summary>
    Throttle,

    /// <summary>The signature, the admin or the app was not accepted.</summary>
    Auth,

    /// <summary>The request or one of its rows is not valid.</summary>
    Invalid,

    /// <summary>The account does not exist.</summary>
    NotFound,

    /// <summary>Edition, feature switch, quota or bill.</summary>
    Plan,

    /// <summary>Another write was under way: wait and repeat.</summary>
    Conflict,

    /// <summary>Not documented: show it, do not repeat.</summary>
    Unknown,
}
