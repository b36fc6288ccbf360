using Microsoft.Extensions.Logging;

namespace Cascade.Mirror;

/// <summary>Every line this library says. Ids 4900 to 4999.</summary>
static partial class Log
{
    [LoggerMessage(4901, LogLevel.Information, "Child {ChildId} stands for {ParentId} ({Origin})")]
    public static partial void Linked(ILogger log, string parentId, string childId, Origin origin);

    [LoggerMessage(4902, LogLevel.Warning, "Child {ChildId}, which {ParentId} links to, is not there: looking for another one by its stamp")]
    public static partial void LinkedIsGone(ILogger log, string parentId, string childId);

    [LoggerMessage(4903, LogLevel.Warning, "The answer to creating {ParentId} was lost, looking for it by its stamp: {Reason}")]
    public static partial void AnswerLost(ILogger log, string parentId, string reason);

    [LoggerMessage(4910, LogLevel.Warning, "{Watch}: the child could not be looked at, trying on until it can: {Reason}")]
    public static partial void LookFailed(ILogger log, Exception fault, string watch, string reason);

    [LoggerMessage(4911, LogLevel.Warning, "{Watch}: what is seen of {ChildId} could not be told, it is told again at the next look: {Reason}")]
    public static partial void ReportFailed(ILogger log, Exception fault, string watch, string childId, string reason);

    [LoggerMessage(4912, LogLevel.Debug, "{Watch}: audit saw {Seen} in the child, the parent believes in {Believed}")]
    public static partial void Audited(ILogger log, string watch, int seen, int believed);

    [LoggerMessage(4920, LogLevel.Warning,
        "{Reaper}: child {ChildId}, made for {ParentId}, is wanted by nobody ({Reason}); it is {AgeSeconds} s old and goes when it is {GraceSeconds} s")]
    public static partial void OrphanListed(
        ILogger log, string reaper, string childId, string parentId, string reason, double ageSeconds, double graceSeconds);

    [LoggerMessage(4921, LogLevel.Warning, "{Reaper}: child {ChildId}, made for {ParentId}, was asked to go ({Reason})")]
    public static partial void OrphanReaped(ILogger log, string reaper, string childId, string parentId, string reason);

    [LoggerMessage(4922, LogLevel.Warning, "{Reaper}: child {ChildId} could not be reaped, trying again: {Reason}")]
    public static partial void ReapFailed(ILogger log, Exception fault, string reaper, string childId, string reason);
}
