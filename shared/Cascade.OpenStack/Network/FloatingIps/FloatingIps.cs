using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>Floating IPs, to read. A cloud without routers answers 404 to everything here.</summary>
public sealed class FloatingIps : Collection<FloatingIp, FloatingIpFilter>
{
    internal FloatingIps(ServiceClient client, Extensions extensions)
        : base(client, extensions, new("/floatingips", "floatingip", "floatingips", NetworkJson.Default.FloatingIp))
    {
    }
}
