using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Compute;
using Cascade.NovaProxy.Servers.Build;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers;

/// <summary>An instance of the parent as a server to create in the child.</summary>
internal static class ServerMap
{
    /// <param name="build">What came with the message: password, tags.</param>
    /// <param name="instance">The row as it is now: a tenant may have renamed it meanwhile.</param>
    /// <param name="parts">What was made ready for it in the child.</param>
    /// <param name="can">What the child knows.</param>
    public static ServerCreate ToCreate(BuildAndRunInstance build, VersionedObject instance, ServerParts parts, ChildCan can)
    {
        var uuid = instance.Text("uuid")!;
        return new()
        {
            Name = Name(instance),
            Description = Description(instance),
            ImageRef = parts.ImageId,
            FlavorRef = parts.FlavorId,
            BlockDevices = parts.Devices,
            Networks = parts.Networks,
            KeyName = parts.KeyName,
            UserData = instance.Text("user_data") is { Length: > 0 } data ? data : null,
            Metadata = Metadata(instance),
            ConfigDrive = IsTrue(instance.Text("config_drive")) ? true : null,
            AdminPass = build.AdminPassword is { Length: > 0 } password ? password : null,
            Hostname = Hostname(instance.Text("hostname"), can),
            Tags = ServerStamp.Tags(uuid, parts.Host, TagsOf(build.Instance)),
            SchedulerHints = parts.Hints,
            AvailabilityZone = parts.Zone,
            Host = parts.Forced?.Host,
            HypervisorHostname = parts.Forced?.Node,
        };
    }

    public static string Name(VersionedObject instance) => instance.Text("display_name") is { Length: > 0 } name ? name : instance.Text("uuid")!;

    public static string? Description(VersionedObject instance) => instance.Text("display_description") is { Length: > 0 } description ? description : null;

    /// <summary>The tenant's; what looks like a stamp is not passed on, as with tags.</summary>
    public static Dictionary<string, string>? Metadata(VersionedObject instance) =>
        instance.Data["metadata"] is JsonObject { Count: > 0 } items
            ? items.Where(item => item.Value is not null && !ServerStamp.IsStamp(item.Key)).ToDictionary(item => item.Key, item => item.Value!.ToString(), StringComparer.Ordinal)
            : null;

    /// <summary>A full domain name is taken from 2.94 on only, and a name of its own from 2.90 on; before, the child makes one of the display name.</summary>
    public static string? Hostname(string? hostname, ChildCan can) =>
        !can.Hostname || string.IsNullOrEmpty(hostname) ? null
        : can.DomainName ? hostname
        : hostname.Split('.')[0];

    public static IEnumerable<string> TagsOf(VersionedObject instance) =>
        instance.Object("tags")?.Objects().Select(tag => tag.Text("tag")).OfType<string>() ?? [];

    /// <summary>The column holds text: empty, <c>True</c>, or the id of an image in very old rows.</summary>
    static bool IsTrue(string? flag) => flag is { Length: > 0 } && !flag.Equals("false", StringComparison.OrdinalIgnoreCase);
}

/// <summary>What a server is made of, in the child's names.</summary>
internal sealed record ServerParts(
    string Host, string? ImageId, string FlavorId, string? KeyName, IReadOnlyDictionary<string, SchedulerHint> Hints, ServerNetworks Networks)
{
    /// <summary>Null for nothing but a disk made from the image.</summary>
    public IReadOnlyList<BlockDevice>? Devices { get; init; }

    /// <summary>Null leaves the choice to the child.</summary>
    public string? Zone { get; init; }

    /// <summary>Null leaves the choice to the child.</summary>
    public ForcedHost? Forced { get; init; }
}

/// <summary>What the child's nova knows beyond the oldest we serve.</summary>
/// <param name="Hostname">2.90.</param>
/// <param name="DomainName">2.94.</param>
/// <param name="LockReason">2.73.</param>
internal sealed record ChildCan(bool Hostname, bool DomainName, bool LockReason = false)
{
    public static async Task<ChildCan> OfAsync(ChildCloud child, CancellationToken cancelled)
    {
        var versions = await child.Cloud.Compute.Service.VersionsAsync(Scope.Own, cancelled);
        return new(versions.Supports("2.90"), versions.Supports("2.94"), versions.Supports("2.73"));
    }
}
