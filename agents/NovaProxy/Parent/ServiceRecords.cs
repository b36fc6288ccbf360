using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Parent;

/// <summary>Our row in the parent's <c>services</c> table (nova/objects/service.py): <c>openstack compute service list</c> shows it.</summary>
internal sealed class ServiceRecords(IConductor conductor, HostIdentity identity)
{
    public const string Binary = "nova-compute";

    /// <summary>Null before the first start, and after an operator deleted the service.</summary>
    public async Task<VersionedObject?> FindAsync(CancellationToken cancelled)
    {
        var found = await conductor.ClassActionAsync(
            RequestIds.Admin(), NovaObjects.Service, "get_by_host_and_binary", new(identity.Host, Binary), [], cancelled);
        return found is null ? null : VersionedObject.Read(found);
    }

    /// <summary>
    /// Creates the row: all of host, binary, topic, report_count and version must be among the changes, a missing version is stored as 0
    /// and would count as "too old" everywhere.
    /// </summary>
    /// <param name="disabledReason">When set, the row is born disabled, so that no scheduler chooses a host that is not mapped to its cell yet.</param>
    public async Task<VersionedObject> CreateAsync(int version, string? disabledReason, CancellationToken cancelled)
    {
        var data = new JsonObject
        {
            ["host"] = identity.Host,
            ["binary"] = Binary,
            ["topic"] = "compute",
            ["report_count"] = 0,
            ["version"] = version,
        };
        if (disabledReason is not null)
        {
            data["disabled"] = true;
            data["disabled_reason"] = disabledReason;
        }

        try
        {
            return await ActAsync(NovaObjects.Changed(NovaObjects.Service, data), "create", cancelled);
        }
        catch (RpcFault exists) when (exists.Is("ServiceBinaryExists"))
        {
            return await FindAsync(cancelled) ?? throw new InvalidOperationException($"service {identity.Host} exists and cannot be read", exists);
        }
    }

    /// <exception cref="RpcFault">ServiceNotFound: an operator deleted it.</exception>
    public Task<VersionedObject> SaveAsync(VersionedObject service, JsonObject changes, CancellationToken cancelled)
    {
        var changed = changes.Select(field => field.Key).ToArray();
        // binary and version travel along: nova/objects/service.py: save checks the minimum version with them.
        var data = new JsonObject
        {
            ["id"] = service.Number("id"),
            ["binary"] = service.Text("binary"),
            ["version"] = service.Number("version"),
        };
        foreach (var (field, value) in changes)
        {
            data[field] = value?.DeepClone();
        }

        return ActAsync(NovaObjects.New(NovaObjects.Service, data, changed), "save", cancelled);
    }

    /// <summary>The lowest version of a service in the parent, 0 without any.</summary>
    public async Task<int> MinimumVersionAsync(string binary, CancellationToken cancelled)
    {
        var found = await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.Service, "get_minimum_version", new(binary), [], cancelled);
        return found?.GetValue<int>() ?? 0;
    }

    async Task<VersionedObject> ActAsync(VersionedObject service, string method, CancellationToken cancelled)
    {
        var (updates, _) = await conductor.ObjectActionAsync(RequestIds.Admin(), service, method, [], [], cancelled);
        var data = service.Data.DeepClone().AsObject();
        foreach (var (field, value) in updates)
        {
            data[field] = value?.DeepClone();
        }

        data.Remove("obj_what_changed");
        return NovaObjects.New(NovaObjects.Service, data);
    }
}
