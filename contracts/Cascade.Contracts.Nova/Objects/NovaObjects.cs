using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Contracts.Nova.Objects;

/// <summary>
/// The objects that a compute sends or asks for, and the version that we claim for each: the oldest that every supported parent knows
/// (Zed's), because a newer one than the conductor's sends it into endless <c>object_backport_versions</c>
/// (nova/objects/base.py: NovaObjectSerializer._process_object).
/// </summary>
public static class NovaObjects
{
    public const string Service = "Service";
    public const string ServiceList = "ServiceList";
    public const string ComputeNode = "ComputeNode";
    public const string HvSpec = "HVSpec";
    public const string PciDevicePool = "PciDevicePool";
    public const string PciDevicePoolList = "PciDevicePoolList";
    public const string Instance = "Instance";
    public const string InstanceList = "InstanceList";
    public const string InstanceGroup = "InstanceGroup";
    public const string InstanceInfoCache = "InstanceInfoCache";
    public const string InstanceFault = "InstanceFault";
    public const string InstanceAction = "InstanceAction";
    public const string InstanceActionEvent = "InstanceActionEvent";
    public const string InstanceActionEventList = "InstanceActionEventList";
    public const string BlockDeviceMapping = "BlockDeviceMapping";
    public const string BlockDeviceMappingList = "BlockDeviceMappingList";
    public const string ConsoleAuthToken = "ConsoleAuthToken";
    public const string CpuDiagnostics = "CpuDiagnostics";
    public const string Diagnostics = "Diagnostics";
    public const string DiskDiagnostics = "DiskDiagnostics";
    public const string HostMapping = "HostMapping";
    public const string MemoryDiagnostics = "MemoryDiagnostics";
    public const string NicDiagnostics = "NicDiagnostics";
    public const string Migration = "Migration";
    public const string MigrationContext = "MigrationContext";
    public const string MigrationList = "MigrationList";
    public const string TaskLog = "TaskLog";
    public const string VirtualInterface = "VirtualInterface";
    public const string VirtualInterfaceList = "VirtualInterfaceList";

    static readonly Dictionary<string, string> Claimed = new()
    {
        [Service] = "1.22",
        [ServiceList] = "1.19",
        [ComputeNode] = "1.19",
        [HvSpec] = "1.2",
        [PciDevicePool] = "1.1",
        [PciDevicePoolList] = "1.1",
        [Instance] = "2.7",
        [InstanceList] = "2.6",
        [InstanceGroup] = "1.11",
        [InstanceInfoCache] = "1.5",
        [InstanceFault] = "1.2",
        [InstanceAction] = "1.2",
        [InstanceActionEvent] = "1.4",
        [InstanceActionEventList] = "1.1",
        [BlockDeviceMapping] = "1.20",
        [BlockDeviceMappingList] = "1.17",
        [ConsoleAuthToken] = "1.1",
        [CpuDiagnostics] = "1.0",
        [Diagnostics] = "1.0",
        [DiskDiagnostics] = "1.0",
        [HostMapping] = "1.0",
        [MemoryDiagnostics] = "1.0",
        [NicDiagnostics] = "1.0",
        [Migration] = "1.7",
        [MigrationContext] = "1.2",
        [MigrationList] = "1.5",
        [TaskLog] = "1.0",
        [VirtualInterface] = "1.3",
        [VirtualInterfaceList] = "1.0",
    };

    /// <summary>What comes back inside another object, so that the conductor answers in the versions we claim.</summary>
    static readonly Dictionary<string, string[]> Nested = new()
    {
        [ServiceList] = [Service],
        [ComputeNode] = [HvSpec, PciDevicePool, PciDevicePoolList],
        [InstanceList] = [Instance],
        [InstanceActionEventList] = [InstanceActionEvent],
        [BlockDeviceMappingList] = [BlockDeviceMapping],
        [MigrationList] = [Migration],
        [VirtualInterfaceList] = [VirtualInterface],
    };

    /// <summary>The version we claim for <paramref name="name"/>.</summary>
    public static string Version(string name) => Claimed[name];

    /// <summary>A new object of our making: partial is fine, only what is in its changes is stored.</summary>
    public static VersionedObject New(string name, JsonObject? data = null, IEnumerable<string>? changes = null) =>
        new(ObjectDialect.Nova, name, Claimed[name], data, changes);

    /// <summary>An object whose every field is a change.</summary>
    public static VersionedObject Changed(string name, JsonObject data) => New(name, data, data.Select(field => field.Key).ToArray());

    /// <summary>The <c>object_versions</c> of a class call (nova/conductor/manager.py: object_class_action_versions).</summary>
    public static JsonObject Manifest(string name)
    {
        var manifest = new JsonObject { [name] = Claimed[name] };
        foreach (var nested in Nested.GetValueOrDefault(name, []))
        {
            manifest[nested] = Claimed[nested];
        }

        return manifest;
    }
}
