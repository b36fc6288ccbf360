namespace Cascade.OpenStack.Placement;

internal static class PlacementPaths
{
    public const string Providers = "/resource_providers";

    public const string Traits = "/traits";

    public const string ResourceClasses = "/resource_classes";

    public static string ResourceClass(string name) => $"{ResourceClasses}/{Uri.EscapeDataString(name)}";

    public static string Provider(string uuid) => $"{Providers}/{Uri.EscapeDataString(uuid)}";

    public static string Inventories(string uuid) => Provider(uuid) + "/inventories";

    public static string ProviderTraits(string uuid) => Provider(uuid) + "/traits";

    public static string Aggregates(string uuid) => Provider(uuid) + "/aggregates";

    public static string Usages(string uuid) => Provider(uuid) + "/usages";

    public static string ProviderAllocations(string uuid) => Provider(uuid) + "/allocations";

    public static string Trait(string name) => $"{Traits}/{Uri.EscapeDataString(name)}";

    public const string AllAllocations = "/allocations";

    public static string Allocations(string consumer) => $"/allocations/{Uri.EscapeDataString(consumer)}";
}
