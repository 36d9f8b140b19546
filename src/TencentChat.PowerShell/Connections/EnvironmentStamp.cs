using System.Security.Cryptography;
using System.Text;

namespace TencentChat.PowerShell.Connections;

/// <summary>
/// What the environment said about a connection at one moment, to be compared with what it says later (P11). Of a secret it
/// keeps a keyed hash, never the text.
/// </summary>
internal sealed class EnvironmentStamp
{
    // A hash with a key that this process alone knows tells nobody anything about the secret.
    private static readonly byte[] s_hashKey = RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);

    private readonly string?[] _values;

    private EnvironmentStamp(string?[] values) => _values = values;

    /// <summary>Takes down what the environment says now.</summary>
    /// <param name="isPlaceGiven">Whether region and endpoint come from elsewhere and do not count.</param>
    public static EnvironmentStamp Take(bool isPlaceGiven) => new(
    [
        EnvironmentVariables.Get(EnvironmentVariables.SdkAppId),
        Hash(EnvironmentVariables.Get(EnvironmentVariables.SecretKey)),
        Hash(EnvironmentVariables.Get(EnvironmentVariables.UserSig)),
        EnvironmentVariables.Get(EnvironmentVariables.Admin),
        isPlaceGiven ? null : EnvironmentVariables.Get(EnvironmentVariables.Region),
        isPlaceGiven ? null : EnvironmentVariables.Get(EnvironmentVariables.Endpoint),
    ]);

    /// <summary>Whether this says something else than an earlier stamp.</summary>
    /// <param name="earlier">The earlier stamp.</param>
    /// <param name="mayBeGone">Whether a variable that is gone says nothing else: a script may clear the key that it has connected with.</param>
    public bool Contradicts(EnvironmentStamp earlier, bool mayBeGone)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (_values[i] != earlier._values[i] && !(mayBeGone && _values[i] is null))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Hash(string? secret) =>
        secret is null ? null : Convert.ToHexString(HMACSHA256.HashData(s_hashKey, Encoding.UTF8.GetBytes(secret)));
}
