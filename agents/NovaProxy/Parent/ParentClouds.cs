using Cascade.OpenStack;

namespace Cascade.NovaProxy.Parent;

/// <summary>The parent's REST services, each with the account of its own section. A plain <see cref="Cloud"/> in this agent is the child.</summary>
internal sealed record ParentClouds(Cloud Placement, Cloud Glance, Cloud Neutron, Cloud Cinder) : IDisposable
{
    /// <summary>The parent's time, by the answers of its placement, which is asked all the time. Null before the first of them.</summary>
    public DateTimeOffset? Now => Placement.Placement.Service.Clock.Now;

    public void Dispose()
    {
        Placement.Dispose();
        Glance.Dispose();
        Neutron.Dispose();
        Cinder.Dispose();
    }
}
