using System.Net;
using TencentChat.Errors;

namespace TencentChat.Calls;

/// <summary>The way to the service: through a proxy that was given, through the system's, or straight.</summary>
internal sealed class ProxyRoute
{
    private static readonly string[] s_schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    private readonly IWebProxy? _given;
    private readonly ICredentials? _systemCredentials;
    private readonly bool _isStraight;

    /// <param name="endpoint">The service.</param>
    /// <param name="proxy">The proxy to go through; null for the system's.</param>
    /// <param name="credentials">What that proxy wants to see.</param>
    /// <exception cref="ChatConfigurationException">The proxy is none, or must not see what goes through it.</exception>
    public ProxyRoute(Uri endpoint, Uri? proxy, ICredentials? credentials)
    {
        bool isPlain = endpoint.Scheme == Uri.UriSchemeHttp;
        if (proxy is not null)
        {
            Check(proxy, credentials);
            if (isPlain && !proxy.IsLoopback)
            {
                throw new ChatConfigurationException("A proxy can read plain http, and with it the signature. Use https, or no proxy.");
            }

            _given = new WebProxy(new UriBuilder(proxy) { UserName = string.Empty, Password = string.Empty }.Uri) { Credentials = credentials ?? CredentialsIn(proxy) };
            return;
        }

        // The system's proxy is meant for the world outside, and would read the signature.
        _isStraight = isPlain;
        _systemCredentials = credentials;
        if (credentials is not null && ProxyOf(endpoint) is null)
        {
            throw new ChatConfigurationException("Credentials for a proxy were given, but there is no proxy for this address: none was given, and the system has none.");
        }
    }

    /// <summary>The proxy that calls to a host go through; null for none.</summary>
    public Uri? ProxyOf(Uri host)
    {
        IWebProxy? proxy = _isStraight ? null : _given ?? HttpClient.DefaultProxy;
        return proxy is null || proxy.IsBypassed(host) ? null : proxy.GetProxy(host);
    }

    public void ApplyTo(SocketsHttpHandler handler)
    {
        handler.UseProxy = !_isStraight;
        handler.Proxy = _given;
        handler.DefaultProxyCredentials = _systemCredentials;
    }

    private static void Check(Uri proxy, ICredentials? credentials)
    {
        if (!proxy.IsAbsoluteUri || !s_schemes.Contains(proxy.Scheme, StringComparer.Ordinal) || proxy.Port < 0)
        {
            throw new ChatConfigurationException("The proxy must be an address such as http://host:8080; https, socks4, socks4a and socks5 are possible too, these with a port.");
        }

        if (proxy.PathAndQuery is not ("/" or "") || proxy.Fragment.Length > 0)
        {
            throw new ChatConfigurationException("The proxy must be a host and, if need be, a port, without anything behind them.");
        }

        if (proxy.UserInfo.Length > 0 && credentials is not null)
        {
            throw new ChatConfigurationException("The proxy's address names a user, and credentials for the proxy were given too. Give one of them.");
        }
    }

    private static NetworkCredential? CredentialsIn(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        string[] parts = proxy.UserInfo.Split(':', 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }
}
