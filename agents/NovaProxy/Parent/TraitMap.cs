namespace Cascade.NovaProxy.Parent;

/// <summary>Our traits in the parent.</summary>
internal static class TraitMap
{
    public const string Disabled = "COMPUTE_STATUS_DISABLED";

    // nova/compute/resource_tracker.py: _update_to_placement sets COMPUTE_NODE always; master's scheduler asks for OWNER_NOVA (request_filter.py).
    // COMPUTE_SAME_HOST_COLD_MIGRATE lets nova-api keep us among the targets of a cold migration: the child moves it among its own hosts
    // (nova/compute/api.py: _allow_resize_to_same_host).
    static readonly string[] Always = ["COMPUTE_NODE", "COMPUTE_SAME_HOST_COLD_MIGRATE", "OWNER_NOVA"];

    /// <summary>
    /// What images and flavors may ask of a host (nova/scheduler/request_filter.py, <c>trait:…=required</c>). True of us when any host of the child that takes
    /// servers has it: the image's properties and the flavor's demand go down with the server (Flavors/FlavorMap), and the child's scheduler finds that host. That all
    /// of them have it would promise less than the child can do.
    /// </summary>
    static readonly string[] FromTheChild =
        [
            "COMPUTE_DEVICE_TAGGING", "COMPUTE_GRAPHICS_MODEL_", "COMPUTE_IMAGE_TYPE_", "COMPUTE_NET_VIF_MODEL_", "COMPUTE_RESCUE_BFV", "COMPUTE_STORAGE_BUS_", "COMPUTE_VOLUME_",
            "HW_ARCH_", "HW_CPU_",
        ];

    /// <param name="now">What stands there: the traits of others stay.</param>
    /// <param name="ours">Those of the child's hosts.</param>
    /// <param name="childs">Custom traits that are the child's: one that no host of it has any more goes.</param>
    public static HashSet<string> Of(IReadOnlyCollection<string> now, bool disabled, IReadOnlyCollection<string> ours, IReadOnlySet<string> childs)
    {
        bool IsTheirs(string trait) => IsFromTheChild(trait) || childs.Contains(trait);
        var wanted = new HashSet<string>(now.Where(trait => !IsTheirs(trait)), StringComparer.Ordinal);
        wanted.UnionWith(Always);
        wanted.UnionWith(ours.Where(IsTheirs));
        if (disabled)
        {
            wanted.Add(Disabled);
        }
        else
        {
            wanted.Remove(Disabled);
        }

        return wanted;
    }

    public static bool IsFromTheChild(string trait) => FromTheChild.Any(prefix => trait.StartsWith(prefix, StringComparison.Ordinal));
}
