using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TencentChat.Tests.Network;

/// <summary>Certificates of the tests' own, which nobody trusts unless told to.</summary>
internal static class Certificates
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.UtcNow;

    /// <summary>The authority.</summary>
    public static X509Certificate2 Root { get; } = CreateRoot();

    /// <summary>A server's certificate of that authority.</summary>
    public static X509Certificate2 Create(string host = "localhost", bool isExpired = false)
    {
        using var key = RSA.Create(2048);
        CertificateRequest request = RequestFor(host, key);
        DateTimeOffset from = isExpired ? s_now.AddDays(-10) : s_now.AddDays(-1);
        using X509Certificate2 signed = request.Create(Root, from, isExpired ? s_now.AddDays(-5) : s_now.AddDays(5), RandomNumberGenerator.GetBytes(8));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A server's certificate of no authority.</summary>
    public static X509Certificate2 CreateSelfSigned()
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 whole = RequestFor("localhost", key).CreateSelfSigned(s_now.AddDays(-1), s_now.AddDays(5));
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }

    private static CertificateRequest RequestFor(string host, RSA key)
    {
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private static X509Certificate2 CreateRoot()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=An authority of tests", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 root = request.CreateSelfSigned(s_now.AddDays(-30), s_now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(root.Export(X509ContentType.Pkcs12), null);
    }
}
