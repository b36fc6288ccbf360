using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>One compute node; for administrators. Resources are there up to 2.87, which is what is asked for
/// (nova/api/openstack/compute/hypervisors.py: 2.88 took them out; placement has them).</summary>
public sealed record Hypervisor
{
    /// <summary>UUID; the same as its resource provider's.</summary>
    [AllowNull]
    public string Id { get => field ?? ""; init; }

    [AllowNull]
    public string HypervisorHostname { get => field ?? ""; init; }

    public string? HypervisorType { get; init; }

    public int? HypervisorVersion { get; init; }

    public string? HostIp { get; init; }

    /// <summary><c>up</c> or <c>down</c>.</summary>
    public string? State { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>.</summary>
    public string? Status { get; init; }

    public HypervisorService? Service { get; init; }

    public int? Vcpus { get; init; }

    public int? VcpusUsed { get; init; }

    public int? MemoryMb { get; init; }

    public int? MemoryMbUsed { get; init; }

    public int? LocalGb { get; init; }

    public int? LocalGbUsed { get; init; }

    public int? DiskAvailableLeast { get; init; }

    public int? RunningVms { get; init; }

    /// <summary>Architecture, model, features as the driver said it.</summary>
    public JsonElement? CpuInfo { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Other { get; set; }
}

public sealed record HypervisorService(string? Id, string? Host, string? DisabledReason);

/// <summary>Sums over all compute nodes; gone from 2.88 on.</summary>
public sealed record HypervisorStatistics(
    int Count, int Vcpus, int VcpusUsed, int MemoryMb, int MemoryMbUsed, int LocalGb, int LocalGbUsed, int RunningVms, int? DiskAvailableLeast);

internal sealed record HypervisorPage(List<Hypervisor>? Hypervisors, List<PageLink>? HypervisorsLinks);

internal sealed record HypervisorStatisticsBody([property: JsonRequired] HypervisorStatistics HypervisorStatistics);
