using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Placement;

/// <summary>Placement of one cloud. Needs an administrator or the service role
/// (placement/policies/base.py: RULE_ADMIN_API, or service).</summary>
public sealed class PlacementClient
{
    internal PlacementClient(ServiceClient service)
    {
        Service = service;
        Providers = new ResourceProviders(service);
        Traits = new Traits(service);
        ResourceClasses = new ResourceClasses(service);
        Allocations = new Allocations(service);
    }

    /// <summary>Endpoint and microversions.</summary>
    public ServiceClient Service { get; }

    public ResourceProviders Providers { get; }

    public Traits Traits { get; }

    public ResourceClasses ResourceClasses { get; }

    public Allocations Allocations { get; }
}
