using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Cascade.Agent;

/// <summary>What the machine says about itself, for defaults.</summary>
static class Machine
{
    public static string HostName { get; } = Dns.GetHostName();

    /// <summary>The first IPv4 address that is neither loopback nor link local, or 127.0.0.1 (oslo_utils/netutils.py get_my_ipv4).</summary>
    public static string Address { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(i => i.GetIPProperties().UnicastAddresses)
        .Select(a => a.Address)
        .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !a.ToString().StartsWith("169.254.", StringComparison.Ordinal))
        .Select(a => a.ToString())
        .FirstOrDefault(IPAddress.Loopback.ToString());
}
