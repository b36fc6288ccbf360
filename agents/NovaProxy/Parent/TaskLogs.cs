using System.Globalization;
using System.Text.Json.Nodes;
using Cascade.Contracts.Nova.Objects;
using Cascade.NovaProxy.Usage;
using Cascade.Oslo.Wire.Objects;

namespace Cascade.NovaProxy.Parent;

/// <summary>What of a period a host has audited: <c>GET /os-instance_usage_audit_log</c> shows it (nova/objects/task_log.py).</summary>
internal sealed class TaskLogs(IConductor conductor, HostIdentity identity)
{
    const string Task = "instance_usage_audit";

    /// <summary>Null when nobody has begun it for our host.</summary>
    public async Task<VersionedObject?> FindAsync(DateTimeOffset begin, DateTimeOffset end, CancellationToken cancelled)
    {
        // Times that are arguments and not fields (nova/objects/base.py: serialize_args).
        var args = new JsonArray(Task, Argument(begin), Argument(end), identity.Host);
        var found = await conductor.ClassActionAsync(RequestIds.Admin(), NovaObjects.TaskLog, "get", args, [], cancelled);
        return found is null ? null : VersionedObject.Read(found);
    }

    /// <exception cref="Oslo.Wire.Failures.RpcFault">TaskAlreadyRunning: somebody has begun it.</exception>
    public Task BeginAsync(DateTimeOffset begin, DateTimeOffset end, int items, CancellationToken cancelled) =>
        ActAsync("begin_task", begin, end, new() { ["task_items"] = items, ["message"] = "Instance usage audit started..." }, cancelled);

    public Task EndAsync(DateTimeOffset begin, DateTimeOffset end, int errors, string message, CancellationToken cancelled) =>
        ActAsync("end_task", begin, end, new() { ["errors"] = errors, ["message"] = message }, cancelled);

    async Task ActAsync(string method, DateTimeOffset begin, DateTimeOffset end, JsonObject data, CancellationToken cancelled)
    {
        data["task_name"] = Task;
        data["host"] = identity.Host;
        data["period_beginning"] = Field(begin);
        data["period_ending"] = Field(end);
        await conductor.ObjectActionAsync(RequestIds.Admin(), NovaObjects.Changed(NovaObjects.TaskLog, data), method, [], [], cancelled);
    }

    static string Argument(DateTimeOffset time) => time.UtcDateTime.ToString(InstanceUsage.Strtime, CultureInfo.InvariantCulture);

    static string Field(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
