namespace Cascade.L3Proxy.Routers;

/// <summary>Where to say that a router, or what its ports and floating IPs have become, is to be looked at. The agendas join when they are made: they need who writes here.</summary>
internal sealed class Agendas
{
    Action<string>? router;
    Action<string>? status;
    Action<string>? differing;

    /// <param name="differingRouters">A router that a comparison found not to be as it shall be; looked at as any other without it.</param>
    public void Join(Action<string> routers, Action<string> statuses, Action<string>? differingRouters = null) =>
        (router, status, differing) = (routers, statuses, differingRouters ?? routers);

    public void Router(string id) => router?.Invoke(id);

    /// <summary>Both clouds were compared, and this router is not as it shall be.</summary>
    public void RouterDiffers(string id) => differing?.Invoke(id);

    /// <summary>What stands in the child already is to be seen again: is it up?</summary>
    public void Status(string id) => status?.Invoke(id);
}
