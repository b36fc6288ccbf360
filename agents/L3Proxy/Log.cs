using Microsoft.Extensions.Logging;

namespace Cascade.L3Proxy;

/// <summary>What is said of routers, gateways and floating IPs: ids 7300 to 7399.</summary>
internal static partial class Log
{
    [LoggerMessage(7300, LogLevel.Information, "Router {ChildId} gets another gateway: {Addresses}")]
    public static partial void GatewaySet(ILogger log, string childId, string addresses);

    [LoggerMessage(7301, LogLevel.Information, "Router {ChildId} has interface {PortId}, which stands for {ParentId}")]
    public static partial void InterfaceAdded(ILogger log, string childId, string portId, string parentId);

    [LoggerMessage(7302, LogLevel.Information, "Router {ChildId} has interface {PortId} no longer")]
    public static partial void InterfaceRemoved(ILogger log, string childId, string portId);

    [LoggerMessage(7303, LogLevel.Information, "Floating IP {Address} ({ChildId}), which stands for {ParentId}, leads to its port")]
    public static partial void FloatingIpLeads(ILogger log, string address, string childId, string parentId);

    [LoggerMessage(7304, LogLevel.Information, "Floating IP {Address} ({ChildId}) is removed")]
    public static partial void FloatingIpRemoved(ILogger log, string address, string childId);

    [LoggerMessage(7305, LogLevel.Information, "Router {ChildId}, which stood for {ParentId}, is removed")]
    public static partial void RouterRemoved(ILogger log, string childId, string parentId);

    [LoggerMessage(7306, LogLevel.Information, "Router {ChildId}, which stands for {ParentId}, is switched off: {Reason}")]
    public static partial void RouterSwitchedOff(ILogger log, string childId, string parentId, string reason);

    [LoggerMessage(7307, LogLevel.Information, "Router {ChildId} answers for {Address} of port {PortId}")]
    public static partial void NdpProxyMade(ILogger log, string childId, string address, string portId);

    [LoggerMessage(7308, LogLevel.Information, "Router {ChildId} answers for {Address} no longer")]
    public static partial void NdpProxyRemoved(ILogger log, string childId, string address);

    [LoggerMessage(7309, LogLevel.Information, "Port {ChildId} stands for {ParentId}, which is bound nowhere and which something outside leads to")]
    public static partial void PlaceholderMade(ILogger log, string childId, string parentId);

    [LoggerMessage(7312, LogLevel.Information, "Port {ChildId}, which stood for one that is bound nowhere, is removed")]
    public static partial void PlaceholderRemoved(ILogger log, string childId);

    [LoggerMessage(7310, LogLevel.Information, "The parent was told of router {ParentId}: {Words}")]
    public static partial void Told(ILogger log, string parentId, string words);

    [LoggerMessage(7313, LogLevel.Information, "The parent has set {Addresses} aside for router {ParentId} on this host, whose part with SNAT is elsewhere")]
    public static partial void GatewayReserved(ILogger log, string parentId, string addresses);

    [LoggerMessage(7314, LogLevel.Warning, "The parent sets no address on network {NetworkId} aside for router {ParentId}, it is asked again in some minutes: {Reason}")]
    public static partial void GatewayNotReserved(ILogger log, string parentId, string networkId, string reason);

    [LoggerMessage(7315, LogLevel.Information, "Router {ParentId} has given {Addresses} back to the parent")]
    public static partial void GatewayReleased(ILogger log, string parentId, string addresses);

    [LoggerMessage(7320, LogLevel.Information, "Compared: {Routers} routers with {FloatingIps} floating IPs; {ToDo} are to be looked at, {Strays} of ours in the child are nobody's")]
    public static partial void Compared(ILogger log, int routers, int floatingIps, int toDo, int strays);

    [LoggerMessage(7321, LogLevel.Warning, "What an earlier life left in the child, {What}, does not go, the next comparison tries again: {Reason}")]
    public static partial void NotTidied(ILogger log, string what, string reason);

    [LoggerMessage(7330, LogLevel.Warning, "What is not up in the child could not be listed, it is tried again in {Seconds} s: {Reason}")]
    public static partial void WatchFailed(ILogger log, Exception fault, double seconds, string reason);
}
