using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Which routers to list. By network there is no filter: ask for the ports that routers own (<see cref="PortFilter.DeviceOwners"/>).</summary>
public sealed record RouterFilter : ListFilter
{
    public bool? AdminStateUp { get; init; }

    private protected override void Say(Query query) => query.Add("admin_state_up", AdminStateUp);
}
