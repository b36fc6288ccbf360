using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What operators see: services, limits, hypervisors.</summary>
public sealed partial class FakeNova
{
    private readonly List<JsonObject> services = [];

    /// <summary>Quota of every project; -1 is none.</summary>
    public int MaxInstances { get; set; } = -1;

    public int MaxCores { get; set; } = -1;

    public int MaxRam { get; set; } = -1;

    /// <summary>What one hypervisor has.</summary>
    public (int Vcpus, int MemoryMb, int LocalGb) Hypervisor { get; set; } = (16, 32768, 500);

    /// <summary>Adds a service that is up. The id of a compute is its node's and its resource provider's.</summary>
    public void AddService(string binary, string host, string zone = "nova", string? id = null) => services.Add(new JsonObject
    {
        ["id"] = id ?? Guid.NewGuid().ToString(), ["binary"] = binary, ["host"] = host, ["zone"] = binary is "nova-compute" ? zone : "internal",
        ["status"] = "enabled", ["state"] = "up", ["disabled_reason"] = null, ["forced_down"] = false,
    });

    /// <summary>Sets <c>up</c> or <c>down</c>.</summary>
    public void SetService(string binary, string host, string state) => cloud.Locked(() =>
    {
        services.Single(service => (string?)service["binary"] == binary && (string?)service["host"] == host)["state"] = state;
    });

    private FakeAnswer ListServices(FakeCall call)
    {
        Admin(call, "os_compute_api:os-services:list");
        var shown = services.Where(service =>
            Is(call.Asked("binary"), (string?)service["binary"]) && Is(call.Asked("host"), (string?)service["host"]));
        return FakeAnswer.Json(200, new JsonObject
        {
            ["services"] = new JsonArray([.. shown.Select(service =>
            {
                var view = (JsonObject)service.DeepClone();
                view["updated_at"] = Naive(cloud.Now);
                return view;
            })]),
        });
    }

    private FakeAnswer ShowLimits(FakeCall call)
    {
        var project = call.IsAdmin ? call.Asked("tenant_id") ?? call.ProjectId : call.ProjectId;
        var mine = servers.Values.Where(server => !server.Deleted && server.ProjectId == project).ToList();
        return FakeAnswer.Json(200, new JsonObject
        {
            ["limits"] = new JsonObject
            {
                ["rate"] = new JsonArray(),
                ["absolute"] = new JsonObject
                {
                    ["maxTotalInstances"] = MaxInstances,
                    ["maxTotalCores"] = MaxCores,
                    ["maxTotalRAMSize"] = MaxRam,
                    ["totalInstancesUsed"] = mine.Count,
                    ["totalCoresUsed"] = mine.Sum(server => flavors.GetValueOrDefault(server.FlavorId)?.Vcpus ?? 0),
                    ["totalRAMUsed"] = mine.Sum(server => flavors.GetValueOrDefault(server.FlavorId)?.Ram ?? 0),
                    ["maxServerMeta"] = 128,
                    ["maxTotalKeypairs"] = 100,
                },
            },
        });
    }

    private FakeAnswer Hypervisors(FakeCall call, string[] rest)
    {
        Admin(call, "os_compute_api:os-hypervisors:list-detail");
        var nodes = services.Where(service => (string?)service["binary"] == "nova-compute").ToList();
        if (rest is ["statistics"])
        {
            // nova/api/openstack/compute/hypervisors.py: removed from 2.88.
            return call.Knows(2, 88)
                ? throw new FakeRefusal(404, "The resource could not be found.")
                : FakeAnswer.Json(200, new JsonObject { ["hypervisor_statistics"] = Resources(new JsonObject { ["count"] = nodes.Count }, nodes.Count) });
        }

        var views = nodes.Select(service =>
        {
            var view = new JsonObject
            {
                ["id"] = (string?)service["id"],
                ["hypervisor_hostname"] = (string?)service["host"],
                ["hypervisor_type"] = "QEMU",
                ["hypervisor_version"] = 7002000,
                ["host_ip"] = "127.0.0.1",
                ["state"] = (string?)service["state"],
                ["status"] = (string?)service["status"],
                ["service"] = new JsonObject { ["id"] = (string?)service["id"], ["host"] = (string?)service["host"], ["disabled_reason"] = null },
            };
            return call.Knows(2, 88) ? view : Resources(view, 1);
        });
        return FakeAnswer.Json(200, new JsonObject { ["hypervisors"] = new JsonArray([.. views]) });
    }

    private JsonObject Resources(JsonObject view, int times)
    {
        var used = servers.Values.Where(server => !server.Deleted).Select(server => flavors.GetValueOrDefault(server.FlavorId)).ToList();
        view["vcpus"] = Hypervisor.Vcpus * times;
        view["memory_mb"] = Hypervisor.MemoryMb * times;
        view["local_gb"] = Hypervisor.LocalGb * times;
        view["vcpus_used"] = used.Sum(flavor => flavor?.Vcpus ?? 0);
        view["memory_mb_used"] = used.Sum(flavor => flavor?.Ram ?? 0);
        view["local_gb_used"] = used.Sum(flavor => flavor?.Disk ?? 0);
        view["running_vms"] = used.Count;
        view["disk_available_least"] = Hypervisor.LocalGb * times;
        return view;
    }
}
