using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What the parent-facing half says: ids 2000 to 2099.</summary>
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Error, "{Name} of instance {Uuid} failed")]
    public static partial void InstanceMethodFailed(ILogger log, Exception failure, string name, string uuid);

    [LoggerMessage(2001, LogLevel.Warning, "The parent does not take the failure of instance {Uuid}")]
    public static partial void FailureUntold(ILogger log, Exception failure, string uuid);

    [LoggerMessage(2010, LogLevel.Information, "Service nova-compute {Host} created in the parent with version {Version}")]
    public static partial void ServiceCreated(ILogger log, string host, int version);

    [LoggerMessage(2011, LogLevel.Information, "Service nova-compute {Host} raised from version {Before} to {Version}: the parent was upgraded")]
    public static partial void ServiceVersionRaised(ILogger log, string host, long before, int version);

    [LoggerMessage(2012, LogLevel.Information, "Host {Host} is mapped to its cell: the service is enabled")]
    public static partial void HostMapped(ILogger log, string host);

    [LoggerMessage(2013, LogLevel.Warning,
        "Host {Host} is not mapped to a cell: run nova-manage cell_v2 discover_hosts in the parent. Until then the service stays disabled")]
    public static partial void HostNotMapped(ILogger log, string host);

    [LoggerMessage(2014, LogLevel.Warning,
        "The parent's conductor cannot tell whether host {Host} is mapped: run nova-manage cell_v2 discover_hosts, then openstack compute service set --enable")]
    public static partial void HostMappingUnknown(ILogger log, string host);

    [LoggerMessage(2020, LogLevel.Information, "Resource provider {Name} {Uuid} created in the parent's placement")]
    public static partial void ProviderCreated(ILogger log, string name, string uuid);

    [LoggerMessage(2021, LogLevel.Error,
        "The parent's placement has a provider named {Name} with another uuid than {Uuid}: an orphan, which an operator must delete (openstack resource provider delete)")]
    public static partial void ProviderNameTaken(ILogger log, Exception fault, string name, string uuid);

    [LoggerMessage(2022, LogLevel.Information, "Inventory of {Name}: VCPU {Vcpu}, MEMORY_MB {Memory}, DISK_GB {Disk}, from {Source}")]
    public static partial void InventoriesPut(ILogger log, string name, string vcpu, string memory, string disk, string source);

    [LoggerMessage(2023, LogLevel.Information, "Capacity comes from {Source}")]
    public static partial void CapacitySource(ILogger log, string source);

    [LoggerMessage(2024, LogLevel.Warning, "The child's capacity cannot be read: the last numbers stand")]
    public static partial void CapacityUnread(ILogger log, Exception fault);

    [LoggerMessage(2025, LogLevel.Information, "Compute node {Name} {Uuid} created in the parent")]
    public static partial void ComputeNodeCreated(ILogger log, string name, string uuid);

    [LoggerMessage(2030, LogLevel.Warning, "No conductor of the parent answers: waiting for one")]
    public static partial void ConductorSilent(ILogger log);

    [LoggerMessage(2031, LogLevel.Information,
        "The parent's conductors are at service version {Conductor}; we claim {Claimed} (lowest nova-compute there: {Computes}, 0 is none)")]
    public static partial void ReleaseFound(ILogger log, int conductor, int claimed, int computes);

    [LoggerMessage(2032, LogLevel.Error,
        "Other nova-compute services of the parent are at version {Computes}, newer than {Claimed}, which is what its oldest conductor knows: the parent refuses us (ServiceTooOld) until its conductors are upgraded or old conductor rows are deleted")]
    public static partial void ComputesNewer(ILogger log, int computes, int claimed);

    [LoggerMessage(2033, LogLevel.Information, "The parent's conductors are now at service version {Conductor}; we claim {Claimed}")]
    public static partial void ReleaseChanged(ILogger log, int conductor, int claimed);

    [LoggerMessage(2040, LogLevel.Warning,
        "The child does not answer ({Reason}): the heartbeat of {Host} stops, and the parent calls the host down after {DownTime} s")]
    public static partial void HeartbeatStops(ILogger log, string host, string reason, double downTime);

    [LoggerMessage(2041, LogLevel.Information, "The child answers again: the heartbeat of {Host} goes on")]
    public static partial void HeartbeatGoesOn(ILogger log, string host);

    [LoggerMessage(2042, LogLevel.Warning, "Service nova-compute {Host} was deleted in the parent: registering it again, as new")]
    public static partial void ServiceDeleted(ILogger log, string host);

    [LoggerMessage(2043, LogLevel.Warning, "The parent does not answer the heartbeat of {Host}")]
    public static partial void HeartbeatUnanswered(ILogger log, Exception late, string host);

    [LoggerMessage(2044, LogLevel.Warning, "The host's records were deleted in the parent: registering again")]
    public static partial void HostDeleted(ILogger log, Exception fault);

    [LoggerMessage(2054, LogLevel.Debug, "Event {Name} {Tag} ({Status}) of instance {Uuid}")]
    public static partial void ExternalEvent(ILogger log, string name, string tag, string status, string uuid);

    [LoggerMessage(2055, LogLevel.Warning, "What {Method} leaves behind for instance {Uuid} could not be cleared away")]
    public static partial void AftercareFailed(ILogger log, Exception fault, string method, string uuid);
}
