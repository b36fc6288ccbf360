using Cascade.Contracts.Nova.Faults;
using Cascade.OpenStack;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Zones;

/// <summary>The child's availability zones that the declared map speaks of.</summary>
internal sealed class ChildZones(ChildCloud child, ZoneOptions options)
{
    /// <summary>
    /// The zone of an instance in the child; null leaves the choice to the child. The row always says where it stands: the conductor writes the zone of the
    /// host that the scheduler chose (nova/conductor/manager.py: schedule_and_build_instances, build_instances, unshelve_instance).
    /// </summary>
    public string? Of(VersionedObject instance) =>
        instance.Text("availability_zone") is { } zone ? options.Zones.GetValueOrDefault(zone) : null;

    /// <summary>Why no server can be created in each zone of the map, as the child has it now; null for one where it can.</summary>
    /// <exception cref="CloudFault">The child does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, string?>> ReviewAsync(CancellationToken cancelled)
    {
        var there = await child.Cloud.Compute.AvailabilityZones.ListAsync(Scope.Own, cancelled);
        return options.Zones.Values.Distinct(StringComparer.Ordinal).ToDictionary(
            zone => zone,
            zone => there.FirstOrDefault(one => one.Name == zone) is not { } found ? $"the child {child.Name} has no availability zone {zone}"
                : found.IsAvailable ? null
                : $"no host in availability zone {zone} of the child {child.Name} is enabled",
            StringComparer.Ordinal);
    }

    /// <summary>
    /// What the child's refusal of a create means when the zone is the reason: that another host of the parent may do better, where the child's own words
    /// ("The requested availability zone is not available", nova/compute/api.py: create) speak of a zone that the tenant never named.
    /// </summary>
    public async Task<RpcFault?> ExplainAsync(string zone, CancellationToken cancelled)
    {
        try
        {
            return (await ReviewAsync(cancelled)).GetValueOrDefault(zone) is { } why
                ? NovaFaults.ComputeResourcesUnavailable($"{why}, which [cascade] availability_zones names")
                : null;
        }
        catch (CloudFault fault) when (fault.Kind is not FaultKind.Unavailable)
        {
            return null;
        }
    }

    /// <summary>The compute hosts in the zones of the map; null when there is no map, or the child does not show us its services.</summary>
    public async Task<IReadOnlySet<string>?> HostsAsync(CancellationToken cancelled)
    {
        if (options.Zones.Count == 0)
        {
            return null;
        }

        try
        {
            var services = await child.Cloud.Compute.Services.ListAsync(Scope.Own, "nova-compute", null, cancelled);
            var zones = options.Zones.Values.ToHashSet(StringComparer.Ordinal);
            return services.Where(service => service.Zone is { } zone && zones.Contains(zone)).Select(service => service.Host).ToHashSet(StringComparer.Ordinal);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Forbidden or FaultKind.NotFound)
        {
            return null;
        }
    }
}
