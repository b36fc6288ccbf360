using Cascade.Oslo.Config;

namespace Cascade.NovaProxy.Capacity;

/// <summary>[cascade]: what of the child's resources the parent hears of.</summary>
public sealed record CapacityOptions
{
    /// <summary>Whether custom resource classes and traits come up.</summary>
    public bool Custom { get; init; } = true;

    public static CapacityOptions Read(OptionReader reader) => new()
    {
        Custom = reader.Group("cascade").Bool(
            "custom_resources",
            true,
            "Custom resource classes and traits of the child's hosts (CUSTOM_*) are the host's in the parent's placement, too, so that flavors may ask for them. Names that the child's placement knows "
            + "are then the child's to give: what an operator of the parent puts on the host under such a name is taken away."),
    };
}
