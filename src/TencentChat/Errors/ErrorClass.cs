namespace TencentChat.Errors;

/// <summary>What kind of answer a code is, and so what to do about it.</summary>
public enum ErrorClass
{
    /// <summary>Success.</summary>
    None,

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

    /// <summary>Another write was under way: wait longer, with fewer calls at once.</summary>
    Conflict,

    /// <summary>Not documented: show it, do not repeat.</summary>
    Unknown,
}
