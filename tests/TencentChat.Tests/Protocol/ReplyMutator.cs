using System.Text;

namespace TencentChat.Tests.Protocol;

/// <summary>Spoils replies.</summary>
internal static class ReplyMutator
{
    private static readonly byte[][] s_samples = [.. ReplySamples.All.Select(Encoding.UTF8.GetBytes)];

    private static readonly string[] s_scalars =
    [
        "0", "-1", "70107", "4294967295", "1e999", "-0.0", "99999999999999999999999999999999999999", "true", "false", "null",
        "\"\"", "\"u1\"", "\"\\ud800\"", "\"\\u0000\"", "\"\ud83d\ude00\"", "nul", "01", "\"", "'x'",
    ];

    public static IReadOnlyList<byte[]> Samples => s_samples;

    /// <summary>Scalars of JSON; the last four are broken.</summary>
    public static IReadOnlyList<string> Scalars => s_scalars;

    /// <summary>Changes one thing: a bit, a byte, a piece that goes or comes twice, a scalar or the end of another reply put in.</summary>
    public static void Mutate(Random random, List<byte> bytes)
    {
        int at = random.Next(bytes.Count);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, random.Next(1, Math.Min(20, bytes.Count - at) + 1));
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, random.Next(1, Math.Min(40, bytes.Count - at) + 1)));
                break;
            case 3:
                bytes[at] = (byte)"{}[]:,\"\\0 -e."[random.Next(13)];
                break;
            case 4:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_scalars[random.Next(s_scalars.Length)]));
                break;
            default:
                byte[] other = s_samples[random.Next(s_samples.Length)];
                bytes.InsertRange(at, other[random.Next(other.Length)..]);
                break;
        }
    }
}
