namespace Cascade.Oslo.Config;

/// <summary>One broker of a transport_url. Null where the URL says nothing; the password never shows in ToString.</summary>
public sealed record TransportHost(string? HostName, int? Port, string? Username, string? Password)
{
    /// <summary>oslo_messaging/_drivers/impl_rabbit.py Connection.__init__: <c>host.port or 5672</c>; also with TLS.</summary>
    public const int DefaultPort = 5672;

    /// <summary>True when both a user and a password are given; the broker is asked as guest otherwise (kombu's default).</summary>
    public bool HasCredentials => Username is not null && Password is not null;

    public string EffectiveHostName => string.IsNullOrEmpty(HostName) ? "localhost" : HostName;

    public int EffectivePort => Port is null or 0 ? DefaultPort : Port.Value;

    public string EffectiveUsername => string.IsNullOrEmpty(Username) ? "guest" : Username;

    public string EffectivePassword => string.IsNullOrEmpty(Password) ? "guest" : Password;

    public override string ToString()
    {
        var login = Username is null && Password is null
            ? ""
            : Uri.EscapeDataString(Username ?? "") + (Password is null ? "" : ":***") + "@";
        var host = HostName?.Contains(':', StringComparison.Ordinal) == true ? $"[{HostName}]" : HostName;
        return login + host + (Port is { } port ? $":{port}" : "");
    }
}
