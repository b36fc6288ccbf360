using Cascade.Contracts.Nova.States;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Servers.Build;

/// <summary>How far a build is, by the parent's own row: where an earlier life stopped is where this one goes on. In the order of the steps.</summary>
internal enum BuildStage
{
    /// <summary>Nobody began.</summary>
    Fresh,

    /// <summary>The first save is done, no host yet.</summary>
    Begun,

    /// <summary>It is ours.</summary>
    Claimed,

    Networking,

    Mapping,

    Spawning,

    /// <summary>It was built, failed, went elsewhere: nothing to do.</summary>
    Over,

    /// <summary>It is being deleted, or is gone.</summary>
    Cancelled,
}

internal static class BuildStages
{
    public static BuildStage Of(VersionedObject? row, string host) =>
        row is null || row.Text("task_state") == TaskStates.Deleting ? BuildStage.Cancelled
        : row.Text("vm_state") != VmStates.Building ? BuildStage.Over
        : (row.Text("host"), row.Text("task_state")) switch
        {
            (null, TaskStates.Scheduling) => BuildStage.Fresh,
            (null, null) => BuildStage.Begun,
            (var at, null) when at == host => BuildStage.Claimed,
            (var at, TaskStates.Networking) when at == host => BuildStage.Networking,
            (var at, TaskStates.BlockDeviceMapping) when at == host => BuildStage.Mapping,
            (var at, TaskStates.Spawning) when at == host => BuildStage.Spawning,
            _ => BuildStage.Over,
        };
}
