using System.Globalization;
using Cascade.Contracts.Neutron.Objects;
using Cascade.L3Proxy.Routers;
using Cascade.OpenStack.Network;

namespace Cascade.L3Proxy.FloatingIps;

/// <summary>A port forwarding of the parent in the child's words, and both in one spelling: <c>first:last</c>, of one port too.</summary>
internal static class ForwardingMap
{
    public static WantedForwarding Wanted(NeutronPortForwarding of, string childPortId) => new(
        of.Protocol ?? "tcp", childPortId, of.InternalIpAddress ?? "", Range(of.ExternalPortRange, of.ExternalPort), Range(of.InternalPortRange, of.InternalPort));

    public static WantedForwarding Seen(PortForwarding of) => new(
        of.Protocol ?? "tcp", of.InternalPortId ?? "", of.InternalIpAddress ?? "", Range(of.ExternalPortRange, of.ExternalPort), Range(of.InternalPortRange, of.InternalPort));

    /// <summary>Single ports are said as such: a child without ranges takes nothing else.</summary>
    public static PortForwardingRequest Request(WantedForwarding wanted)
    {
        var (outside, inside) = (Single(wanted.ExternalPorts), Single(wanted.InternalPorts));
        var ranges = outside is null || inside is null;
        return new()
        {
            Protocol = wanted.Protocol,
            InternalPortId = wanted.PortId,
            InternalIpAddress = wanted.InternalIpAddress,
            ExternalPort = ranges ? null : outside,
            InternalPort = ranges ? null : inside,
            ExternalPortRange = ranges ? wanted.ExternalPorts : null,
            InternalPortRange = ranges ? wanted.InternalPorts : null,
        };
    }

    static string Range(string? range, int? port) => range ?? string.Create(CultureInfo.InvariantCulture, $"{port}:{port}");

    static int? Single(string range) =>
        range.Split(':') is [var first, .. var rest] && (rest is [] || rest[0] == first) && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;
}
