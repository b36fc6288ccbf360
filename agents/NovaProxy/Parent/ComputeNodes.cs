using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Parent;

/// <summary>Our row in <c>compute_nodes</c> (nova/objects/compute_node.py): <c>openstack hypervisor list</c> shows it.</summary>
internal sealed class ComputeNodes(IConductor conductor, HostIdentity identity)
{
    /// <summary>
    /// The row under our own uuid as 2023.1 and later look for it (nova/virt/node.py), else under host and name as Zed does: then its uuid
    /// is ours from now on. Null when there is none.
    /// </summary>
    public async Task<VersionedObject?> FindAsync(CancellationToken cancelled)
    {
        var found = await GetAsync("get_by_uuid", new(identity.NodeUuid.ToString("D")), cancelled)
            ?? await GetAsync("get_by_host_and_nodename", new(identity.Host, identity.NodeName), cancelled);
        if (found is null)
        {
            return null;
        }

        if (found.Text("host") is var host && host != identity.Host)
        {
            // nova/compute/manager.py: _ensure_existing_node_identity refuses to start, and so do we: two hosts would share one provider.
            throw new InvalidOperationException($"the parent's compute node {identity.NodeUuid} belongs to host {host}, not to {identity.Host}");
        }

        Adopt(found);
        return found;
    }

    public async Task<VersionedObject> CreateAsync(JsonObject node, CancellationToken cancelled) =>
        Merge(node, await ActAsync(NovaObjects.Changed(NovaObjects.ComputeNode, node.DeepClone().AsObject()), "create", cancelled));

    /// <exception cref="RpcFault">ComputeHostNotFound: an operator deleted the service and the node with it.</exception>
    public async Task<VersionedObject> SaveAsync(VersionedObject node, JsonObject changes, CancellationToken cancelled)
    {
        var data = new JsonObject { ["id"] = node.Number("id"), ["host"] = identity.Host };
        foreach (var (field, value) in changes)
        {
            data[field] = value?.DeepClone();
        }

        var save = NovaObjects.New(NovaObjects.ComputeNode, data, changes.Select(field => field.Key).ToArray());
        var merged = node.Data.DeepClone().AsObject();
        foreach (var (field, value) in changes)
        {
            merged[field] = value?.DeepClone();
        }

        return Merge(merged, await ActAsync(save, "save", cancelled));
    }

    async Task<JsonObject> ActAsync(VersionedObject node, string method, CancellationToken cancelled) =>
        (await conductor.ObjectActionAsync(RequestIds.Admin(), node, method, [], [], cancelled)).Updates;

    VersionedObject Merge(JsonObject node, JsonObject updates)
    {
        var data = node.DeepClone().AsObject();
        foreach (var (field, value) in updates)
        {
            data[field] = value?.DeepClone();
        }

        data.Remove("obj_what_changed");
        var merged = NovaObjects.New(NovaObjects.ComputeNode, data);
        Adopt(merged);
        return merged;
    }

    void Adopt(VersionedObject node)
    {
        if (node.Number("id") is { } id && Guid.TryParse(node.Text("uuid"), out var uuid))
        {
            identity.Adopt(id, uuid);
        }
    }

    async Task<VersionedObject?> GetAsync(string method, JsonArray args, CancellationToken cancelled)
    {
        try
        {
            return VersionedObject.Read(await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.ComputeNode, method, args, [], cancelled));
        }
        catch (RpcFault fault) when (fault.Is("ComputeHostNotFound"))
        {
            return null;
        }
    }
}
