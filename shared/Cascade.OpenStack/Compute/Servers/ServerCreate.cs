using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>What to create (nova/api/openstack/compute/schemas/servers.py: create_v294). Null members are not sent.</summary>
public sealed record ServerCreate
{
    public required string Name { get; init; }

    /// <summary>Image id; null when a block device mapping boots.</summary>
    [JsonPropertyName("imageRef")]
    public string? ImageRef { get; init; }

    /// <summary>Flavor id.</summary>
    [JsonPropertyName("flavorRef")]
    public required string FlavorRef { get; init; }

    /// <summary>None, automatic, or ports and networks in order.</summary>
    public required ServerNetworks Networks { get; init; }

    /// <summary>Name of a keypair of the user whose token creates.</summary>
    public string? KeyName { get; init; }

    /// <summary>Base64, at most 65535 characters of it.</summary>
    public string? UserData { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public bool? ConfigDrive { get; init; }

    [JsonPropertyName("adminPass")]
    public string? AdminPass { get; init; }

    public string? AvailabilityZone { get; init; }

    /// <summary>The nova-compute that shall take it, if its filters let it (2.74); for administrators of the project that the server is made in.</summary>
    public string? Host { get; init; }

    /// <summary>As <see cref="Host"/>, by the name of the compute node.</summary>
    public string? HypervisorHostname { get; init; }

    /// <summary>2.19.</summary>
    public string? Description { get; init; }

    /// <summary>2.90; a full domain name from 2.94 on.</summary>
    public string? Hostname { get; init; }

    /// <summary>2.52; at most 50, each at most 60 characters and without comma or slash (nova/objects/instance.py, schemas/server_tags.py).</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    public IReadOnlyList<SecurityGroupName>? SecurityGroups { get; init; }

    [JsonPropertyName("block_device_mapping_v2")]
    public IReadOnlyList<BlockDevice>? BlockDevices { get; init; }

    /// <summary><c>AUTO</c> or <c>MANUAL</c>.</summary>
    [JsonPropertyName("OS-DCF:diskConfig")]
    public string? DiskConfig { get; init; }

    /// <summary>Hints by name; values are strings or lists of strings. Sent beside the server as <c>os:scheduler_hints</c>.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, SchedulerHint>? SchedulerHints { get; init; }

    /// <summary>Without password and user data.</summary>
    public override string ToString() => $"server {Name}";
}

public sealed record SecurityGroupName(string Name);

/// <summary>One entry of <c>block_device_mapping_v2</c>; words as in Nova's API.</summary>
public sealed record BlockDevice
{
    /// <summary><c>image</c>, <c>volume</c>, <c>snapshot</c> or <c>blank</c>.</summary>
    public required string SourceType { get; init; }

    /// <summary><c>local</c> or <c>volume</c>.</summary>
    public string? DestinationType { get; init; }

    public string? Uuid { get; init; }

    public int? BootIndex { get; init; }

    /// <summary>GiB.</summary>
    public int? VolumeSize { get; init; }

    public string? VolumeType { get; init; }

    public bool? DeleteOnTermination { get; init; }

    public string? DeviceName { get; init; }

    public string? DiskBus { get; init; }

    public string? DeviceType { get; init; }

    public string? GuestFormat { get; init; }

    public string? Tag { get; init; }

    public bool? NoDevice { get; init; }
}
