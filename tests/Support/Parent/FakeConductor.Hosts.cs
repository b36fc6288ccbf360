using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Support.Parent;

public sealed partial class FakeConductor
{
    readonly List<JsonObject> services = [];
    readonly List<JsonObject> nodes = [];
    int? minimumAtFirst;

    /// <summary>[DEFAULT] enable_new_services of the conductor.</summary>
    public bool EnableNewServices { get; set; } = true;

    public IReadOnlyList<JsonObject> Services
    {
        get
        {
            lock (one)
            {
                return [.. services.Select(Clone)];
            }
        }
    }

    public IReadOnlyList<JsonObject> Nodes
    {
        get
        {
            lock (one)
            {
                return [.. nodes.Select(Clone)];
            }
        }
    }

    /// <summary>Changes a row as nova-api does: <c>openstack compute service set</c>.</summary>
    public void EditService(string host, Action<JsonObject> edit)
    {
        lock (one)
        {
            edit(services.Single(row => Is(row, "host", host)));
        }

        Touched();
    }

    /// <summary><c>openstack compute service delete</c>: the row, its compute nodes and the host's mapping go.</summary>
    public void DeleteService(string host)
    {
        lock (one)
        {
            services.RemoveAll(row => Is(row, "host", host));
            nodes.RemoveAll(row => Is(row, "host", host));
            MappedHosts.Remove(host);
        }

        Touched();
    }

    /// <summary>Two conductors; a third one died long ago, and an administrator has said so.</summary>
    JsonObject ServiceList(string binary)
    {
        var rows = binary != "nova-conductor"
            ? services.Where(row => Is(row, "binary", binary))
            : new[] { (ConductorVersion, false), (ConductorVersion + 1, false), (1, true) }.Select((one, at) => new JsonObject
            {
                ["id"] = -1 - at, ["host"] = $"parent-{at}", ["binary"] = binary, ["version"] = one.Item1, ["forced_down"] = one.Item2,
            });
        return Envelope("ServiceList", new() { ["objects"] = new JsonArray([.. rows.Select(row => (JsonNode)Envelope("Service", row))]) });
    }

    /// <summary>Of the conductors it is what they knew when they were first asked (nova/objects/service.py: enable_min_version_cache).</summary>
    JsonValue MinimumVersion(string binary) => binary == "nova-conductor"
        ? JsonValue.Create(minimumAtFirst ??= ConductorVersion)
        : JsonValue.Create(services.Where(row => Is(row, "binary", binary)).Select(row => (int)Number(row, "version")!).DefaultIfEmpty(0).Min());

    JsonObject? FindService(string host, string binary) =>
        services.SingleOrDefault(row => Is(row, "host", host) && Is(row, "binary", binary)) is { } row ? Envelope("Service", row) : null;

    JsonObject FindMapping(string host) => !HasApiDatabase
        ? throw new RpcFault("oslo_db.exception", "CantStartEngineError", "No sql_connection parameter is established")
        : MappedHosts.Contains(host)
            ? Envelope("HostMapping", new() { ["host"] = host, ["id"] = 1 })
            : throw new RpcFault("nova.exception", "HostMappingNotFound", $"Host '{host}' is not mapped to any cell");

    JsonObject CreateService(VersionedObject target)
    {
        CheckMinimum(target);
        if (FindService(target.Text("host")!, target.Text("binary")!) is not null)
        {
            throw new RpcFault("nova.exception", "ServiceBinaryExists", $"Service with host {target.Text("host")} binary {target.Text("binary")} exists.");
        }

        var row = new JsonObject
        {
            ["id"] = nextId++,
            ["uuid"] = Guid.NewGuid().ToString("D"),
            ["version"] = 0,
            ["report_count"] = 0,
            ["disabled"] = false,
            ["disabled_reason"] = null,
            ["forced_down"] = false,
            ["last_seen_up"] = null,
            ["created_at"] = Now(),
            ["updated_at"] = null,
        };
        Apply(row, target);
        if (!EnableNewServices)
        {
            // nova/db/main/api.py: service_create.
            row["disabled"] = true;
            row["disabled_reason"] = "New compute service disabled due to config option.";
        }

        services.Add(row);
        return Clone(row);
    }

    JsonObject SaveService(VersionedObject target)
    {
        CheckMinimum(target);
        var row = services.SingleOrDefault(service => Number(service, "id") == target.Number("id"))
            ?? throw new RpcFault("nova.exception", "ServiceNotFound", $"Service {target.Number("id")} could not be found.", new() { ["code"] = 404 });
        // nova/db/main/api.py: service_update: only a greater count is a sign of life.
        if (target.Changes.Contains("report_count") && target.Number("report_count") > Number(row, "report_count"))
        {
            row["last_seen_up"] = Now();
        }

        Apply(row, target);
        row["updated_at"] = Now();
        return Clone(row);
    }

    void CheckMinimum(VersionedObject target)
    {
        if (target.Number("version") is { } version && (int)MinimumVersion(target.Text("binary")!) is var minimum && version < minimum)
        {
            throw new RpcFault(
                "nova.exception",
                "ServiceTooOld",
                $"This service is older (v{version}) than the minimum (v{minimum}) version of the rest of the deployment. Unable to continue.");
        }
    }

    JsonObject FindNode(Func<JsonObject, bool> which, JsonNode name) => nodes.SingleOrDefault(which) is { } row
        ? Envelope("ComputeNode", row)
        : throw new RpcFault("nova.exception", "ComputeHostNotFound", $"Compute host {name} could not be found.", new() { ["code"] = 404 });

    JsonObject CreateNode(VersionedObject target)
    {
        foreach (var field in (string[])["vcpus", "memory_mb", "local_gb", "vcpus_used", "memory_mb_used", "local_gb_used", "hypervisor_type", "hypervisor_version", "cpu_info"])
        {
            if (target.Data[field] is null)
            {
                throw new RpcFault("oslo_db.exception", "DBError", $"Column '{field}' cannot be null");
            }
        }

        var row = new JsonObject { ["id"] = nextId++, ["mapped"] = 0, ["created_at"] = Now(), ["updated_at"] = null };
        Apply(row, target);
        nodes.Add(row);
        return Clone(row);
    }

    JsonObject SaveNode(VersionedObject target)
    {
        var row = nodes.SingleOrDefault(node => Number(node, "id") == target.Number("id"))
            ?? throw new RpcFault("nova.exception", "ComputeHostNotFound", $"Compute host {target.Text("host")} could not be found.", new() { ["code"] = 404 });
        Apply(row, target);
        row["updated_at"] = Now();
        return Clone(row);
    }
}
