using System.Text;

namespace Cascade.OpenStack;

/// <summary>How to reach one cloud and as whom. The words are those of keystoneauth and clouds.yaml.</summary>
public sealed record CloudOptions
{
    /// <summary>What the operator calls this cloud; appears in logs and metrics.</summary>
    public string Name { get; init; } = "cloud";

    /// <summary>Keystone, with or without <c>/v3</c>.</summary>
    public required Uri AuthUrl { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? UserDomainName { get; init; }

    public string? UserDomainId { get; init; }

    public string? ApplicationCredentialId { get; init; }

    public string? ApplicationCredentialSecret { get; init; }

    public string? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public string? ProjectDomainName { get; init; }

    public string? ProjectDomainId { get; init; }

    /// <summary>Region of the catalog; null takes the endpoints of any region.</summary>
    public string? RegionName { get; init; }

    /// <summary>Interfaces of the catalog in order of liking (keystoneauth <c>valid_interfaces</c>).</summary>
    public IReadOnlyList<string> ValidInterfaces { get; init; } = ["internal", "public"];

    /// <summary>PEM file with the only roots to trust for this cloud; null trusts the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>Endpoints by service type that replace the catalog's (<c>endpoint_override</c>), with the version in the path.</summary>
    public IReadOnlyDictionary<string, Uri> EndpointOverrides { get; init; } = new Dictionary<string, Uri>(StringComparer.Ordinal);

    /// <summary>Time-outs by service type where the defaults do not fit.</summary>
    public IReadOnlyDictionary<string, ServiceTimeouts> Timeouts { get; init; } = new Dictionary<string, ServiceTimeouts>(StringComparer.Ordinal);

    public RetryOptions Retry { get; init; } = new();

    /// <summary>Connections to one host and port; further requests wait for one.</summary>
    public int MaxConnectionsPerServer { get; init; } = 64;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    internal bool UsesApplicationCredential => ApplicationCredentialId is not null;

    /// <summary>Everything but the secrets.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Name} ({AuthUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}");
        text.Append(UsesApplicationCredential ? $", application credential {ApplicationCredentialId}" : $", user {Username}");
        text.Append(ProjectName is not null || ProjectId is not null ? $", project {ProjectName ?? ProjectId}" : "");
        return text.Append(RegionName is not null ? $", region {RegionName})" : ")").ToString();
    }
}
