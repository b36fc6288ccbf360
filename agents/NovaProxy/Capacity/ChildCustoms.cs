using Cascade.OpenStack;

namespace Cascade.NovaProxy.Capacity;

/// <summary>Asks the child's placement for its custom names; none where it is closed to us, or the operator wants none.</summary>
internal sealed class ChildCustoms(Cloud child, CapacityOptions options)
{
    /// <exception cref="CloudFault">The child does not answer.</exception>
    public async Task<CustomNames> ReadAsync(CancellationToken cancelled)
    {
        if (!options.Custom)
        {
            return CustomNames.None;
        }

        try
        {
            var classes = await child.Placement.ResourceClasses.ListAsync(Scope.Own, cancelled);
            var traits = await child.Placement.Traits.StartingAsync(Scope.Own, CustomNames.Prefix, cancelled);
            return new(classes.Where(CustomNames.IsCustom).ToHashSet(StringComparer.Ordinal), traits.ToHashSet(StringComparer.Ordinal));
        }
        catch (CloudFault fault) when (fault.Kind is FaultKind.Forbidden or FaultKind.NotFound or FaultKind.Unsupported)
        {
            return CustomNames.None;
        }
    }
}
