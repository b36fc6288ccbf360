using Microsoft.Extensions.Logging;

namespace Cascade.L2Proxy;

/// <summary>What is said of security groups, address groups and trunks: ids 5300 to 5399.</summary>
internal static partial class Log
{
    [LoggerMessage(5300, LogLevel.Information, "Security group {ChildId} of the child: {Added} rules to add, {Removed} to take away")]
    public static partial void RulesChanged(ILogger log, string childId, int added, int removed);

    [LoggerMessage(5301, LogLevel.Warning, "Security group {ChildId} of the child does not take {Count} rules at once, each is tried by itself: {Reason}")]
    public static partial void RulesOneByOne(ILogger log, string childId, int count, string reason);

    [LoggerMessage(5302, LogLevel.Warning, "Security group {Id} is stateless in the parent and stateful in the child, which knows no others: answers pass there without a rule")]
    public static partial void StatelessIsStateful(ILogger log, string id);

    [LoggerMessage(5303, LogLevel.Information, "Security group {ChildId} of the child, which stood for {Id}, is gone: nobody needs it")]
    public static partial void GroupRemoved(ILogger log, string childId, string id);

    [LoggerMessage(5304, LogLevel.Warning, "Security group {Id} is compared again by itself: {Reason}")]
    public static partial void GroupLeft(ILogger log, string id, string reason);

    [LoggerMessage(5310, LogLevel.Information, "Address group {ChildId} of the child: {Added} addresses to add, {Removed} to take away")]
    public static partial void AddressesChanged(ILogger log, string childId, int added, int removed);

    [LoggerMessage(5311, LogLevel.Information, "Address group {ChildId} of the child, which stood for {Id}, is gone: no rule names it")]
    public static partial void AddressGroupRemoved(ILogger log, string childId, string id);

    [LoggerMessage(5330, LogLevel.Information, "Trunk {Id} of the parent: {Count} subports are asked to be bound here")]
    public static partial void SubPortsBound(ILogger log, string id, int count);

    [LoggerMessage(5331, LogLevel.Information, "Trunk {ChildId} of the child: {Added} subports to add, {Removed} to take away")]
    public static partial void TrunkChanged(ILogger log, string childId, int added, int removed);

    [LoggerMessage(5332, LogLevel.Information, "Trunk {Id} of the parent is {Status}")]
    public static partial void TrunkTold(ILogger log, string id, string status);

    [LoggerMessage(5333, LogLevel.Information, "Trunk {ChildId} of the child on port {PortId} is gone")]
    public static partial void TrunkRemoved(ILogger log, string childId, string portId);
}
