using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>
/// A section in the words of keystoneauth (keystoneauth1/loading): how to log in to a cloud and which of its endpoints to take.
/// Used for the child and for the parent's REST services alike.
/// </summary>
public sealed record CloudSection
{
    /// <summary>The name of the section; also the name of the cloud in logs and metrics.</summary>
    public required string Name { get; init; }

    public required Uri AuthUrl { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? UserDomainName { get; init; }

    public string? UserDomainId { get; init; }

    public string? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public string? ProjectDomainName { get; init; }

    public string? ProjectDomainId { get; init; }

    public string? ApplicationCredentialId { get; init; }

    public string? ApplicationCredentialSecret { get; init; }

    public string? RegionName { get; init; }

    public IReadOnlyList<string> ValidInterfaces { get; init; } = ["internal", "public"];

    public string? CaFile { get; init; }

    /// <summary>Limit of one request; null for the defaults of the service.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Endpoints by service type that replace the catalog's.</summary>
    public IReadOnlyDictionary<string, Uri> EndpointOverrides { get; init; } = new Dictionary<string, Uri>(StringComparer.Ordinal);

    /// <summary>Reads and checks the section; a fault leaves a record that must not be used, and start is refused.</summary>
    /// <param name="reader">collects the faults.</param>
    /// <param name="name">the section.</param>
    /// <param name="help">one sentence for the sample.</param>
    /// <param name="serviceTypes">
    /// what is asked of this cloud. One type: <c>endpoint_override</c>. Several: <c>TYPE_endpoint_override</c> each, with underscores.
    /// </param>
    public static CloudSection Read(OptionReader reader, string name, string help, params IReadOnlyList<string> serviceTypes) =>
        new CloudSectionReading(reader, name, help).Read(serviceTypes);

    /// <summary>Everything but the secrets.</summary>
    public override string ToString() => $"[{Name}] {AuthUrl} {(ApplicationCredentialId is null ? $"user {Username}" : $"application credential {ApplicationCredentialId}")}";
}
