using System.Text.Json.Nodes;

namespace Cascade.Contracts.Cinder.Replies;

/// <summary>
/// How a volume is reached: by its id in the child. The driver's type is one that no connector knows, so that nobody but us can write to it. The API stores it
/// verbatim and the project's owner may read it: no secrets (cinder/volume/manager.py: VolumeManager._parse_connection_options).
/// </summary>
/// <param name="VolumeId">The parent's, for nova (nova/virt/block_device.py and libvirt's get_volume_id read it).</param>
/// <param name="ChildVolumeId">The child's.</param>
/// <param name="ChildRegion">Which child.</param>
/// <param name="AccessMode">From <see cref="Mode"/>.</param>
public sealed record ConnectionInfo(string VolumeId, string ChildVolumeId, string ChildRegion, string AccessMode)
{
    public const string DriverVolumeType = "cascade";

    public const string ReadWrite = "rw";

    public const string ReadOnly = "ro";

    /// <summary>Left out when null.</summary>
    public string? ChildProjectId { get; init; }

    /// <summary>False even for an encrypted volume, whose encryption is the child's: with true, nova puts a layer of its own on top.</summary>
    public bool Encrypted { get; init; }

    /// <summary>The extra spec <c>cacheable</c> of the type is <c>&lt;is&gt; True</c>.</summary>
    public bool Cacheable { get; init; }

    /// <summary>What nova is to enforce; null for nothing.</summary>
    public JsonObject? QosSpecs { get; init; }

    /// <summary>Added from 2025.1 on, left out when null.</summary>
    public bool? EnforceMultipath { get; init; }

    /// <summary>The answer to attachment_update.</summary>
    public JsonObject Flat(string attachmentId)
    {
        var info = Data();
        info["driver_volume_type"] = DriverVolumeType;
        info["attachment_id"] = attachmentId;
        return info;
    }

    /// <summary>The answer to initialize_connection.</summary>
    public JsonObject Nested() => new() { ["driver_volume_type"] = DriverVolumeType, ["data"] = Data() };

    /// <summary>
    /// The access mode as natives reckon it: <c>attached_mode</c> of a legacy attach, else read-only when <c>readonly</c> is the word True. An attachment's own
    /// attach_mode is not asked: the API says <c>ro</c> in it as soon as the key exists.
    /// </summary>
    public static string Mode(IReadOnlyDictionary<string, string?> adminMetadata) =>
        adminMetadata.GetValueOrDefault("attached_mode") ?? (adminMetadata.GetValueOrDefault("readonly") == "True" ? ReadOnly : ReadWrite);

    JsonObject Data()
    {
        var data = new JsonObject
        {
            ["volume_id"] = VolumeId,
            ["child_volume_id"] = ChildVolumeId,
            ["child_region"] = ChildRegion,
            ["access_mode"] = AccessMode,
            ["encrypted"] = Encrypted,
            ["cacheable"] = Cacheable,
            ["qos_specs"] = QosSpecs?.DeepClone(),
        };
        if (ChildProjectId is not null)
        {
            data["child_project_id"] = ChildProjectId;
        }

        if (EnforceMultipath is { } enforce)
        {
            data["enforce_multipath"] = enforce;
        }

        return data;
    }
}
