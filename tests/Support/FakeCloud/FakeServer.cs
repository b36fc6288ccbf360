using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>A server as the fake Nova keeps it.</summary>
public sealed record FakeServer
{
    public required string Id { get; init; }

    public required string ProjectId { get; init; }

    public required string UserId { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The body of the create call, whole: <c>server</c> and <c>os:scheduler_hints</c>.</summary>
    public required JsonObject Asked { get; init; }

    public required string Name { get; set; }

    public string? Hostname { get; set; }

    public string? Description { get; set; }

    public string? ImageId { get; set; }

    public required string FlavorId { get; set; }

    public string? KeyName { get; set; }

    public bool ConfigDrive { get; set; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public List<string> Tags { get; init; } = [];

    /// <summary>Ids of its ports, in the order of the interfaces.</summary>
    public List<string> Ports { get; init; } = [];

    /// <summary>Those that Nova made and will delete.</summary>
    public HashSet<string> OwnPorts { get; init; } = [];

    /// <summary>Not in a cell yet: shown by lists, whatever <c>changes-since</c> says (nova/objects/build_request.py).</summary>
    public bool IsBuildRequest { get; set; } = true;

    /// <summary>Null until the first save in a cell, and null matches no <c>changes-since</c>.</summary>
    public DateTimeOffset? Updated { get; set; }

    public string VmState { get; set; } = "building";

    public string? TaskState { get; set; } = "scheduling";

    public int PowerState { get; set; }

    public string? Host { get; set; }

    public DateTimeOffset? LaunchedAt { get; set; }

    public DateTimeOffset? TerminatedAt { get; set; }

    public bool Deleted { get; set; }

    public (int Code, string Message, string Details, DateTimeOffset Created)? Fault { get; set; }

    public string Console { get; set; } = "";

    /// <summary>Who locked it: <c>owner</c> or <c>admin</c>; null when nobody did.</summary>
    public string? LockedBy { get; set; }

    public string? LockedReason { get; set; }

    /// <summary>What its agent set last.</summary>
    public string? Password { get; set; }

    /// <summary>What was asked of it, oldest first.</summary>
    public List<FakeActionTaken> ActionsTaken { get; init; } = [];

    /// <summary>nova/api/openstack/common.py: _STATE_MAP.</summary>
    public string Status => VmState switch
    {
        "active" => TaskState switch
        {
            "rebooting" or "reboot_pending" or "reboot_started" => "REBOOT",
            "rebooting_hard" or "reboot_pending_hard" or "reboot_started_hard" => "HARD_REBOOT",
            "updating_password" => "PASSWORD",
            _ => "ACTIVE",
        },
        "building" => "BUILD",
        "stopped" => TaskState is "rebooting_hard" ? "HARD_REBOOT" : "SHUTOFF",
        "deleted" => "DELETED",
        "rescued" => "RESCUE",
        "soft-delete" => "SOFT_DELETED",
        "error" => TaskState is "rebooting_hard" ? "HARD_REBOOT" : "ERROR",
        _ => VmState.ToUpperInvariant(),
    };

    /// <summary>What the cloud is still doing, first things first.</summary>
    internal Queue<FakeStep> Steps { get; init; } = new();
}

/// <summary>Something that was asked of a server, with the event of its compute.</summary>
public sealed record FakeActionTaken(string Action, string RequestId, string UserId, DateTimeOffset Started)
{
    public string? Event { get; set; }

    public string? Result { get; set; }

    public string? Details { get; set; }
}

/// <summary>Something the cloud does in the background.</summary>
internal sealed record FakeStep(string Verb, DateTimeOffset At, Action<FakeServer> Do);
