using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Network;

/// <summary>
/// Conntrack helpers of routers; only where <see cref="Extension.ConntrackHelper"/> is (neutron/services/conntrack_helper/plugin.py). Refusals, all 400: one that
/// is there already (<see cref="NetworkError.BadRequest"/>), <see cref="NetworkError.ConntrackHelperNotAllowed"/>, <see cref="NetworkError.InvalidProtocolForHelper"/>.
/// </summary>
public sealed class ConntrackHelpers : PartCollection<ConntrackHelper, ConntrackRule>
{
    internal ConntrackHelpers(ServiceClient client)
        : base(
            client,
            "/routers",
            new("/conntrack_helpers", "conntrack_helper", "conntrack_helpers", NetworkJson.Default.ConntrackHelper),
            NetworkJson.Default.ConntrackRule)
    {
    }
}
