using Cascade.NovaProxy.Capacity;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Parent;

/// <summary>
/// Sums up the instances of our host (nova/compute/resource_tracker.py: _update_usage_from_instances does the same each pass). The child's
/// server of each is the link in its system_metadata.
/// </summary>
internal sealed class OwnUseOfInstances(Instances instances) : IOwnUse
{
    /// <summary>The key of the link: the id of the child's server.</summary>
    public const string LinkKey = "cascade_server_id";

    public async Task<OwnUse> ReadAsync(CancellationToken cancelled) => Of(await instances.OnHostAsync(RequestIds.Admin(), cancelled));

    public static OwnUse Of(IReadOnlyCollection<VersionedObject> instances)
    {
        long vcpu = 0, memory = 0, disk = 0;
        var (links, resized) = (new HashSet<string>(), new HashSet<string>());
        foreach (var instance in instances)
        {
            var flavor = instance.Object("flavor");
            vcpu += flavor?.Number("vcpus") ?? instance.Number("vcpus") ?? 0;
            memory += flavor?.Number("memory_mb") ?? instance.Number("memory_mb") ?? 0;
            disk += DiskOf(flavor);
            var other = Other(instance);
            if (other is not null)
            {
                vcpu += other.Number("vcpus") ?? 0;
                memory += other.Number("memory_mb") ?? 0;
                disk += DiskOf(other);
            }

            if (instance.Data["system_metadata"]?[LinkKey]?.GetValue<string>() is { Length: > 0 } link)
            {
                links.Add(link);
                if (other is not null)
                {
                    resized.Add(link);
                }
            }
        }

        return new(links, instances.Count, vcpu, memory, disk) { ResizedIds = resized };
    }

    /// <summary>
    /// Until a resize is confirmed or reverted both flavors are held, in the child and in the parent's placement (nova/compute/resource_tracker.py:
    /// _update_usage_from_migration).
    /// </summary>
    static VersionedObject? Other(VersionedObject instance) => instance.Text("task_state") switch
    {
        "resize_migrating" or "resize_migrated" => instance.Object("new_flavor"),
        "resize_finish" or "resize_reverting" => instance.Object("old_flavor"),
        _ => instance.Text("vm_state") == "resized" ? instance.Object("old_flavor") : null,
    };

    static long DiskOf(VersionedObject? flavor) =>
        (flavor?.Number("root_gb") ?? 0) + (flavor?.Number("ephemeral_gb") ?? 0) + (((flavor?.Number("swap") ?? 0) + 1023) / 1024);
}
