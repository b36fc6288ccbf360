using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>What to change of a server (nova/api/openstack/compute/schemas/servers.py: update_v294). What is not set stays as it is.</summary>
public sealed record ServerUpdate
{
    public string? Name { get; init; }

    /// <summary>2.19; null takes it away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable Description { get; init; }

    /// <summary>2.90; a full domain name from 2.94 on.</summary>
    public string? Hostname { get; init; }
}

internal sealed record ServerUpdateBody(ServerUpdate Server);

internal sealed record MetadataBody([property: JsonRequired] IReadOnlyDictionary<string, string> Metadata);
