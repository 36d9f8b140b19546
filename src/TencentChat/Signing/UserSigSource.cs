using TencentChat.Errors;

namespace TencentChat.Signing;

/// <summary>
/// Gives the admin's signature for calls: made from a secret key, cached and renewed, or as it was given. Safe for use from
/// many threads. No public member gives the key, and <see cref="ToString"/> shows the user id only.
/// </summary>
public abstract class UserSigSource : IDisposable
{
    private KnownSecrets? _secrets;

    private protected UserSigSource(string userId)
    {
        UserSig.CheckUserId(userId);
        UserId = userId;
    }

    /// <summary>The user that the signatures are for: the app admin who calls.</summary>
    public string UserId { get; }

    /// <summary>Whether this source has a key, and can make signatures.</summary>
    internal abstract bool CanSign { get; }

    /// <summary>A source that signs with the app's secret key.</summary>
    /// <param name="sdkAppId">The app's SDKAppID, greater than 0.</param>
    /// <param name="userId">The app admin, not empty.</param>
    /// <param name="key">The UTF-8 bytes of the key's text; a copy is kept until <see cref="Dispose()"/>, which zeroes it.
    /// The caller's array stays the caller's.</param>
    /// <param name="lifetime">How long each signature is valid: 24 hours, the least that page 34348 recommends, unless
    /// given; at most 50 years.</param>
    /// <param name="renewBefore">How long before its end a signature is replaced: a tenth of its life, at most one hour,
    /// unless given; less than the lifetime.</param>
    /// <exception cref="ArgumentException">An argument is outside the limits above.</exception>
    public static UserSigSource FromKey(
        long sdkAppId, string userId, byte[] key, TimeSpan? lifetime = null, TimeSpan? renewBefore = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new SigningUserSigSource(sdkAppId, userId, key, lifetime ?? TimeSpan.FromHours(24), renewBefore);
    }

    /// <summary>A source of one given signature, which cannot be renewed.</summary>
    /// <param name="userId">The app admin that the signature was made for, not empty.</param>
    /// <param name="userSig">The signature, not empty.</param>
    /// <exception cref="ArgumentException">The user id or the signature is empty.</exception>
    public static UserSigSource FromSignature(string userId, string userSig) => new GivenUserSigSource(userId, userSig);

    /// <summary>The signature to call with.</summary>
    /// <param name="now">The time of the call.</param>
    /// <exception cref="ObjectDisposedException">The source was disposed of.</exception>
    internal abstract string Get(DateTimeOffset now);

    /// <summary>
    /// Replaces a signature that the service refused, or that was invalidated by a kick of the admin.
    /// </summary>
    /// <param name="refused">The signature that was refused.</param>
    /// <param name="now">The present time.</param>
    /// <returns>True when <see cref="Get"/> now gives another signature than the refused one, be it made here or already by
    /// another thread; false when this source cannot make one.</returns>
    /// <exception cref="ObjectDisposedException">The source was disposed of.</exception>
    internal abstract bool TryRenew(string refused, DateTimeOffset now);

    /// <summary>What no text about a call that was signed so may show: the signature, what is packed in it, and the key.</summary>
    internal SecretMask SecretsOf(string userSig)
    {
        if (Volatile.Read(ref _secrets) is { } known && ReferenceEquals(known.UserSig, userSig))
        {
            return known.Secrets;
        }

        var secrets = new SecretMask();
        secrets.Add(userSig);
        secrets.Add(UserSig.HmacIn(userSig));
        AddKey(secrets);
        Volatile.Write(ref _secrets, new KnownSecrets(userSig, secrets));
        return secrets;
    }

    /// <summary>Adds the key, where there is one.</summary>
    private protected virtual void AddKey(SecretMask secrets)
    {
    }

    /// <summary>Makes a signature for any user of the app, which is not kept.</summary>
    /// <exception cref="ChatConfigurationException">This source has no key.</exception>
    internal abstract string Sign(string userId, DateTimeOffset now, TimeSpan lifetime, ReadOnlySpan<byte> userBuf);

    /// <summary>Forgets the key and the signature.</summary>
    public void Dispose()
    {
        Dispose(true);
        Interlocked.Exchange(ref _secrets, null)?.Secrets.Clear();
        GC.SuppressFinalize(this);
    }

    /// <summary>The user id, and nothing else.</summary>
    public sealed override string ToString() => UserId;

    /// <summary>Forgets the key and the signature.</summary>
    /// <param name="disposing">True when called by <see cref="Dispose()"/>.</param>
    protected abstract void Dispose(bool disposing);

    // No record: its text would show the signature.
    private sealed class KnownSecrets(string userSig, SecretMask secrets)
    {
        public string UserSig => userSig;

        public SecretMask Secrets => secrets;
    }
}
