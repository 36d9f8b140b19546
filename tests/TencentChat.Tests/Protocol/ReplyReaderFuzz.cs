using System.Globalization;
using System.Text;
using TencentChat.Errors;
using TencentChat.Protocol;

namespace TencentChat.Tests.Protocol;

/// <summary>
/// Whatever the bytes are: a reply or a <see cref="ChatProtocolException"/>. The seed is fixed, so a finding comes again;
/// TENCENTCHAT_FUZZ sets the number of replies per kind for longer runs.
/// </summary>
public sealed class ReplyReaderFuzz
{
    private static readonly int s_rounds = int.TryParse(
        Environment.GetEnvironmentVariable("TENCENTCHAT_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds)
        ? rounds : 4_000;

    private static readonly string[] s_names =
    [
        "ErrorCode", "ErrorInfo", "ActionStatus", "UserAttrs", "UserTags", "Tags", "TaskId", "ResultItem", "QueryResult", "ErrorList", "FailAccounts",
        "AttrNames", "AttrTypes", "To_Account", "UserID", "Attrs", "ResultCode", "ResultInfo", "AccountStatus", "State", "Status",
        "Detail", "Platform", "0", "9", "", "x", "\\u0045rrorCode", "\\ud800",
    ];

    [Fact]
    public void Random_bytes_never_break_the_reader() => Run(1, 0, random =>
    {
        byte[] bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        if (bytes.Length > 0 && random.Next(2) == 0)
        {
            bytes[0] = (byte)'{';
        }

        return bytes;
    });

    [Fact]
    public void Mutated_replies_never_break_the_reader() => Run(2, s_rounds / 20, random =>
    {
        List<byte> bytes = [.. ReplyMutator.Samples[random.Next(ReplyMutator.Samples.Count)]];
        for (int i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            ReplyMutator.Mutate(random, bytes);
        }

        return [.. bytes];
    });

    [Fact]
    public void Json_of_known_names_with_wrong_types_and_repeated_keys_never_breaks_the_reader() => Run(3, s_rounds / 200, random =>
    {
        var json = new StringBuilder();
        Value(random, json, depth: 0, isRoot: true);
        return Encoding.UTF8.GetBytes(json.ToString());
    });

    [Fact]
    public void A_reply_of_many_megabytes_is_read_or_refused_in_bounded_memory()
    {
        // One text of 16 MB, and half a million accounts without a code: the first is skipped, the second refused at once.
        byte[] text = [.. "{\"X\":\""u8, .. Enumerable.Repeat((byte)'a', 16 << 20), .. "\",\"ErrorCode\":0}"u8];
        byte[] items = Encoding.UTF8.GetBytes(
            "{\"ResultItem\":[" + string.Join(',', Enumerable.Repeat("{\"UserID\":\"u\"}", 500_000)) + "],\"ErrorCode\":0}");

        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(0, ReplyReader.Read(text).ErrorCode);
        Assert.Throws<ChatProtocolException>(() => ReplyReader.Read(items));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static void Run(int seed, int readable, Func<Random, byte[]> make)
    {
        var random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < s_rounds; i++)
        {
            byte[] bytes = make(random);
            try
            {
                ReplyReader.Read(bytes);
            }
            catch (ChatProtocolException error)
            {
                refused++;
                Assert.InRange(error.Excerpt.Length, 0, 80);
                Assert.InRange(error.Offset ?? 0, 0, bytes.Length);
                Assert.DoesNotContain(error.Message, char.IsControl);
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {seed}, round {i}, {Convert.ToBase64String(bytes)}: {other}");
            }
        }

        Assert.True(refused > s_rounds / 10, "Too little of it was broken to prove anything.");
        Assert.True(s_rounds - refused >= readable, "Too little of it was readable to prove anything.");
    }

    private static void Value(Random random, StringBuilder json, int depth, bool isRoot = false)
    {
        int kind = isRoot ? 0 : random.Next(depth > 70 ? 1 : 0, 5);
        if (kind == 0)
        {
            json.Append('{');
            for (int i = 0, count = random.Next(5) + (isRoot ? 1 : 0); i < count; i++)
            {
                json.Append(i > 0 ? "," : "").Append('"').Append(s_names[random.Next(s_names.Length)]).Append("\":");
                Value(random, json, depth + 1);
            }

            json.Append('}');
        }
        else if (kind == 1 && depth <= 70)
        {
            json.Append('[');
            for (int i = 0, count = random.Next(3); i < count; i++)
            {
                json.Append(i > 0 ? "," : "");
                Value(random, json, depth + 1);
            }

            json.Append(']');
        }
        else
        {
            // Mostly valid scalars: the broken ones at the end would end every reply at the JSON alone.
            json.Append(ReplyMutator.Scalars[random.Next(random.Next(10) == 0 ? ReplyMutator.Scalars.Count : ReplyMutator.Scalars.Count - 4)]);
        }
    }
}
