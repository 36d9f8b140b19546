namespace TencentChat.Errors;

/// <summary>What became of a call that has no usable answer of the service.</summary>
internal enum TransportFault
{
    /// <summary>Nothing was sent, and it may pass: no name, no connection, a broken TLS handshake, a proxy's 502.</summary>
    Unreachable,

    /// <summary>Nothing reached the service, and every other call would be refused in the same way: a certificate, a proxy, a redirect.</summary>
    Refused,

    /// <summary>Something between here and the service refused this request: a firewall, a filter, a gateway.</summary>
    RequestRefused,

    /// <summary>Something between here and the service got too many requests.</summary>
    Throttled,

    /// <summary>The request may have arrived and its work may be done.</summary>
    NoAnswer,
}
