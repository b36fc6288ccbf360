using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Oslo.Wire.Failures;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.Support.Parent;

/// <summary>The usage audit: which instances there were in a period, and the log of the task (nova/objects/task_log.py).</summary>
public sealed partial class FakeConductor
{
    readonly List<JsonObject> taskLogs = [];

    public IReadOnlyList<JsonObject> TaskLogs
    {
        get
        {
            lock (one)
            {
                return [.. taskLogs.Select(Clone)];
            }
        }
    }

    static DateTimeOffset Instant(JsonNode? value) => DateTimeOffset.Parse((string)value!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>nova/db/main/api.py: instance_get_active_by_window_joined; deleted rows are among them.</summary>
    JsonObject ActiveIn(JsonArray args) => Envelope("InstanceList", new()
    {
        ["objects"] = new JsonArray([.. instances.Values
            .Where(row => Is(row, "host", args[3])
                && (row["terminated_at"] is null || Instant(row["terminated_at"]) > Instant(args[0]))
                && row["launched_at"] is not null && Instant(row["launched_at"]) < Instant(args[1]))
            .Select(row => (JsonNode)Envelope("Instance", row))]),
    });

    JsonObject? FindTaskLog(JsonArray args) => TaskLogOf(args[0], Instant(args[1]), Instant(args[2]), args[3]) is { } found ? Envelope("TaskLog", found) : null;

    JsonObject BeginTask(VersionedObject target)
    {
        if (TaskLogOf(target) is not null)
        {
            throw new RpcFault("nova.exception", "TaskAlreadyRunning", $"Task {target.Text("task_name")} is already running on host {target.Text("host")}");
        }

        var row = new JsonObject { ["id"] = nextId++, ["state"] = "RUNNING", ["errors"] = 0 };
        Apply(row, target);
        taskLogs.Add(row);
        return [];
    }

    JsonObject EndTask(VersionedObject target)
    {
        var row = TaskLogOf(target)
            ?? throw new RpcFault("nova.exception", "TaskNotRunning", $"Task {target.Text("task_name")} is not running on host {target.Text("host")}");
        (row["state"], row["errors"], row["message"]) = ("DONE", target.Number("errors"), target.Text("message"));
        return [];
    }

    JsonObject? TaskLogOf(VersionedObject target) =>
        TaskLogOf(target.Data["task_name"], Instant(target.Data["period_beginning"]), Instant(target.Data["period_ending"]), target.Data["host"]);

    JsonObject? TaskLogOf(JsonNode? name, DateTimeOffset begin, DateTimeOffset end, JsonNode? host) => taskLogs.Find(row =>
        Is(row, "task_name", name) && Is(row, "host", host) && Instant(row["period_beginning"]) == begin && Instant(row["period_ending"]) == end);
}
