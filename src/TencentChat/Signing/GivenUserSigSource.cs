namespace TencentChat.Signing;

/// <summary>One signature, made elsewhere.</summary>
internal sealed class GivenUserSigSource : UserSigSource
{
    private volatile string? _userSig;

    internal GivenUserSigSource(string userId, string userSig)
        : base(userId)
    {
        ArgumentException.ThrowIfNullOrEmpty(userSig);
        _userSig = userSig;
    }

    public override string Get(DateTimeOffset now) => _userSig ?? throw new ObjectDisposedException(GetType().FullName);

    public override bool TryRenew(string refused, DateTimeOffset now)
    {
        ObjectDisposedException.ThrowIf(_userSig is null, this);
        return false;
    }

    protected override void Dispose(bool disposing) => _userSig = null;
}
