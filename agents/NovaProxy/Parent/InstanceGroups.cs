using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.NovaProxy.Parent;

/// <summary>The parent's server groups, which live in its API database (nova/objects/instance_group.py).</summary>
internal sealed class InstanceGroups(IConductor conductor, HostIdentity identity)
{
    /// <summary>By what a scheduler hint names: the id, or in old requests the name (InstanceGroup.get_by_hint). Null when it is gone.</summary>
    public async Task<VersionedObject?> FindAsync(RpcContext context, string hint, CancellationToken cancelled)
    {
        var method = Guid.TryParse(hint, out _) ? "get_by_uuid" : "get_by_name";
        try
        {
            return VersionedObject.Read(await conductor.ClassActionAsync(context, NovaObjects.InstanceGroup, method, new(hint), [], cancelled));
        }
        catch (RpcFault gone) when (gone.Is("InstanceGroupNotFound"))
        {
            return null;
        }
    }

    /// <summary>Where its members are, but for one.</summary>
    public async Task<IReadOnlyList<string>> HostsAsync(RpcContext context, VersionedObject group, string except, CancellationToken cancelled)
    {
        var kwargs = new JsonObject { ["exclude"] = new JsonArray(except) };
        var (_, hosts) = await conductor.ObjectActionAsync(context, group, "get_hosts", [], kwargs, cancelled);
        return Words(hosts);
    }

    /// <summary>Every instance that is on our host, or on its way to or from it.</summary>
    public async Task<IReadOnlySet<string>> OnHostAsync(RpcContext context, CancellationToken cancelled)
    {
        var here = await conductor.ClassActionAsync(context, NovaObjects.InstanceList, "get_uuids_by_host", new(identity.Host), [], cancelled);
        var moving = await conductor.ClassActionAsync(
            context, NovaObjects.MigrationList, "get_in_progress_by_host_and_node", new(identity.Host, identity.NodeName), [], cancelled);
        return Words(here).Concat(VersionedObject.Read(moving).Objects().Select(one => one.Text("instance_uuid")).OfType<string>()).ToHashSet(StringComparer.Ordinal);
    }

    static List<string> Words(JsonNode? list) => [.. (list as JsonArray ?? []).Select(one => one?.ToString()).OfType<string>()];
}
