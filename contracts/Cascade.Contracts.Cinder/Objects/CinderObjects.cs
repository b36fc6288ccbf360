using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Cinder.Objects;

/// <summary>
/// The objects that a cinder-volume is sent or sends, each at its version of Zed, which 2025.1 and 2026.1 have too (cinder/objects/base.py: OBJ_VERSIONS 1.39).
/// Incoming ones are read whatever their version says.
/// </summary>
public static class CinderObjects
{
    public const string Backup = "Backup";
    public const string BackupDeviceInfo = "BackupDeviceInfo";
    public const string CleanupRequest = "CleanupRequest";
    public const string Cluster = "Cluster";
    public const string Group = "Group";
    public const string GroupSnapshot = "GroupSnapshot";
    public const string LogLevel = "LogLevel";
    public const string LogLevelList = "LogLevelList";
    public const string ManageableSnapshot = "ManageableSnapshot";
    public const string ManageableVolume = "ManageableVolume";
    public const string QualityOfServiceSpecs = "QualityOfServiceSpecs";
    public const string RequestSpec = "RequestSpec";
    public const string Service = "Service";
    public const string Snapshot = "Snapshot";
    public const string Volume = "Volume";
    public const string VolumeAttachment = "VolumeAttachment";
    public const string VolumeAttachmentList = "VolumeAttachmentList";
    public const string VolumeProperties = "VolumeProperties";
    public const string VolumeType = "VolumeType";
    public const string VolumeTypeList = "VolumeTypeList";

    /// <summary>
    /// What a service row says as <c>object_current_version</c>: only 1.38 and 1.39 are known to Zed and later (cinder/objects/base.py: OBJ_VERSIONS).
    /// </summary>
    public const string History = "1.39";

    public static IReadOnlyDictionary<string, string> Versions { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        [Backup] = "1.7",
        [BackupDeviceInfo] = "1.0",
        [CleanupRequest] = "1.0",
        [Cluster] = "1.1",
        [Group] = "1.2",
        [GroupSnapshot] = "1.0",
        [LogLevel] = "1.0",
        [LogLevelList] = "1.0",
        [ManageableSnapshot] = "1.0",
        [ManageableVolume] = "1.0",
        [QualityOfServiceSpecs] = "1.0",
        [RequestSpec] = "1.5",
        [Service] = "1.6",
        [Snapshot] = "1.6",
        [Volume] = "1.9",
        [VolumeAttachment] = "1.3",
        [VolumeAttachmentList] = "1.1",
        [VolumeProperties] = "1.1",
        [VolumeType] = "1.3",
        [VolumeTypeList] = "1.1",
    };

    /// <summary>A new object of our making, without changes: a receiver writes the changes of an object that it saves.</summary>
    public static VersionedObject New(string name, JsonObject data) => new(ObjectDialect.Cinder, name, Versions[name], data);

    /// <summary>The object as it came, without changes, neither its own nor those of the objects inside. Nothing is shared.</summary>
    public static VersionedObject WithoutChanges(VersionedObject of)
    {
        var json = of.ToJson();
        Forget(json);
        return VersionedObject.Read(json);
    }

    static void Forget(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    Forget(item);
                }

                break;
            case JsonObject json:
                json.Remove("versioned_object.changes");
                foreach (var (_, member) in json)
                {
                    Forget(member);
                }

                break;
        }
    }
}
