namespace Cascade.Oslo.Config;

/// <summary>
/// <c>rabbit://user:password@host:port[,userN:passwordN@hostN:portN]/virtual_host?option=value</c>,
/// read as oslo_messaging/transport.py TransportURL.parse does. ToString masks the passwords.
/// </summary>
/// <param name="Transport">the scheme: rabbit, or kombu which means the same.</param>
/// <param name="Hosts">in the order written; empty means guest:guest@localhost.</param>
/// <param name="VirtualHost">decoded, without the slash that begins it: <c>/</c> + <c>/wire</c> (two slashes) is <c>/wire</c>; null when no path is given.</param>
/// <param name="Query">overrides of [oslo_messaging_rabbit]; repeated keys joined with commas.</param>
public sealed record TransportUrl(
    string Transport, IReadOnlyList<TransportHost> Hosts, string? VirtualHost, IReadOnlyDictionary<string, string> Query)
{
    /// <summary>What the broker is asked for: kombu turns an empty virtual host into "/".</summary>
    public string BrokerVirtualHost => string.IsNullOrEmpty(VirtualHost) ? "/" : VirtualHost;

    /// <summary>True when some hosts carry credentials and some do not, of which oslo.messaging warns.</summary>
    public bool HasMixedCredentials => Hosts.Any(h => h.HasCredentials) && Hosts.Any(h => !h.HasCredentials);

    /// <summary>What to show and to log.</summary>
    public override string ToString() =>
        $"{Transport}://{string.Join(',', Hosts)}/{Uri.EscapeDataString(VirtualHost ?? "").Replace("%2F", "/", StringComparison.Ordinal)}"
        + (Query.Count == 0 ? "" : "?" + string.Join('&', Query.Select(q => $"{q.Key}={q.Value}")));

    /// <exception cref="FormatException">says what is wrong and what to write; never holds a password.</exception>
    public static TransportUrl Parse(string text) =>
        TryParse(text, out var url, out var fault) ? url! : throw new FormatException(fault);

    /// <summary>False with a fault that says what is wrong and what to write.</summary>
    public static bool TryParse(string text, out TransportUrl? url, out string? fault)
    {
        (url, fault) = TransportUrlParser.Parse(text);
        return url is not null;
    }
}
