using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What the child-facing half says: ids 4000 to 4799.</summary>
internal static partial class Log
{
    [LoggerMessage(4010, LogLevel.Information, "Child flavor {Flavor} made: {Vcpus} vcpus, {Ram} MB, {Disk} GB")]
    public static partial void FlavorMade(ILogger log, string flavor, int vcpus, int ram, int disk);

    [LoggerMessage(4011, LogLevel.Information, "Our user holds too many keypairs in the child; {Count} that no build uses now were removed")]
    public static partial void KeypairsSwept(ILogger log, int count);

    [LoggerMessage(4100, LogLevel.Information, "Server {Uuid} is built: child server {ChildId} is active")]
    public static partial void ServerBuilt(ILogger log, string uuid, string childId);

    [LoggerMessage(4101, LogLevel.Warning, "The build of {Uuid} failed: {Reason}")]
    public static partial void BuildFailed(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4102, LogLevel.Information, "The build of {Uuid} was handed back to the scheduler")]
    public static partial void BuildGivenBack(ILogger log, string uuid);

    [LoggerMessage(4103, LogLevel.Information, "The build of {Uuid} ended because it is being deleted")]
    public static partial void BuildCancelled(ILogger log, string uuid);

    [LoggerMessage(4104, LogLevel.Information, "The build of {Uuid} is over already: {VmState} on host {Host}")]
    public static partial void BuildOver(ILogger log, string uuid, string vmState, string host);

    [LoggerMessage(4105, LogLevel.Warning, "Somebody changed {Uuid} while it was built here: the build is left to him")]
    public static partial void BuildMoved(ILogger log, Exception fault, string uuid);

    [LoggerMessage(4106, LogLevel.Warning, "What the child may have of {Uuid} could not be removed and is left to the reaper: {Reason}")]
    public static partial void LeftToReaper(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4110, LogLevel.Warning, "The event {Event} of {Uuid} could not be finished in the parent")]
    public static partial void EventUnfinished(ILogger log, Exception fault, string @event, string uuid);

    [LoggerMessage(4120, LogLevel.Information, "Child server {ChildId}, which stands for {Uuid}, was asked to go")]
    public static partial void ServerRemoved(ILogger log, string childId, string uuid);

    [LoggerMessage(4121, LogLevel.Information, "Server {Uuid} is deleted in both clouds")]
    public static partial void InstanceDeleted(ILogger log, string uuid);

    [LoggerMessage(4122, LogLevel.Information, "Deleted instance {Uuid} was not restored in time: deleting it for good")]
    public static partial void Reclaiming(ILogger log, string uuid);

    [LoggerMessage(4123, LogLevel.Warning, "Deleted instance {Uuid} could not be deleted for good now, trying again: {Reason}")]
    public static partial void ReclaimFailed(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4150, LogLevel.Information, "Child server {ChildId} of {Uuid} has what its tenant changed: {What}")]
    public static partial void DetailsMirrored(ILogger log, string childId, string uuid, string what);

    [LoggerMessage(4151, LogLevel.Warning, "The child refuses what the tenant of {Uuid} changed: {Reason}")]
    public static partial void DetailsRefused(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4152, LogLevel.Warning, "What tenants changed of their servers cannot be compared now, trying again: {Reason}")]
    public static partial void DetailsFailed(ILogger log, Exception fault, string reason);

    [LoggerMessage(4130, LogLevel.Information, "{Event} of {Uuid}: {Outcome}")]
    public static partial void OrderDone(ILogger log, string @event, string uuid, string outcome);

    [LoggerMessage(4131, LogLevel.Error, "Child server {ChildId} of {Uuid} was deleted behind the parent's back")]
    public static partial void ServerVanished(ILogger log, string childId, string uuid);

    [LoggerMessage(4132, LogLevel.Warning, "Child server {ChildId} of {Uuid} is {Power} and the parent says {VmState}: stopping it, as the native power sync does")]
    public static partial void StoppedByItself(ILogger log, string childId, string uuid, string vmState, Cascade.Contracts.Nova.States.PowerState power);

    [LoggerMessage(4133, LogLevel.Error, "Child server {ChildId} of {Uuid} is in error: {Reason}")]
    public static partial void ServerErrored(ILogger log, string childId, string uuid, string reason);

    [LoggerMessage(4134, LogLevel.Information, "Child server {ChildId} of {Uuid} is in error no more; the instance is {VmState}")]
    public static partial void ServerRecovered(ILogger log, string childId, string uuid, string vmState);

    [LoggerMessage(4140, LogLevel.Information, "Going on with {Uuid} ({VmState}, {TaskState}), which an earlier life began")]
    public static partial void Resuming(ILogger log, string uuid, string vmState, string taskState);

    [LoggerMessage(4141, LogLevel.Warning, "{Uuid} cannot go on now, trying again: {Reason}")]
    public static partial void ResumeFailed(ILogger log, Exception fault, string uuid, string reason);
}
