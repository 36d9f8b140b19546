using System.Security.Cryptography;
using TencentChat.Errors;

namespace TencentChat.Signing;

/// <summary>Signs with the app's key, keeps the signature and replaces it in time.</summary>
internal sealed class SigningUserSigSource : UserSigSource
{
    /// <summary>How far ahead of the clock, in seconds, renewals may date a signature so that it is a later one.</summary>
    private const long MaxSecondsAhead = 5;

    private static readonly TimeSpan s_longestRenewBefore = TimeSpan.FromHours(1);

    private readonly object _gate = new();
    private readonly long _sdkAppId;
    private readonly byte[] _key;
    private readonly TimeSpan _lifetime;
    private readonly TimeSpan _renewBefore;
    private string? _current;
    private DateTimeOffset _issued;
    private bool _disposed;

    internal SigningUserSigSource(long sdkAppId, string userId, byte[] key, TimeSpan lifetime, TimeSpan? renewBefore)
        : base(userId)
    {
        UserSig.Check(sdkAppId, userId, key, lifetime);
        TimeSpan tenth = lifetime / 10;
        _renewBefore = renewBefore ?? (tenth < s_longestRenewBefore ? tenth : s_longestRenewBefore);
        if (_renewBefore < TimeSpan.Zero || _renewBefore >= lifetime)
        {
            throw new ArgumentOutOfRangeException(
                nameof(renewBefore), renewBefore, "A signature is renewed before its end and after its beginning.");
        }

        _sdkAppId = sdkAppId;
        _lifetime = lifetime;
        _key = (byte[])key.Clone();
    }

    internal override bool CanSign => true;

    internal override string Get(DateTimeOffset now)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current is null || now - _issued >= _lifetime - _renewBefore)
            {
                Issue(now);
            }

            return _current!;
        }
    }

    internal override bool TryRenew(string refused, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(refused);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);

            // A hundred calls in flight are refused together; the first one renews for all.
            if (string.Equals(refused, _current, StringComparison.Ordinal))
            {
                Issue(Later(now));
            }

            return true;
        }
    }

    internal override string Sign(string userId, DateTimeOffset now, TimeSpan lifetime, ReadOnlySpan<byte> userBuf)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return UserSig.Create(_sdkAppId, userId, _key, now, lifetime, userBuf);
        }
    }

    private protected override void AddKey(SecretMask secrets)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                secrets.Add(_key);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            _disposed = true;
            _current = null;
            CryptographicOperations.ZeroMemory(_key);
        }
    }

    /// <summary>
    /// A kick kills every signature made earlier, and signatures count in seconds: one made again within the same second
    /// would be the same text, and one that differed in its lifetime alone would still be as old as the kick. So a renewal is
    /// dated a second after the one it replaces. The vendor's verifier has no not-before check, and a second is less than
    /// clocks differ anyway; a clock that was set back (a difference of more than a few seconds) is believed instead.
    /// </summary>
    private DateTimeOffset Later(DateTimeOffset now)
    {
        long ahead = _issued.ToUnixTimeSeconds() - now.ToUnixTimeSeconds();
        return ahead is >= 0 and < MaxSecondsAhead ? _issued.AddSeconds(1) : now;
    }

    private void Issue(DateTimeOffset time)
    {
        _current = UserSig.Create(_sdkAppId, UserId, _key, time, _lifetime);
        _issued = time;
    }
}
