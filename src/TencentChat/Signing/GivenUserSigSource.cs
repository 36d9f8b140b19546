using TencentChat.Errors;

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

    internal override bool CanSign => false;

    internal override string Get(DateTimeOffset now) => _userSig ?? throw new ObjectDisposedException(GetType().FullName);

    internal override bool TryRenew(string refused, DateTimeOffset now)
    {
        ObjectDisposedException.ThrowIf(_userSig is null, this);
        return false;
    }

    internal override string Sign(string userId, DateTimeOffset now, TimeSpan lifetime, ReadOnlySpan<byte> userBuf) =>
        throw new ChatConfigurationException("This connection was given a signature and has no key to make others with.");

    protected override void Dispose(bool disposing) => _userSig = null;
}
