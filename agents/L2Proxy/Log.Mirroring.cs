using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy;

/// <summary>What is said of networks, subnets and ports: ids 7100 to 7199.</summary>
internal static partial class Log
{
    [LoggerMessage(7110, LogLevel.Information, "The parent reserved {Addresses} of network {NetworkId} for the child's DHCP")]
    public static partial void Reserved(ILogger log, string networkId, string addresses);

    [LoggerMessage(7111, LogLevel.Warning, "The parent reserves no address of network {NetworkId}: {Reason}")]
    public static partial void NotReserved(ILogger log, string networkId, string reason);

    [LoggerMessage(7120, LogLevel.Warning, "{Stamp}: the child cannot use {Type} {Number} of the parent and chooses by itself: {Reason}")]
    public static partial void OtherSegment(ILogger log, string stamp, string type, int number, string reason);

    [LoggerMessage(7121, LogLevel.Warning, "{Stamp}: packets of {Mtu} octets are too large for the child, its own largest is used: {Reason}")]
    public static partial void MtuTooBig(ILogger log, string stamp, int mtu, string reason);

    [LoggerMessage(7122, LogLevel.Information, "Network {ChildId} gets other {Members}")]
    public static partial void NetworkChanged(ILogger log, string childId, string members);

    [LoggerMessage(7123, LogLevel.Information, "Network {ChildId}, which stood for {ParentId}, is removed: no port needs it")]
    public static partial void NetworkRemoved(ILogger log, string childId, string parentId);

    [LoggerMessage(7124, LogLevel.Information, "Network {ChildId}, which stands for {ParentId}, stays for now: {Count} ports of the child are on it")]
    public static partial void NetworkKept(ILogger log, string childId, string parentId, int count);

    [LoggerMessage(7125, LogLevel.Information, "Subnet {ChildId} of network {NetworkId} is removed: the parent has none for it")]
    public static partial void SubnetRemoved(ILogger log, string childId, string networkId);

    [LoggerMessage(7130, LogLevel.Information, "Port {ChildId}, which stands for {ParentId}, gets other {Members}")]
    public static partial void PortChanged(ILogger log, string childId, string parentId, string members);

    [LoggerMessage(7131, LogLevel.Information, "Port {ChildId}, which stood for {ParentId}, is removed")]
    public static partial void PortRemoved(ILogger log, string childId, string parentId);

    [LoggerMessage(7132, LogLevel.Information, "Port {ChildId}, which stood for {ParentId}, stays until server {DeviceId} lets go of it")]
    public static partial void PortHeld(ILogger log, string childId, string parentId, string deviceId);

    [LoggerMessage(7133, LogLevel.Warning, "Address {Address} of port {ParentId} is held in the child by {HolderId}, which stands for {OtherId}")]
    public static partial void AddressHeld(ILogger log, string address, string parentId, string holderId, string otherId);

    [LoggerMessage(7135, LogLevel.Information, "Port {ChildId}, a placeholder of the agent of routers, made way for port {ParentId}, which is bound here now")]
    public static partial void PlaceholderTaken(ILogger log, string childId, string parentId);

    [LoggerMessage(7134, LogLevel.Information, "The parent was told that port {ParentId} is {Word}")]
    public static partial void Told(ILogger log, string parentId, string word);

    [LoggerMessage(7140, LogLevel.Information,
        "Compared: {Ports} ports on {Networks} networks; {PortsToDo} ports and {NetworksToDo} networks are to be looked at, {Strays} of ours in the child are nobody's")]
    public static partial void Compared(ILogger log, int ports, int networks, int portsToDo, int networksToDo, int strays);

    [LoggerMessage(7141, LogLevel.Warning, "Not all security groups and QoS policies could be had while everything was compared: {Reason}")]
    public static partial void GroupsMissing(ILogger log, Exception fault, string reason);
}
