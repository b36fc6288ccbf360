using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.NovaProxy.Capacity;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// What the parent should believe of our compute node. All fields that native sends (nova/compute/resource_tracker.py: _init_compute_node,
/// _copy_resources): the scheduler skips a node while one such as <c>free_disk_gb</c> is null.
/// </summary>
internal static class ComputeNodeMap
{
    /// <summary>Not libvirt's: natives and proxies must never live-migrate to each other (conductor/tasks/live_migrate.py).</summary>
    const string HypervisorType = "cascade";

    /// <summary>Major, minor and patch as thousands, as every driver writes it.</summary>
    const int HypervisorVersion = 1000;

    public static JsonObject New(HostIdentity identity, string hostIp, long? serviceId, HostCapacity capacity, OwnUse ours)
    {
        var node = new JsonObject
        {
            ["uuid"] = identity.NodeUuid.ToString("D"),
            ["host"] = identity.Host,
            ["hypervisor_hostname"] = identity.NodeName,
            ["host_ip"] = hostIp,
            ["hypervisor_type"] = HypervisorType,
            ["hypervisor_version"] = HypervisorVersion,
            ["metrics"] = "[]",
            ["numa_topology"] = null,
            ["pci_device_pools"] = NovaObjects.Changed(NovaObjects.PciDevicePoolList, new() { ["objects"] = new JsonArray() }).ToJson(),
            ["supported_hv_specs"] = new JsonArray(HvSpec("qemu"), HvSpec("kvm")),
            ["cpu_allocation_ratio"] = 1.0,
            ["ram_allocation_ratio"] = 1.0,
            ["disk_allocation_ratio"] = 1.0,
            ["current_workload"] = 0,
        };
        if (serviceId is not null)
        {
            node["service_id"] = serviceId;
        }

        foreach (var (field, value) in Numbers(capacity, ours))
        {
            node[field] = value?.DeepClone();
        }

        return node;
    }

    /// <summary>What changes with time: totals are the child's, used is what others reserve there and what our instances hold.</summary>
    public static JsonObject Numbers(HostCapacity capacity, OwnUse ours)
    {
        var memory = capacity.MemoryMb.Reserved + ours.MemoryMb;
        var disk = capacity.DiskGb.Reserved + ours.DiskGb;
        return new()
        {
            ["vcpus"] = capacity.Vcpu.Total,
            ["memory_mb"] = capacity.MemoryMb.Total,
            ["local_gb"] = capacity.DiskGb.Total,
            ["vcpus_used"] = capacity.Vcpu.Reserved + ours.Vcpu,
            ["memory_mb_used"] = memory,
            ["local_gb_used"] = disk,
            ["free_ram_mb"] = capacity.MemoryMb.Total - memory,
            ["free_disk_gb"] = capacity.DiskGb.Total - disk,
            ["disk_available_least"] = capacity.DiskGb.Total - disk,
            ["running_vms"] = ours.Instances,
            ["cpu_info"] = CpuInfo(capacity.Vcpu.Total).ToJsonString(),
            ["stats"] = new JsonObject { ["failed_builds"] = "0", ["num_instances"] = ours.Instances.ToString() },
        };
    }

    /// <summary>The fields of <paramref name="wanted"/> that are not so in <paramref name="stored"/>.</summary>
    public static JsonObject Changes(JsonObject stored, JsonObject wanted)
    {
        var changes = new JsonObject();
        foreach (var (field, value) in wanted)
        {
            if (!JsonNode.DeepEquals(stored[field], value))
            {
                changes[field] = value?.DeepClone();
            }
        }

        return changes;
    }

    /// <summary>Must be JSON, as text: anything else breaks <c>GET /os-hypervisors/detail</c>.</summary>
    static JsonObject CpuInfo(long vcpus) => new()
    {
        ["arch"] = "x86_64",
        ["model"] = "cascade",
        ["vendor"] = "cascade",
        ["topology"] = new JsonObject { ["cores"] = vcpus, ["sockets"] = 1, ["threads"] = 1 },
        ["features"] = new JsonArray(),
    };

    /// <summary>hv_type is a closed list in nova/objects/fields.py: HVType; ours must be of it, so that images asking for kvm or qemu find us.</summary>
    static JsonObject HvSpec(string hypervisor) =>
        NovaObjects.Changed(NovaObjects.HvSpec, new() { ["arch"] = "x86_64", ["hv_type"] = hypervisor, ["vm_mode"] = "hvm" }).ToJson();
}
