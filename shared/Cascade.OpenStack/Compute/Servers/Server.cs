using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Json;

namespace Cascade.OpenStack.Compute;

/// <summary>
/// A server as Nova shows it (nova/api/openstack/compute/views/servers.py: ViewBuilder.show). What an older Nova does not say, or hides from
/// this token (host, hypervisor, instance name are for administrators), is null.
/// </summary>
public sealed record Server
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary><c>ACTIVE</c>, <c>BUILD</c>, <c>DELETED</c>, <c>ERROR</c>, <c>SHUTOFF</c> …; <c>UNKNOWN</c> when its cell is down (2.69).</summary>
    [AllowNull]
    public string Status { get => field ?? "UNKNOWN"; init; }

    /// <summary>Only in <c>ERROR</c> and <c>DELETED</c> (views/servers.py: _fault_statuses).</summary>
    public ServerFault? Fault { get; init; }

    public string? TenantId { get; init; }

    public string? UserId { get; init; }

    public DateTimeOffset? Created { get; init; }

    /// <summary>Seconds only.</summary>
    public DateTimeOffset? Updated { get; init; }

    [AllowNull]
    public IReadOnlyDictionary<string, string> Metadata { get => field ?? Empty; init; }

    /// <summary>Null below 2.26, where servers show no tags.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Image id; null when it boots from a volume.</summary>
    [JsonPropertyName("image")]
    [JsonConverter(typeof(IdConverter))]
    public string? ImageId { get; init; }

    public ServerFlavor? Flavor { get; init; }

    public string? KeyName { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<ServerAddress>>? Addresses { get; init; }

    [JsonPropertyName("OS-EXT-STS:task_state")]
    public string? TaskState { get; init; }

    [JsonPropertyName("OS-EXT-STS:vm_state")]
    public string? VmState { get; init; }

    /// <summary>0 none, 1 running, 3 paused, 4 shut down, 6 crashed, 7 suspended (nova/objects/fields.py: InstancePowerState).</summary>
    [JsonPropertyName("OS-EXT-STS:power_state")]
    public int? PowerState { get; init; }

    [JsonPropertyName("OS-EXT-SRV-ATTR:host")]
    public string? Host { get; init; }

    [JsonPropertyName("OS-EXT-SRV-ATTR:hypervisor_hostname")]
    public string? HypervisorHostname { get; init; }

    [JsonPropertyName("OS-EXT-SRV-ATTR:instance_name")]
    public string? InstanceName { get; init; }

    /// <summary>The guest's own host name; for everybody from 2.90 on.</summary>
    [JsonPropertyName("OS-EXT-SRV-ATTR:hostname")]
    public string? Hostname { get; init; }

    [JsonPropertyName("OS-EXT-AZ:availability_zone")]
    public string? AvailabilityZone { get; init; }

    /// <summary><c>True</c>, or empty.</summary>
    public string? ConfigDrive { get; init; }

    [JsonPropertyName("OS-SRV-USG:launched_at")]
    public DateTimeOffset? LaunchedAt { get; init; }

    [JsonPropertyName("OS-SRV-USG:terminated_at")]
    public DateTimeOffset? TerminatedAt { get; init; }

    [JsonPropertyName("os-extended-volumes:volumes_attached")]
    public IReadOnlyList<AttachedVolume>? VolumesAttached { get; init; }

    public string? Description { get; init; }

    public bool? Locked { get; init; }

    /// <summary>What this record has no name for.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }

    private static readonly Dictionary<string, string> Empty = [];
}

/// <summary>Why a server is in error. <see cref="Details"/> (a traceback) is for administrators.</summary>
public sealed record ServerFault(int Code, string? Message, string? Details, DateTimeOffset? Created);

/// <summary>The flavor as it was when the server was made (2.47).</summary>
public sealed record ServerFlavor(
    string? OriginalName, string? Id, int? Vcpus, int? Ram, int? Disk, int? Ephemeral, int? Swap, IReadOnlyDictionary<string, string>? ExtraSpecs);

/// <summary>One address of a server.</summary>
public sealed record ServerAddress(
    string Addr,
    int Version,
    [property: JsonPropertyName("OS-EXT-IPS:type")] string? Type,
    [property: JsonPropertyName("OS-EXT-IPS-MAC:mac_addr")] string? MacAddress);

public sealed record AttachedVolume(string Id, bool? DeleteOnTermination);
