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
}
