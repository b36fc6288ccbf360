using System.Text.Json.Serialization;

namespace Cascade.OpenStack.Compute;

/// <summary>What a server is to be made anew from (nova/api/openstack/compute/schemas/servers.py: rebuild_v290).</summary>
public sealed record ServerRebuild
{
    [JsonPropertyName("imageRef")]
    public required string ImageRef { get; init; }

    public string? Name { get; init; }

    /// <summary>2.19.</summary>
    public string? Description { get; init; }

    [JsonPropertyName("adminPass")]
    public string? AdminPass { get; init; }

    /// <summary>Replaces all of it.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public bool? PreserveEphemeral { get; init; }

    /// <summary>2.54. Name of a keypair of the user whose token asks; set to null for none, left out for the one that it has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable KeyName { get; init; }

    /// <summary>2.57. Base64; set to null for none, left out for what it has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Settable UserData { get; init; }

    /// <summary>2.90; a full domain name from 2.94 on.</summary>
    public string? Hostname { get; init; }

    /// <summary>
    /// What is done to a volume that the server boots from: the image is written over it (true, 2.93), or it stays as it is, which the image in it must be (false); null
    /// where it boots from none. Said by the microversion alone (nova/api/openstack/compute/servers.py: _action_rebuild).
    /// </summary>
    [JsonIgnore]
    public bool? ReimagesVolume { get; init; }

    /// <summary>Without password and user data.</summary>
    public override string ToString() => $"rebuild from {ImageRef}";
}
