using Microsoft.Extensions.Logging;

namespace Cascade.NovaProxy;

/// <summary>What is said of resizes, migrations, evacuations and groups: ids 4300 to 4349.</summary>
internal static partial class Log
{
    [LoggerMessage(4300, LogLevel.Information, "{Uuid} is resized to {Flavor} in the child and waits to be confirmed")]
    public static partial void Resized(ILogger log, string uuid, string flavor);

    [LoggerMessage(4301, LogLevel.Information, "The resize of {Uuid} ended: {Status}")]
    public static partial void ResizeEnded(ILogger log, string uuid, string status);

    [LoggerMessage(4302, LogLevel.Warning, "The resize of {Uuid} does not happen here: {Reason}")]
    public static partial void ResizeRefused(ILogger log, Exception fault, string uuid, string reason);

    [LoggerMessage(4303, LogLevel.Information, "The resize of {Uuid} was handed back for another host")]
    public static partial void ResizeGivenBack(ILogger log, string uuid);

    [LoggerMessage(4304, LogLevel.Error, "The allocation of {Uuid} that migration {Migration} holds could not be moved back or taken away and is left there")]
    public static partial void AllocationLeft(ILogger log, Exception fault, string uuid, string migration);

    [LoggerMessage(4305, LogLevel.Information, "The child ended the resize of {Uuid} by itself: {Status}")]
    public static partial void ResizeEndedInTheChild(ILogger log, string uuid, string status);

    [LoggerMessage(4306, LogLevel.Information, "The resize of {Uuid} waits for longer than {Seconds} s and is confirmed")]
    public static partial void ResizeConfirming(ILogger log, string uuid, double seconds);

    [LoggerMessage(4307, LogLevel.Warning, "Migration {Id} of {Uuid} is set to error: {Reason}")]
    public static partial void MigrationErred(ILogger log, long? id, string uuid, string reason);

    [LoggerMessage(4310, LogLevel.Information, "{Uuid} was evacuated to host {Host}: what the child still has of it was asked to go")]
    public static partial void EvacuatedRemoved(ILogger log, string uuid, string host);

    [LoggerMessage(4308, LogLevel.Warning, "Unexpected status {Status} of migration {Id} of {Uuid}: nothing is confirmed")]
    public static partial void MigrationOdd(ILogger log, string? status, long? id, string uuid);

    [LoggerMessage(4320, LogLevel.Information, "Server group {Group} made in the child for {Name}: {Policy}")]
    public static partial void GroupMade(ILogger log, string group, string name, string policy);

    [LoggerMessage(4321, LogLevel.Information, "Server group {Group} of the child has no server any more and is removed")]
    public static partial void GroupRemoved(ILogger log, string group);

    [LoggerMessage(4323, LogLevel.Warning,
        "The parent's conductor does not reach its API database, so the policies of server groups are not judged again here ([workarounds] disable_group_policy_check_upcall): {Reason}")]
    public static partial void GroupsUnseen(ILogger log, Exception fault, string reason);

    [LoggerMessage(4322, LogLevel.Warning, "Empty server groups of the child could not be looked for, trying on: {Reason}")]
    public static partial void GroupsUnswept(ILogger log, Exception fault, string reason);
}
