namespace TencentChat.PowerShell.Output;

/// <summary>A signature, whose it is, and until when. No view shows the signature itself: it is a secret.</summary>
public sealed class ChatUserSig
{
    internal ChatUserSig(string userId, string userSig, DateTimeOffset expires) => (UserId, UserSig, Expires) = (userId, userSig, expires);

    /// <summary>Whom the signature is for.</summary>
    public string UserId { get; }

    /// <summary>The signature. Whoever has it is that user until it expires.</summary>
    public string UserSig { get; }

    /// <summary>When the signature ends, in this machine's time.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>The user and the end, and not the signature.</summary>
    public override string ToString() => $"{UserId}, until {Expires:u}";
}
