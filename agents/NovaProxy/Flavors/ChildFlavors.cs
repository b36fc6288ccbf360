using System.Collections.Concurrent;
using Cascade.Contracts.Nova.Faults;
using Cascade.NovaProxy.Capacity;
using Cascade.NovaProxy.Zones;
using Cascade.OpenStack;
using Cascade.OpenStack.Compute;
using Cascade.Oslo.Wire.Objects;
using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy.Flavors;

/// <summary>
/// Flavors by content in the child: private, so that no tenant meets them in a list, and opened to the projects that use them. The id is derived from the
/// content, so whoever comes first makes it and everybody else finds it.
/// </summary>
internal sealed class ChildFlavors(ChildCloud child, ChildCustoms customs, ZoneOptions zones, ILogger<ChildFlavors> log)
{
    readonly ConcurrentDictionary<string, bool> whole = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<(string Flavor, string Project), bool> opened = new();

    /// <summary>A flavor of the parent in this child's words.</summary>
    /// <exception cref="CloudFault">The child's placement does not say which custom names it has.</exception>
    public async Task<WantedFlavor> WantedAsync(VersionedObject flavor, CancellationToken cancelled)
    {
        var names = FlavorMap.NamesCustom(flavor) ? await customs.ReadAsync(cancelled) : CustomNames.None;
        return FlavorMap.Of(flavor, new(zones.AggregateKeys, names));
    }

    /// <returns>The id of the child's flavor, ready for the project.</returns>
    public async Task<string> EnsureAsync(WantedFlavor wanted, string projectId, CancellationToken cancelled)
    {
        if (!whole.ContainsKey(wanted.Id))
        {
            await MakeAsync(wanted, cancelled);
            whole[wanted.Id] = true;
        }

        if (!opened.ContainsKey((wanted.Id, projectId)))
        {
            await child.Cloud.Compute.Flavors.AddAccessAsync(Scope.Own, wanted.Id, projectId, cancelled);
            opened[(wanted.Id, projectId)] = true;
        }

        return wanted.Id;
    }

    /// <summary>Somebody removed it: look again next time.</summary>
    public void Forget(string id)
    {
        whole.TryRemove(id, out _);
        foreach (var key in opened.Keys.Where(key => key.Flavor == id))
        {
            opened.TryRemove(key, out _);
        }
    }

    async Task MakeAsync(WantedFlavor wanted, CancellationToken cancelled)
    {
        var flavor = await FindAsync(wanted.Id, cancelled) ?? await CreateAsync(wanted, cancelled);
        if (!FlavorMap.Fits(flavor, wanted))
        {
            throw NovaFaults.Failed($"flavor {wanted.Id} of the child does not hold what its name says; an administrator of the child must remove it");
        }

        // Create and extra specs are two requests: a crash between them leaves a flavor without them, which is completed here.
        if (wanted.ExtraSpecs.Count > 0)
        {
            var specs = flavor.ExtraSpecs ?? await child.Cloud.Compute.Flavors.ExtraSpecsAsync(Scope.Own, wanted.Id, cancelled);
            if (wanted.ExtraSpecs.Any(spec => specs.GetValueOrDefault(spec.Key) != spec.Value))
            {
                await child.Cloud.Compute.Flavors.SetExtraSpecsAsync(Scope.Own, wanted.Id, wanted.ExtraSpecs, cancelled);
            }
        }
    }

    async Task<Flavor?> FindAsync(string id, CancellationToken cancelled)
    {
        try
        {
            return await child.Cloud.Compute.Flavors.GetAsync(Scope.Own, id, cancelled);
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.NotFound)
        {
            return null;
        }
    }

    async Task<Flavor> CreateAsync(WantedFlavor wanted, CancellationToken cancelled)
    {
        try
        {
            var made = await child.Cloud.Compute.Flavors.CreateAsync(Scope.Own, FlavorMap.ToCreate(wanted), cancelled);
            Log.FlavorMade(log, wanted.Id, wanted.Vcpus, wanted.Ram, wanted.Disk);
            return made;
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Conflict || fault.ResultUnknown)
        {
            // Somebody was faster, or the answer was lost: it is there now, or the fault stands.
            if (await FindAsync(wanted.Id, cancelled) is not { } there)
            {
                throw;
            }

            return there;
        }
    }
}
