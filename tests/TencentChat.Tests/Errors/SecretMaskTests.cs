using System.Text;
using TencentChat.Bulk;
using TencentChat.Errors;
using TencentChat.Signing;
using TencentChat.Tests.Fakes;
using TencentChat.Tests.Signing;

namespace TencentChat.Tests.Errors;

/// <summary>Promise P9 for texts from outside: a secret is known by its value, however it is spelled, cut or unpacked.</summary>
[Collection(VirtualTime.Collection)]
public sealed class SecretMaskTests
{
    private static readonly UserSigSource s_source = UserSigSource.FromKey(1400000000, "administrator", Encoding.UTF8.GetBytes(Lab.Key));
    private static readonly string s_sig = s_source.Get(DateTimeOffset.UnixEpoch);

    /// <summary>What a service or a gateway may make of a signature.</summary>
    public static TheoryData<string, string> Spellings
    {
        get
        {
            string standard = s_sig.Replace('*', '+').Replace('-', '/').Replace('_', '=');
            using var unpacked = new UserSigText(s_sig);
            return new()
            {
                { "as it is", s_sig },
                { "standard Base64", standard },
                { "in an address", Uri.EscapeDataString(s_sig) },
                { "standard Base64 in an address", Uri.EscapeDataString(standard) },
                { "in JSON", standard.Replace("+", "\\u002b", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal) },
                { "in HTML", standard.Replace("+", "&#43;", StringComparison.Ordinal).Replace("=", "&#x3d;", StringComparison.Ordinal) },
                { "cut by blanks", string.Join(' ', s_sig.Chunk(20).Select(piece => new string(piece))) },
                { "cut into short pieces", string.Join(". ", s_sig.Chunk(7).Select(piece => new string(piece))) },
                { "in lines", string.Join("\r\n", standard.Chunk(64).Select(piece => new string(piece))) },
                { "the beginning", s_sig[..59] },
                { "the middle", s_sig[70..110] },
                { "a small piece", s_sig[100..116] },
                { "unpacked", unpacked.Json },
                { "the HMAC", unpacked.Sig },
                { "the key", Lab.Key },
                { "half of the key", Lab.Key[20..50] },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void P9_no_piece_of_a_secret_is_left(string how, string text)
    {
        string clean = Redaction.Clean($"Bad request: {text} (see the manual)", 10_000, isCut: false, s_source.SecretsOf(s_sig));
        Assert.Contains("***", clean, StringComparison.Ordinal);
        Assert.StartsWith("Bad request: ", clean, StringComparison.Ordinal);
        Assert.EndsWith("see the manual)", clean, StringComparison.Ordinal);
        AssertNothingLeft(how, clean);
    }

    [Theory]
    [InlineData("TLS.identifier:administrator")]
    [InlineData("The SDKAppID 1400000000 and administrator")]
    [InlineData("attrName:city already exists at index:1")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, Redaction.Clean(text, s_source.SecretsOf(s_sig)));

    [Fact]
    public void P9_after_the_source_is_disposed_of_it_keeps_nothing()
    {
        var source = UserSigSource.FromKey(1400000000, "administrator", Encoding.UTF8.GetBytes(Lab.Key));
        SecretMask secrets = source.SecretsOf(source.Get(DateTimeOffset.UnixEpoch));
        Assert.Equal("***", secrets.Apply(Lab.Key));
        source.Dispose();
        Assert.Equal(Lab.Key, secrets.Apply(Lab.Key));
    }

    [Theory]
    [InlineData("eJ-given*signature_")]
    [InlineData("not Base64 at all!")]
    [InlineData("AAAA")]
    public void A_given_signature_that_cannot_be_unpacked_is_masked_as_it_is(string userSig) =>
        Assert.DoesNotContain("givensignature", UserSigSource.FromSignature("a", userSig).SecretsOf(userSig).Apply($"it says {userSig}.").Replace("*", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);

    [Theory]
    [InlineData("as it is")]
    [InlineData("standard Base64")]
    [InlineData("cut by blanks")]
    [InlineData("the beginning")]
    [InlineData("the HMAC")]
    public Task P9_a_result_and_an_excerpt_show_none_of_it(string how) => VirtualTime.RunAsync((time, clock) =>
    {
        using var service = new ScriptedService(clock, call => call.Endpoint == "im_set_attr"
            ? Answers.Code(90030, Quote(how, call.Query("usersig"))) : Answers.Json($"<html>{Quote(how, call.Query("usersig"))}</html>"));
        using var lab = new Lab(time, clock, service);
        ChatResult result = Assert.Single(lab.Run(lab.Set, Rows.Set(1)));
        ChatServiceException fault = Assert.Throws<ChatServiceException>(() => time.Await(lab.Connection.GetAttributeNamesAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)));
        string used = service.Calls[0].Query("usersig");
        using var unpacked = new UserSigText(used);
        foreach (string secret in new[] { used, unpacked.Sig })
        {
            Assert.All([result.Message!, fault.ToString()], shown => AssertNoPiece(secret, shown));
        }
    });

    private static string Quote(string how, string userSig)
    {
        using var unpacked = new UserSigText(userSig);
        return how switch
        {
            "standard Base64" => userSig.Replace('*', '+').Replace('-', '/').Replace('_', '='),
            "cut by blanks" => string.Join(' ', userSig.Chunk(20).Select(piece => new string(piece))),
            "the beginning" => userSig[..59],
            "the HMAC" => unpacked.Sig,
            _ => userSig,
        };
    }

    private static void AssertNothingLeft(string how, string clean)
    {
        using var unpacked = new UserSigText(s_sig);
        Assert.All([s_sig, unpacked.Sig, Lab.Key], secret => AssertNoPiece(secret, clean));
        Assert.False(clean.Length > 300 && how != "unpacked", clean);
    }

    // Letters and digits alone, so that no spelling hides a piece.
    private static void AssertNoPiece(string secret, string shown)
    {
        string bare = string.Concat(shown.Where(char.IsAsciiLetterOrDigit));
        string letters = string.Concat(secret.Where(char.IsAsciiLetterOrDigit));
        for (int i = 0; i + 12 <= letters.Length; i++)
        {
            Assert.DoesNotContain(letters[i..(i + 12)], bare, StringComparison.Ordinal);
        }
    }
}
