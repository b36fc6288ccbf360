namespace Cascade.L3Proxy.Routers;

/// <summary>Where to say that a router, or what its ports and floating IPs have become, is to be looked at. The agendas join when they are made: they need who writes here.</summary>
internal sealed class Agendas
{
    Action<string>? router;
    Action<string>? status;

    public void Join(Action<string> routers, Action<string> statuses) => (router, status) = (routers, statuses);

    public void Router(string id) => router?.Invoke(id);

    /// <summary>What stands in the child already is to be seen again: is it up?</summary>
    public void Status(string id) => status?.Invoke(id);
}
